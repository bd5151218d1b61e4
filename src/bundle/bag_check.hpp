// Checks a BagIt bag on disk: versions 0.93 to 1.0, every digest the specification names, tag files in UTF-8,
// UTF-16 and Latin 1.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "muniment/result.hpp"

namespace muniment::bundle {

struct BagReport {
  std::string version;
  std::vector<std::string> problems;  // empty: the bag is valid and complete
  std::vector<std::string> remarks;   // allowed, but a sign of carelessness
  bool valid() const { return problems.empty(); }
};

// An Error means the folder could not be looked at; a broken bag is a report.  Nothing is fetched: a file
// that fetch.txt promises and that is not there is a problem.
Result<BagReport> check_bag(const std::filesystem::path& folder);

}  // namespace muniment::bundle
