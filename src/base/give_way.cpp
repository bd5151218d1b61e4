#include "base/give_way.hpp"

#include <sched.h>
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <thread>

namespace muniment::base {
namespace {

constexpr int kNice = 10;
constexpr double kLookEvery = 1;     // seconds
constexpr double kLeastShare = .25;  // of one processor
constexpr double kMostPatience = 600;

double processor_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// A policy is each thread's own.
void set_policy(int policy) {
  const sched_param none{};
  std::error_code wrong;
  for (auto task = std::filesystem::directory_iterator("/proc/self/task", wrong);
       !wrong && task != std::filesystem::directory_iterator(); task.increment(wrong))
    (void)::sched_setscheduler(std::atoi(task->path().filename().c_str()), policy, &none);
}

// Without CAP_SYS_NICE or a limit (RLIMIT_NICE) that permits it, a thread that has gone last stays there.
bool may_come_back() {
  bool may = false;
  const sched_param none{};
  std::thread([&] {
    may = ::sched_setscheduler(0, SCHED_IDLE, &none) == 0 && ::sched_setscheduler(0, SCHED_BATCH, &none) == 0;
  }).join();
  return may;
}

}  // namespace

StandingBack::Rank StandingBack::at(double passed, double had) {
  const double for_long = passed - since_;
  if (for_long < (rank_ == Rank::kLower ? patience_ : kLookEvery)) return rank_;
  if (rank_ == Rank::kLower) {
    rank_ = Rank::kLast;
  } else if (had - had_ < kLeastShare * for_long) {
    rank_ = Rank::kLower;
    patience_ = std::min(2 * patience_, kMostPatience);
  }
  since_ = passed;
  had_ = had;
  return rank_;
}

GiveWay::GiveWay() {
  (void)::setpriority(PRIO_PROCESS, 0, kNice);
  set_policy(SCHED_BATCH);
  may_go_last_ = may_come_back();
}

void GiveWay::look() {
  if (!may_go_last_) return;
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - began_;
  const auto rank = standing_back_.at(passed.count(), processor_seconds());
  if (rank == rank_) return;
  rank_ = rank;
  set_policy(rank == StandingBack::Rank::kLast ? SCHED_IDLE : SCHED_BATCH);
}

}  // namespace muniment::base
