#include "collect/watched.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/time.hpp"

namespace muniment::collect {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::IsEmpty;
using testing::SizeIs;
using What = SourceAction::What;

const base::Time kAdded = *base::parse_rfc3339("2026-03-01T08:00:00Z");

base::Time at(int hour) {
  return kAdded + hours{hour};
}

class Watched : public testing::Test {
 protected:
  void poll(int hour, bool complete = true) {
    polls.push_back({polls.size() + 10, at(hour), at(hour) + minutes{5}, complete});
  }
  Watch watch(int now) { return watch_of(polls, actions, hours{26}, at(now)); }

  std::vector<SourceAction> actions{{What::kAdd, kAdded}};
  std::vector<PollTimes> polls;
};

TEST_F(Watched, PolledEveryDayHasNoGap) {
  for (int hour = 1; hour < 100; hour += 24) poll(hour);
  const auto seen = watch(100);
  ASSERT_THAT(seen.spans, SizeIs(1));
  EXPECT_EQ(seen.spans[0].from, at(1));
  EXPECT_EQ(seen.spans[0].to, at(97) + minutes{5});
  EXPECT_EQ(seen.spans[0].polls, 5U);
  EXPECT_THAT(seen.gaps, IsEmpty());
}

TEST_F(Watched, NobodyPolledForDaysIsAGapFromTheEndOfOnePollToTheBeginningOfTheNext) {
  poll(1);
  poll(73);
  const auto seen = watch(74);
  ASSERT_THAT(seen.spans, SizeIs(2));
  ASSERT_THAT(seen.gaps, SizeIs(1));
  EXPECT_EQ(seen.gaps[0].from, at(1) + minutes{5});
  EXPECT_EQ(seen.gaps[0].to, at(73));
  EXPECT_FALSE(seen.gaps[0].open);
  EXPECT_EQ(seen.gaps[0].cause, GapCause::kNotPolled);
}

TEST_F(Watched, AFailedOrPartialPollVouchesForNothingAndIsTheCause) {
  poll(1);
  poll(25, false);
  poll(49, false);
  const auto seen = watch(50);
  ASSERT_THAT(seen.gaps, SizeIs(1));
  EXPECT_TRUE(seen.gaps[0].open);
  EXPECT_EQ(seen.gaps[0].to, at(50));
  EXPECT_EQ(seen.gaps[0].cause, GapCause::kFailing);
  EXPECT_EQ(seen.gaps[0].failed, 2U);
  EXPECT_EQ(seen.gaps[0].last_failed, 12U);
}

TEST_F(Watched, AFailureThatTheNextPollMadeGoodInTimeIsNoGap) {
  poll(1);
  poll(13, false);
  poll(25);
  EXPECT_THAT(watch(26).gaps, IsEmpty());
}

TEST_F(Watched, AGapIsCutWhereTheSourceWasPausedAndResumed) {
  poll(1);
  actions.push_back({What::kPause, at(10)});
  actions.push_back({What::kResume, at(60)});
  poll(70, false);
  poll(90);
  const auto seen = watch(91);
  ASSERT_THAT(seen.gaps, SizeIs(3));
  EXPECT_EQ(seen.gaps[0].cause, GapCause::kNotPolled);
  EXPECT_EQ(seen.gaps[0].to, at(10));
  EXPECT_EQ(seen.gaps[1].cause, GapCause::kPaused);
  EXPECT_EQ(seen.gaps[1].from, at(10));
  EXPECT_EQ(seen.gaps[1].to, at(60));
  EXPECT_EQ(seen.gaps[2].cause, GapCause::kFailing);
  EXPECT_EQ(seen.gaps[2].to, at(90));
}

TEST_F(Watched, AShortPauseBetweenTwoPollsIsNoGap) {
  poll(1);
  actions.push_back({What::kPause, at(2)});
  actions.push_back({What::kResume, at(3)});
  poll(25);
  EXPECT_THAT(watch(26).gaps, IsEmpty());
}

TEST_F(Watched, NeverPolledIsAGapFromWhenItWasAdded) {
  EXPECT_THAT(watch(26).gaps, IsEmpty());
  const auto seen = watch(27);
  ASSERT_THAT(seen.gaps, SizeIs(1));
  EXPECT_EQ(seen.gaps[0].from, kAdded);
  EXPECT_TRUE(seen.gaps[0].open);
}

TEST_F(Watched, ARemovedSourceIsNotExpectedToBeCaptured) {
  poll(1);
  actions.push_back({What::kRemove, at(5)});
  EXPECT_THAT(watch(500).gaps, IsEmpty());
  actions.push_back({What::kAdd, at(300)});
  EXPECT_THAT(watch(310).gaps, IsEmpty());
  const auto seen = watch(500);
  ASSERT_THAT(seen.gaps, SizeIs(1));
  EXPECT_EQ(seen.gaps[0].from, at(300));
}

TEST_F(Watched, AGapThatWasOpenKeepsItsBeginningWhenItEnds) {
  poll(1);
  const auto open = watch(40);
  poll(41, false);
  poll(42);
  const auto closed = watch(43);
  ASSERT_THAT(open.gaps, SizeIs(1));
  ASSERT_THAT(closed.gaps, SizeIs(1));
  EXPECT_EQ(open.gaps[0].from, closed.gaps[0].from);
  EXPECT_FALSE(closed.gaps[0].open);
}

TEST_F(Watched, WhatWasCapturedAtOneAddressIsNotCapturedAtTheNextOfThatName) {
  poll(1);
  actions.push_back({What::kRemove, at(2)});
  actions.push_back({What::kAdd, at(3), true});
  poll(4);
  const auto seen = watch(5);
  ASSERT_THAT(seen.spans, SizeIs(2));
  EXPECT_EQ(seen.spans[0].to, at(1) + minutes{5});
  EXPECT_EQ(seen.spans[1].from, at(4));
}

TEST_F(Watched, APollThatBeganAtTheAddressBeforeVouchesForNothingAtTheNext) {
  polls.push_back({10, at(1), at(40), true});
  actions.push_back({What::kRemove, at(2)});
  actions.push_back({What::kAdd, at(3), true});
  const auto seen = watch(41);
  ASSERT_THAT(seen.gaps, SizeIs(1));
  EXPECT_EQ(seen.gaps[0].from, at(3));
  EXPECT_TRUE(seen.gaps[0].open);
}

TEST_F(Watched, TheSameAddressAddedAgainGoesOn) {
  poll(1);
  actions.push_back({What::kRemove, at(2)});
  actions.push_back({What::kAdd, at(3)});
  poll(4);
  EXPECT_THAT(watch(5).spans, SizeIs(1));
}

TEST(PollRecord, IsWhatTheCoverageEntrySays) {
  records::BodyBuilder body;
  body.add("outcome", "partial").add("pages", "7").add("new", "3").add("limits", "2");
  body.add("errors", "first\nsecond\n").add("credential.state", "refused");
  const auto poll = poll_record_of(body.build());
  EXPECT_EQ(poll.outcome, "partial");
  EXPECT_EQ(poll.pages, 7U);
  EXPECT_EQ(poll.fresh, 3U);
  EXPECT_EQ(poll.limits, 2U);
  EXPECT_THAT(poll.errors, testing::ElementsAre("first", "second"));
  EXPECT_EQ(poll.credential_state, "refused");
}

}  // namespace
}  // namespace muniment::collect
