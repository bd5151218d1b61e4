// Telling somebody who is not at the terminal.
#pragma once

#include <chrono>
#include <string>

#include "muniment/result.hpp"

namespace muniment::app {

inline constexpr std::chrono::seconds kNotifyWithin{60};

// Runs `command` by /bin/sh -c with `message` on its standard input; the message is never part of the
// command. Its output goes where ours goes for errors.  kUnavailable: it could not be started, took longer
// than `within` (it is then killed), or ended with another code than 0.
Status notify(const std::string& command, const std::string& message,
              std::chrono::milliseconds within = kNotifyWithin);

}  // namespace muniment::app
