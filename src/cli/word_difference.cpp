#include "cli/word_difference.hpp"

#include <algorithm>
#include <cstdint>

#include "records/segments.hpp"

namespace muniment::cli {
namespace {

constexpr std::size_t kMostWords = 2000;

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t from = 0;
  for (const auto cut : records::word_cuts(text)) {
    out.push_back(text.substr(from, cut - from));
    from = cut;
  }
  if (from < text.size()) out.push_back(text.substr(from));
  return out;
}

void add(std::vector<Piece>& pieces, Piece::Kind kind, std::string_view text) {
  if (text.empty()) return;
  if (pieces.empty() || pieces.back().kind != kind) pieces.push_back({kind, {}});
  pieces.back().text += text;
}

}  // namespace

std::vector<Piece> word_difference(std::string_view before, std::string_view after) {
  std::vector<Piece> pieces;
  if (before == after) {
    add(pieces, Piece::Kind::kSame, before);
    return pieces;
  }
  const auto a = words_of(before);
  const auto b = words_of(after);
  if (a.size() > kMostWords || b.size() > kMostWords) {
    add(pieces, Piece::Kind::kRemoved, before);
    add(pieces, Piece::Kind::kAdded, after);
    return pieces;
  }
  // common[i][j]: how many words the rests of both from i and j on share.
  const std::size_t width = b.size() + 1;
  std::vector<std::uint16_t> common((a.size() + 1) * width, 0);
  for (std::size_t i = a.size(); i-- > 0;)
    for (std::size_t j = b.size(); j-- > 0;)
      common[i * width + j] = a[i] == b[j] ? static_cast<std::uint16_t>(common[(i + 1) * width + j + 1] + 1)
                                           : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      add(pieces, Piece::Kind::kSame, a[i++]);
      ++j;
    } else if (i < a.size() && (j == b.size() || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      add(pieces, Piece::Kind::kRemoved, a[i++]);
    } else {
      add(pieces, Piece::Kind::kAdded, b[j++]);
    }
  }
  return pieces;
}

}  // namespace muniment::cli
