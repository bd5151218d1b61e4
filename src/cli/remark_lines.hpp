// The remarks of a disclosure as lines to be read: what is said of many records is said once.
#pragma once

#include <string>
#include <vector>

#include "app/release.hpp"

namespace muniment::cli {

// "  12  author.id, url  s40(2)  it leads to …; --keep 12:author.id (or another of them) shows it".
//
// Fields of one record that stand beside each other, and of which the same is said, are one line.  So are
// more than three records of whose same fields the same is said, where the first of them stands: "  12,15-20
// (7 records)  raw  …".
std::vector<std::string> remark_lines(const std::vector<foi::Remark>& remarks);

}  // namespace muniment::cli
