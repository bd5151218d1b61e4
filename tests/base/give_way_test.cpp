#include "base/give_way.hpp"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/resource.h>

#include <thread>

namespace muniment::base {
namespace {

using Rank = StandingBack::Rank;

TEST(StandingBack, GoesLastOnceTheWorkProvesToBeLong) {
  StandingBack work;
  EXPECT_EQ(work.at(0.5, 0.5), Rank::kLower);
  EXPECT_EQ(work.at(1.9, 3.8), Rank::kLower);
  EXPECT_EQ(work.at(2.1, 4.2), Rank::kLast);
}

TEST(StandingBack, StaysLastWhileThereIsProcessorTimeForIt) {
  StandingBack work;
  ASSERT_EQ(work.at(2, 4), Rank::kLast);
  for (int second = 3; second < 1000; ++second)
    EXPECT_EQ(work.at(second, 4 + 0.3 * (second - 2)), Rank::kLast);
}

TEST(StandingBack, ComesForwardWhenOthersTakeAllTheTime) {
  StandingBack work;
  ASSERT_EQ(work.at(2, 4), Rank::kLast);
  EXPECT_EQ(work.at(2.5, 4), Rank::kLast) << "half a second says nothing";
  EXPECT_EQ(work.at(3.5, 4.01), Rank::kLower);
}

TEST(StandingBack, WaitsLongerEachTimeBeforeItGoesLastAgain) {
  StandingBack work;
  double now = 0;
  double stayed = 0;
  for (int time = 0; time < 20; ++time) {
    const double before = now;
    while (work.at(now, 0) == Rank::kLower) now += 0.5;
    EXPECT_GE(now - before, std::min(stayed, 599.0));
    EXPECT_LE(now - before, 601);
    stayed = now - before;
    now += 2;
    ASSERT_EQ(work.at(now, 0), Rank::kLower);
  }
}

TEST(GiveWay, HoldsForTheThreadAndThoseItStarts) {
  int policy = -1, nice = -1;
  std::thread([&] {
    GiveWay give_way;
    std::thread([&] {
      policy = ::sched_getscheduler(0);
      nice = ::getpriority(PRIO_PROCESS, 0);
    }).join();
  }).join();
  EXPECT_EQ(policy, SCHED_BATCH);
  EXPECT_GE(nice, 10);
}

}  // namespace
}  // namespace muniment::base
