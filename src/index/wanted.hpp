// A word or phrase that is looked for, and where text has it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace muniment::index {

struct Wanted {
  std::string expression;           // FTS5's, alone
  std::vector<std::string> tokens;  // folded
  bool prefix = false;              // the last token may go on
};

// A token of a text, folded, and the bytes it was made from.
struct Place {
  std::string folded;
  std::size_t begin = 0, end = 0;
};

// Whether `wanted` begins at the token `at`.
bool matches_at(const std::vector<Place>& places, std::size_t at, const Wanted& wanted);

}  // namespace muniment::index
