#include "collect/schedule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muniment::collect {
namespace {

using base::Time;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Time kNow{hours{500'000}};
constexpr milliseconds kQuarter = minutes{15};

Past polled(Time began, int failures = 0) {
  return {began, began + seconds{3}, failures, {}};
}

TEST(NextPoll, OfASourceThatWasNeverPolledIsAtOnce) {
  EXPECT_LE(next_poll("town", kQuarter, {}), kNow);
}

TEST(NextPoll, LiesAnIntervalAfterTheLastBeganATenthMoreOrLess) {
  for (int i = 0; i < 1000; ++i) {
    const auto began = kNow + seconds{i};
    const auto gap = next_poll("town", kQuarter, polled(began)) - began;
    EXPECT_GE(gap, kQuarter * 9 / 10);
    EXPECT_LE(gap, kQuarter * 11 / 10);
  }
}

TEST(NextPoll, OfSourcesThatWerePolledTogetherSpreadOverTheJitter) {
  std::set<Time> minutes_hit;
  for (int i = 0; i < 1000; ++i)
    minutes_hit.insert(
        std::chrono::floor<minutes>(next_poll("source-" + std::to_string(i), hours{1}, polled(kNow))));
  EXPECT_GE(minutes_hit.size(), 11U) << "twelve minutes are open to them";
}

TEST(NextPoll, IsTheSameForWhoeverAsksAgain) {
  EXPECT_EQ(next_poll("town", kQuarter, polled(kNow)), next_poll("town", kQuarter, polled(kNow)));
  EXPECT_NE(next_poll("town", hours{24}, polled(kNow)), next_poll("county", hours{24}, polled(kNow)));
}

TEST(NextPoll, BacksOffAfterFailuresUpToACeiling) {
  const auto pause = [](int failures, milliseconds every) {
    return next_poll("town", every, polled(kNow, failures)) - (kNow + seconds{3});
  };
  milliseconds expected = kQuarter;
  for (int failures = 1; failures <= 40; ++failures) {
    expected = std::min<milliseconds>(2 * expected, kLongestBackOff);
    EXPECT_GE(pause(failures, kQuarter), expected * 9 / 10) << failures;
    EXPECT_LE(pause(failures, kQuarter), expected * 11 / 10) << failures;
  }
  EXPECT_GE(pause(3, hours{24}), hours{24} * 9 / 10) << "a long interval is not made shorter";
  EXPECT_LE(pause(3, hours{24}), hours{24} * 11 / 10);
}

TEST(NextPoll, KeepsWhatAHostOrABudgetSays) {
  auto past = polled(kNow);
  past.not_before = kNow + hours{9};
  EXPECT_EQ(next_poll("town", kQuarter, past), kNow + hours{9});
  past.not_before = kNow + minutes{1};
  EXPECT_EQ(next_poll("town", kQuarter, past), next_poll("town", kQuarter, polled(kNow)));
}

TEST(NextPoll, IsNotBeforeTheLastOneEndedHoweverLongItTook) {
  EXPECT_EQ(next_poll("town", minutes{1}, {kNow, kNow + hours{2}, 0, {}}), kNow + hours{2});
}

TEST(Plan, BeginsWhatIsDueTheLongestWaitingFirst) {
  Schedule schedule;
  schedule.plan({{kNow, "b", "b"}, {kNow - seconds{1}, "a", "a"}, {kNow + seconds{5}, "c", "c"}});
  EXPECT_EQ(schedule.behind(kNow), seconds{1});
  EXPECT_THAT(schedule.begin(kNow), ElementsAre("a", "b"));
  EXPECT_THAT(schedule.begin(kNow), IsEmpty());
  EXPECT_EQ(schedule.next(), kNow + seconds{5});
  EXPECT_THAT(schedule.begin(kNow + seconds{5}), ElementsAre("c"));
  EXPECT_FALSE(schedule.next());
}

TEST(Plan, NeverHasTwoPollsOfOneSourceUnderWay) {
  Schedule schedule;
  schedule.plan({{kNow, "a", "a"}});
  EXPECT_THAT(schedule.begin(kNow), ElementsAre("a"));
  schedule.plan({{kNow, "a", "a"}});
  EXPECT_THAT(schedule.begin(kNow + hours{1}), IsEmpty());
  schedule.ended("a");
  EXPECT_THAT(schedule.begin(kNow + hours{1}), IsEmpty()) << "not before somebody looked at what came of it";
  schedule.plan({{kNow, "a", "a"}});
  EXPECT_THAT(schedule.begin(kNow), ElementsAre("a"));
}

TEST(Plan, SourcesOfOneHostDoNotTakeAllThePlaces) {
  Schedule schedule;
  std::vector<Schedule::Due> plan;
  for (int i = 0; i < 50; ++i) plan.push_back({kNow - hours{1}, "v" + std::to_string(i), "video.example"});
  plan.push_back({kNow, "town", "town.example"});
  schedule.plan(plan);
  const auto begun = schedule.begin(kNow);
  EXPECT_THAT(begun, SizeIs(kMostPollsOfAHost + 1));
  EXPECT_THAT(begun, testing::Contains("town"));
  EXPECT_FALSE(schedule.next()) << "one of them has to end first";
  schedule.ended(begun.front());
  EXPECT_EQ(schedule.next(), kNow - hours{1});
  EXPECT_THAT(schedule.begin(kNow), SizeIs(1));
}

TEST(Plan, HasNoMoreUnderWayThanItsMost) {
  Schedule schedule;
  std::vector<Schedule::Due> plan;
  for (std::size_t i = 0; i < 2 * kMostPolls; ++i)
    plan.push_back({kNow, std::to_string(i), std::to_string(i)});
  schedule.plan(plan);
  const auto begun = schedule.begin(kNow);
  EXPECT_THAT(begun, SizeIs(kMostPolls));
  EXPECT_EQ(schedule.under_way(), kMostPolls);
  EXPECT_FALSE(schedule.next());
  schedule.ended(begun.front());
  EXPECT_THAT(schedule.begin(kNow), SizeIs(1));
}

TEST(Plan, WhatIsNotInItAnyMoreIsNotBegun) {
  Schedule schedule;
  schedule.plan({{kNow, "paused", "a"}, {kNow, "active", "b"}});
  schedule.plan({{kNow, "active", "b"}});
  EXPECT_THAT(schedule.begin(kNow), ElementsAre("active"));
}

}  // namespace
}  // namespace muniment::collect
