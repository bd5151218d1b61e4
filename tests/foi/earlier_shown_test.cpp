#include "foi/earlier_shown.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

// Una's post (1), and an answer to it (2) that a first disclosure (3) shows.
class EarlierShown : public testing::Test {
 protected:
  void released(const std::string& answer, const std::string& reply_to = {}) {
    desk.add(desk.post("71001", "unapell", "Una Pell", "The pump is broken."));
    auto item = desk.post("71002", "clerk", "Town Desk", answer);
    item.reply_to = reply_to;
    desk.add(item);
    Request typed;
    typed.records = {"2"};
    (void)support::plan_of(desk, typed, "first");
  }
  // What is said of the first post when it is disclosed now, and this withheld.
  std::string remarks(std::vector<std::string> redact, const std::string& records = "1") {
    Request typed;
    typed.records = {records};
    typed.redact = std::move(redact);
    std::string out;
    for (const auto& one : support::plan_of(desk, typed, "second").doubtful)
      if (one.what.find("may learn it") != std::string::npos)
        out += std::to_string(one.seq) + " " + one.field + ": " + one.what + "\n";
    return out;
  }
  const std::vector<std::string> kAuthor = {"1:author.*:*=s40(2)"};
  support::ReleaseDesk desk;
};

TEST_F(EarlierShown, ANameInAnAnswerIsDoubted) {
  released("Dear Una Pell, we are on our way.");
  EXPECT_EQ(remarks(kAuthor),
            "1 author.name: what is withheld here is shown in record 2 by the disclosure of entry 3 (request "
            "FOI/2026/7): whoever has both bundles may learn it\n");
}

TEST_F(EarlierShown, AnAccountIsDoubted) {
  released("@unapell we are on our way.");
  EXPECT_NE(remarks(kAuthor).find("1 author.handle: "), std::string::npos);
}

TEST_F(EarlierShown, TheAddressOfThePostThatIsAnsweredIsDoubted) {
  released("We are on our way.", "https://social.example/users/unapell/statuses/71001");
  EXPECT_NE(remarks(kAuthor).find("is shown in record 2"), std::string::npos);
}

TEST_F(EarlierShown, WordsOfAWithheldTextAre) {
  released("You wrote: I was treated for gonorrhoea. Take care.");
  desk.add(desk.post("71003", "amy", "Amy", "I was treated for gonorrhoea at the clinic last week."));
  EXPECT_NE(remarks({"4:text:*=s40(2)"}, "4").find("4 text: "), std::string::npos);
}

TEST_F(EarlierShown, OneWordOfANameIsNot) {
  released("Una is a river, and Pell a street.");
  EXPECT_EQ(remarks(kAuthor), "");
}

TEST_F(EarlierShown, WhatTheEarlierOneWithheldIsNot) {
  desk.add(desk.post("71001", "unapell", "Una Pell", "The pump is broken."));
  desk.add(desk.post("71002", "clerk", "Town Desk", "Dear Una Pell, we are on our way."));
  Request typed;
  typed.records = {"2"};
  typed.redact = {"2:text:words=\"Una Pell\"=s40(2)"};
  (void)support::plan_of(desk, typed, "first");
  EXPECT_EQ(remarks(kAuthor), "");
}

TEST_F(EarlierShown, WhatIsShownNowTooIsNot) {
  released("Dear Una Pell, we are on our way.");
  desk.add(desk.post("71003", "ben", "Ben", "Ask Una Pell."));
  Request typed;
  typed.records = {"1", "4"};
  typed.redact = kAuthor;
  typed.keep = {"4:text"};
  const auto plan = support::plan_of(desk, typed, "second");
  EXPECT_TRUE(std::ranges::none_of(
      plan.doubtful, [](const Remark& one) { return one.what.find("may learn it") != std::string::npos; }));
}

TEST_F(EarlierShown, ManyRecordsOfOneDisclosureAreOneRemark) {
  desk.add(desk.post("71001", "unapell", "Una Pell", "The pump is broken."));
  for (int i = 2; i < 9; ++i) desk.add(desk.post(std::to_string(71000 + i), "unapell", "Una Pell", "Again."));
  Request typed;
  typed.records = {"2-8"};
  (void)support::plan_of(desk, typed, "first");
  const auto said = remarks(kAuthor);
  EXPECT_EQ(std::ranges::count(said, '\n'), 1) << said;
  EXPECT_NE(said.find("in record 2, and in 6 more, by the disclosure"), std::string::npos) << said;
}

TEST_F(EarlierShown, AnotherVersionOfTheItemIsComparedAsItsFieldsAre) {
  desk.add(desk.post("71001", "unapell", "Una Pell", "The pump is broken."));
  desk.add(desk.post("71001", "unapell", "Una Pell", "The pump is broken!"), {}, ledger::kind::kEdit, "1");
  Request typed;
  typed.records = {"2"};
  (void)support::plan_of(desk, typed, "first");
  EXPECT_EQ(remarks(kAuthor), "");
}

}  // namespace
}  // namespace muniment::foi
