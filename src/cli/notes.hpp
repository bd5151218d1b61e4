// What somebody should know beside the results.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace muniment::cli {

// A line "note: …" each.
void print_notes(std::ostream& err, const std::vector<std::string>& sentences);

}  // namespace muniment::cli
