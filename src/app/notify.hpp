// Telling somebody who is not at the terminal.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>

#include "muniment/result.hpp"

namespace muniment::app {

inline constexpr std::chrono::seconds kNotifyWithin{60};

// A command run by /bin/sh -c with a message on its standard input; the message is never part of the command.
// Its output goes where ours goes for errors.  It is ended with everything it started when this goes.
class Notification {
 public:
  // Starts it; finished() says also when that failed.
  Notification(const std::string& command, const std::string& message,
               std::chrono::milliseconds within = kNotifyWithin);
  ~Notification();
  Notification(const Notification&) = delete;
  Notification& operator=(const Notification&) = delete;

  // Does not wait.  nullopt: it is still running.  kUnavailable: it could not be started, took longer than
  // `within` (it is then killed), or ended with another code than 0.
  std::optional<Status> finished();

 private:
  pid_t child_ = -1;
  Status ended_;
  std::chrono::milliseconds within_;
  std::chrono::steady_clock::time_point end_;
};

// The same, waited for.
Status notify(const std::string& command, const std::string& message,
              std::chrono::milliseconds within = kNotifyWithin);

}  // namespace muniment::app
