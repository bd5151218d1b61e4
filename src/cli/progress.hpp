// A line on the terminal that says how far a long job is, and a way to end the job early.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include "cli/command.hpp"

namespace muniment::cli {

// Rewrites one line of stderr, at most ten times a second; silent when stderr is not a terminal.
class ProgressLine {
 public:
  explicit ProgressLine(Terminal& terminal) : terminal_(terminal) {}
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  void show(const std::string& text);

 private:
  Terminal& terminal_;
  std::chrono::steady_clock::time_point last_{};
  bool shown_ = false;
};

// Set by SIGINT and SIGTERM from the first call on, which comes before the archive is opened: what is under
// way is finished, then the command ends.  A second signal, more than a second later, ends the program at
// once, as a kill would: what is in the ledger is whole.
const std::atomic<bool>* stop_on_signals();

}  // namespace muniment::cli
