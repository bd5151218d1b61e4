#include "cli/progress.hpp"

#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <ostream>

#include "base/utf8.hpp"

namespace muniment::cli {
namespace {

std::atomic<bool> stopped{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch what is lock-free");

// One wish to stop may come as two signals: timeout(1) sends one to the program and one to its whole group.
constexpr std::int64_t kOneWish = 1'000'000'000;

std::int64_t nanoseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);  // which a signal handler may call
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

std::atomic<std::int64_t> first_signal = 0;

extern "C" void on_signal(int number) {
  const std::int64_t now = nanoseconds();
  std::int64_t none = 0;
  if (!first_signal.compare_exchange_strong(none, now) && now - none > kOneWish) std::_Exit(128 + number);
  stopped = true;
}

}  // namespace

ProgressLine::~ProgressLine() {
  if (shown_) terminal_.err << "\r\x1b[K" << std::flush;
}

void ProgressLine::show(const std::string& text) {
  const auto now = std::chrono::steady_clock::now();
  if (!terminal_.err_is_terminal || now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  shown_ = true;
  terminal_.err << "\r\x1b[K" << base::for_terminal(text) << std::flush;
}

const std::atomic<bool>* stop_on_signals() {
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  return &stopped;
}

}  // namespace muniment::cli
