#include "cli/progress.hpp"

#include <csignal>
#include <cstdlib>
#include <ostream>

#include "base/utf8.hpp"

namespace muniment::cli {
namespace {

std::atomic<bool> stopped{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch what is lock-free");

extern "C" void on_signal(int number) {
  if (stopped.exchange(true)) std::_Exit(128 + number);
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
