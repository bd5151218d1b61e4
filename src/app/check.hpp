// An archive verified with its own published policy.
#pragma once

#include <filesystem>
#include <string>

#include "index/projection.hpp"
#include "muniment/result.hpp"

namespace muniment::app {

struct CheckAnswer {
  std::string text;
  std::string json;
  int exit_code = 3;  // 0 verified, 1 failed, 3 could not be checked
};

struct CheckWishes {
  bool deep = false;                          // unseal every body
  bool compare_index = false;                 // see check_index.hpp
  index::Projection::Progress progress = {};  // of the index that is made for it
};

// An Error means that there was nothing to look at; "failed" is an answer.
Result<CheckAnswer> check_archive(const std::filesystem::path& folder, const CheckWishes& wishes = {});

}  // namespace muniment::app
