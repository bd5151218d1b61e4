// Case files: chosen records in one dated folder, for use inside the house.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/archive.hpp"

namespace muniment::app {

struct CaseWishes {
  std::string title;
  std::vector<std::string> records;  // numbers, ranges, or the platform's identifiers, as for a disclosure
  std::string actor;
  std::filesystem::path folder;
};

// The entry is of kind `case-file`.  Errors as casework::make_case_file.
Result<Recorded> make_case_file(Archive& archive, const CaseWishes& wishes);

}  // namespace muniment::app
