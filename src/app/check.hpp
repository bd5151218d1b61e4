// An archive verified with its own published policy.
#pragma once

#include <filesystem>
#include <string>

#include "muniment/result.hpp"

namespace muniment::app {

struct CheckAnswer {
  std::string text;
  std::string json;
  int exit_code = 3;  // 0 verified, 1 failed, 3 could not be checked
};

// An Error means that there was nothing to look at; "failed" is an answer.
Result<CheckAnswer> check_archive(const std::filesystem::path& folder, bool deep);

}  // namespace muniment::app
