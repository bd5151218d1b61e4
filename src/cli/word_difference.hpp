// What changed between two texts, word by word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muniment::cli {

struct Piece {
  enum class Kind { kSame, kRemoved, kAdded };
  Kind kind = Kind::kSame;
  std::string text;
  friend bool operator==(const Piece&, const Piece&) = default;
};

// The longest common subsequence of words; the same pieces put together give either text.  Texts of more
// than two thousand words that differ are given whole, one removed and one added.
std::vector<Piece> word_difference(std::string_view before, std::string_view after);

}  // namespace muniment::cli
