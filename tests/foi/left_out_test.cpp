#include "foi/left_out.hpp"

#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

// Una Pell's post (1), two others (2, 3), and a search that found all three (4).
class LeftOut : public testing::Test {
 protected:
  void found(const std::string& first, const std::string& second) {
    desk.add(desk.post("71001", "unapell", "Una Pell", "The pump is broken."));
    desk.add(desk.post("71002", "ben", "Ben Oakes", first));
    desk.add(desk.post("71003", "cat", "Cat Mill", second));
    records::BodyBuilder body;
    body.add("request", desk.occasion.request).add("hits", "3").add("hits.list", "1-3");
    ASSERT_TRUE(desk.ledger.appender().append({std::string(ledger::kind::kSearch), body.build()}));
  }
  // The records whose text is doubted when the first is left out.
  Seqs doubted(const std::string& code, const std::string& records = "2-3") {
    Request typed;
    typed.records = {records};
    typed.searches = {"4"};
    typed.leave_out = {"1=" + code};
    if (records == "2") typed.leave_out.emplace_back("3=out-of-scope");
    const auto preview = desk.preview(typed);
    EXPECT_TRUE(preview.has_value());
    Seqs out;
    if (!preview) return out;
    for (const auto& remark : preview->plan.doubtful) {
      if (remark.what.find("it says whose record 1 is") == std::string::npos) continue;
      EXPECT_NE(remark.what.find("left out under " + code), std::string::npos) << remark.what;
      out.push_back(remark.seq);
    }
    return out;
  }

  support::ReleaseDesk desk;
};

TEST_F(LeftOut, WhoseRecordItIsShallNotStandInAnother) {
  found("Una Pell is right.", "So says @unapell, too.");
  EXPECT_EQ(doubted("s40(2)"), (Seqs{2, 3}));
}

TEST_F(LeftOut, WhereItStandsIsSaidByItsAddress) {
  found("See https://social.example/@unapell/71001", "The pump is mended.");
  EXPECT_EQ(doubted("s40(2)"), Seqs{2});
}

TEST_F(LeftOut, WordsOfItAreNotLookedFor) {
  found("The pump is broken.", "Una is a river.");
  EXPECT_EQ(doubted("s40(2)"), Seqs{});
}

TEST_F(LeftOut, WhatIsOutOfScopeMayBeNamed) {
  found("Una Pell is right.", "And Cat, too.");
  EXPECT_EQ(doubted("out-of-scope"), Seqs{});
}

TEST_F(LeftOut, WhoIsShownAsAnAuthorMayBeNamed) {
  desk.add(desk.post("71001", "unapell", "Una Pell", "The pump is broken."));
  desk.add(desk.post("71002", "ben", "Ben Oakes", "Una Pell is right."));
  desk.add(desk.post("71003", "unapell", "Una Pell", "Thank you."));
  records::BodyBuilder body;
  body.add("request", desk.occasion.request).add("hits", "3").add("hits.list", "1-3");
  ASSERT_TRUE(desk.ledger.appender().append({std::string(ledger::kind::kSearch), body.build()}));
  EXPECT_EQ(doubted("s31"), Seqs{});
  EXPECT_EQ(doubted("s31", "2"), Seqs{2}) << "where that other post is not in the bundle";
}

TEST_F(LeftOut, AnotherVersionOfItMaySayTheSame) {
  desk.add(desk.post("71001", "unapell", "Una Pell", "The pump is broken."));
  desk.add(desk.post("71001", "unapell", "Una Pell", "The pump is broken!"), {}, ledger::kind::kEdit, "1");
  records::BodyBuilder body;
  body.add("request", desk.occasion.request).add("hits", "2").add("hits.list", "1-2");
  ASSERT_TRUE(desk.ledger.appender().append({std::string(ledger::kind::kSearch), body.build()}));
  Request typed;
  typed.records = {"2"};
  typed.searches = {"3"};
  typed.leave_out = {"1=s40(2)"};
  const auto preview = desk.preview(typed);
  ASSERT_TRUE(preview.has_value());
  EXPECT_TRUE(support::has(preview->plan.doubtful, 2, "*"));
}

}  // namespace
}  // namespace muniment::foi
