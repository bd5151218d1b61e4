#include "base/give_way.hpp"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/resource.h>

#include <thread>

namespace muniment::base {
namespace {

TEST(GiveWay, HoldsForTheThreadAndThoseItStarts) {
  int policy = -1, nice = -1;
  std::thread([&] {
    give_way();
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
