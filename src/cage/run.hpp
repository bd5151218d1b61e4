// Starts a program that reads what somebody else made, gives it those bytes, and does not wait for ever.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "muniment/result.hpp"

namespace muniment::cage {

struct Ended {
  int code = 0;        // as it ended by itself; -1: it did not
  int signal = 0;      // that ended it; 0: none
  bool late = false;   // it took longer than `within`, and was killed
  bool loud = false;   // it said more than `most_output`, and was killed
  std::string output;  // what it wrote; empty when late or loud
};

// The program sees `input` on descriptor 0, writes to descriptor 1, and has no other of our descriptors, none
// of our environment, no arguments, and the root folder to stand in.  When this returns, the process has
// ended. kNotFound: it is not there; kUnavailable: it could not be started.
Result<Ended> run(const std::filesystem::path& program, std::string_view input, std::size_t most_output,
                  std::chrono::milliseconds within);

}  // namespace muniment::cage
