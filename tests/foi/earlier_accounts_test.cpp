#include "foi/earlier_accounts.hpp"

#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using support::has;

// Una's post (1), whose account the first disclosure (3) withholds, and an answer to it (2).
class EarlierAccounts : public testing::Test {
 protected:
  void released(const std::string& answer, std::vector<std::string> redact) {
    desk.add(desk.post("71001", "unapell", "Una Pell", "The pump is broken."));
    desk.add(desk.post("71002", "clerk", "Town Desk", answer));
    Request typed;
    typed.records = {"1"};
    typed.redact = std::move(redact);
    (void)support::plan_of(desk, typed, "first");
  }
  Plan second(const std::string& records) {
    Request typed;
    typed.records = {records};
    return support::plan_of(desk, typed, "second");
  }
  support::ReleaseDesk desk;
};

TEST_F(EarlierAccounts, AreDoubtedInAnAnswerThatNamesThem) {
  released("@unapell we are on our way.", {"1:author.*:*=s40(2)"});
  const auto plan = second("2");
  ASSERT_TRUE(has(plan.doubtful, 2, "text"));
  EXPECT_NE(plan.doubtful.front().what.find("withheld of record 1: whoever has both"), std::string::npos)
      << plan.doubtful.front().what;
}

TEST_F(EarlierAccounts, AreNoDoubtWhereTheAnswerNamesNobody) {
  released("We are on our way.", {"1:author.*:*=s40(2)"});
  EXPECT_FALSE(has(second("2").doubtful, 2, "text"));
}

TEST_F(EarlierAccounts, AreNoDoubtWhereOtherThingsWereWithheld) {
  released("@unapell we are on our way.", {"1:text:*=s40(2)"});
  EXPECT_FALSE(has(second("2").doubtful, 2, "text"));
}

TEST_F(EarlierAccounts, OfTheSameRecordAreComparedAsItsOtherFieldsAre) {
  released("@unapell we are on our way.", {"1:author.*:*=s40(2)"});
  const auto plan = second("1-2");
  EXPECT_FALSE(has(plan.doubtful, 2, "text"));
  EXPECT_TRUE(has(plan.doubtful, 1, "author.handle"));
}

}  // namespace
}  // namespace muniment::foi
