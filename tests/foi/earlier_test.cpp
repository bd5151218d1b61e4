#include "foi/earlier.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using support::ReleaseDesk;

constexpr std::string_view kText = "Ask Ottoline Marsh of 14 Elm Row about the pump.";

// The remarks about earlier disclosures, a line each.
std::string remarks(const Plan& plan) {
  std::string out;
  for (const auto& one : plan.doubtful)
    if (one.what.find("both bundles") != std::string::npos)
      out += std::to_string(one.seq) + " " + one.field + ": " + one.what + "\n";
  return out;
}

Request of(const std::string& records, std::vector<std::string> redact) {
  Request typed;
  typed.records = {records};
  typed.redact = std::move(redact);
  return typed;
}

TEST(Earlier, NothingIsSaidOfAFirstDisclosureNorOfTheSameAgain) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ben", "Ben", std::string(kText)));
  const auto typed = of("1", {"1:text:words=\"Ottoline Marsh\"=s40(2)"});
  EXPECT_EQ(remarks(plan_of(desk, typed, "first")), "");
  EXPECT_EQ(remarks(plan_of(desk, typed, "second")), "");
}

TEST(Earlier, WhatIsWithheldNowAndWasShownIsDoubted) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ben", "Ben", std::string(kText)));
  (void)plan_of(desk, of("1", {}), "first");
  EXPECT_EQ(
      remarks(plan_of(desk, of("1", {"1:text:words=\"Ottoline Marsh\"=s40(2)"}), "second")),
      "1 text: what is withheld here was shown by the disclosure of entry 2 (request FOI/2026/7): whoever "
      "has both bundles can read it\n");
}

TEST(Earlier, WhatIsShownNowAndWasWithheldIsDoubted) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ben", "Ben", std::string(kText)));
  (void)plan_of(desk, of("1", {"1:text:words=\"Ottoline Marsh\"=s40(2)"}), "first");
  EXPECT_EQ(remarks(plan_of(desk, of("1", {}), "second")),
            "1 text: what is shown here was withheld by the disclosure of entry 2 (request FOI/2026/7) under "
            "s40(2): whoever has both bundles can read it\n");
}

// One bundle has the words without the name, the other the name without the words.
TEST(Earlier, TwoHalvesThatMakeAWholeAreDoubtedBothWays) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ben", "Ben Hollis", "The pump is mine."));
  (void)plan_of(desk, of("1", {"1:author.*:*=s40(2)"}), "first");
  const auto said = remarks(plan_of(desk, of("1", {"1:text:*=s41"}), "second"));
  EXPECT_NE(said.find("1 author.name: what is shown here was withheld"), std::string::npos) << said;
  EXPECT_NE(said.find("1 text: what is withheld here was shown"), std::string::npos) << said;
}

TEST(Earlier, WordByWordNotFieldByField) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ben", "Ben", std::string(kText)));
  (void)plan_of(desk, of("1", {"1:text:words=\"Ottoline Marsh\"=s40(2)"}), "first");
  const auto said = remarks(
      plan_of(desk, of("1", {"1:text:words=\"Ottoline Marsh\"=s40(2)", "1:text:words=\"14 Elm Row\"=s40(2)"}),
              "second"));
  EXPECT_NE(said.find("1 text: what is withheld here was shown"), std::string::npos) << said;
  EXPECT_EQ(said.find("what is shown here was withheld"), std::string::npos) << said;
}

TEST(Earlier, AnotherVersionOfTheItemIsComparedToo) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ben", "Ben", std::string(kText)));
  desk.add(desk.post("1", "ben", "Ben", "Edited: ask Ottoline Marsh, or nobody."), {}, ledger::kind::kEdit,
           "1 x");
  (void)plan_of(desk, of("1", {"1:text:words=\"Ottoline Marsh\"=s40(2)", "1:author.*:*=s40(2)"}), "first");
  const auto said = remarks(plan_of(desk, of("2", {}), "second"));
  EXPECT_NE(said.find("2 text: what is shown here was withheld in record 1 by the disclosure of entry 3"),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("2 author.name: what is shown here was withheld in record 1"), std::string::npos)
      << said;
}

TEST(Earlier, WordsOfAnotherVersionAreComparedAsWords) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ben", "Ben", "Ask Ann."));
  desk.add(desk.post("1", "ben", "Ben", "Annually, I ask."), {}, ledger::kind::kEdit, "1 x");
  (void)plan_of(desk, of("1", {"1:text:words=\"Ann\"=s40(2)"}), "first");
  EXPECT_EQ(remarks(plan_of(desk, of("2", {}), "second")), "");
}

TEST(Earlier, OtherItemsAreNot) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ben", "Ben", std::string(kText)));
  desk.add(desk.post("2", "ben", "Ben", "Something else."));
  (void)plan_of(desk, of("1", {"1:author.*:*=s40(2)"}), "first");
  EXPECT_EQ(remarks(plan_of(desk, of("2", {}), "second")), "");
}

TEST(Earlier, BytesThatWereHandedOutSayWhatIsWithheldNow) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ben", "Ben", std::string(kText)), R"({"id":"1"})");
  auto typed = of("1", {});
  typed.keep = {"1:raw"};
  (void)plan_of(desk, typed, "first");
  const auto said = remarks(plan_of(desk, of("1", {"1:text:words=\"Ottoline Marsh\"=s40(2)"}), "second"));
  EXPECT_NE(said.find("1 raw: it was handed out by the disclosure of entry 2"), std::string::npos) << said;
}

// Of one post: found by a search (entry 2), and disclosed or left out.
class EarlierLeftOut : public testing::Test {
 protected:
  EarlierLeftOut() {
    desk.add(desk.post("1", "ben", "Ben", std::string(kText)));
    records::BodyBuilder body;
    body.add("request", desk.occasion.request).add_text("query", "Ottoline").add("hits", "1");
    body.add("hits.list", "1");
    EXPECT_TRUE(desk.ledger.appender().append({std::string(ledger::kind::kSearch), body.build()}));
  }
  static Request without(const std::string& code) {
    Request typed;
    typed.searches = {"2"};
    typed.leave_out = {"1=" + code};
    return typed;
  }

  ReleaseDesk desk;
};

TEST_F(EarlierLeftOut, ARecordLeftOutNowThatWasShownIsDoubted) {
  (void)plan_of(desk, of("1", {}), "first");
  const auto plan = plan_of(desk, without("s40(2)"), "second");
  ASSERT_TRUE(support::has(plan.doubtful, 1, "*"));
  EXPECT_EQ(
      plan.doubtful[0].what,
      "it is left out here under s40(2), and was shown by the disclosure of entry 3 (request FOI/2026/7)");
  EXPECT_FALSE(support::has(plan_of(desk, without("out-of-scope"), "third").doubtful, 1, "*"));
}

TEST_F(EarlierLeftOut, ARecordShownNowThatWasLeftOutIsDoubted) {
  (void)plan_of(desk, without("s40(2)"), "first");
  const auto plan = plan_of(desk, of("1", {}), "second");
  ASSERT_TRUE(support::has(plan.doubtful, 1, "*"));
  EXPECT_EQ(
      plan.doubtful[0].what,
      "it was left out of the disclosure of entry 3 (request FOI/2026/7) under s40(2), and it is shown here");
}

TEST_F(EarlierLeftOut, TheWordsSearchedForAreComparedToo) {
  auto typed = without("s40(2)");
  typed.redact = {"2:query:*=s40(2)"};
  (void)plan_of(desk, typed, "first");
  EXPECT_EQ(
      remarks(plan_of(desk, without("s40(2)"), "second")),
      "2 query: what is shown here was withheld by the disclosure of entry 3 (request FOI/2026/7) under "
      "s40(2): whoever has both bundles can read it\n");
}

TEST_F(EarlierLeftOut, OutOfScopeIsNoExemption) {
  (void)plan_of(desk, without("out-of-scope"), "first");
  EXPECT_FALSE(support::has(plan_of(desk, of("1", {}), "second").doubtful, 1, "*"));
}

TEST(Earlier, ManyPlacesEndWithOneRemark) {
  ReleaseDesk desk;
  for (int i = 0; i < 150; ++i) desk.add(desk.post(std::to_string(i), "ben", "Ben Hollis", "The pump."));
  (void)plan_of(desk, of("1-150", {}), "first");
  auto typed = of("1-150", {});
  typed.withhold = {"author.*=s40(2)"};
  const auto said = remarks(plan_of(desk, typed, "second"));
  EXPECT_EQ(std::ranges::count(said, '\n'), 201);
  EXPECT_TRUE(said.ends_with("more such places are not named\n")) << said.substr(said.size() - 200);
}

}  // namespace
}  // namespace muniment::foi
