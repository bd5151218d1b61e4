#include "verify/ranges.hpp"

#include "verify/leaf.hpp"

namespace muniment::verify {

std::optional<Ranges> parse_ranges(std::string_view text, char separator) {
  Ranges out;
  for (;;) {
    const auto end = text.find(separator);
    const auto part = text.substr(0, end);
    const auto dash = part.find('-');
    const auto first = parse_number(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_number(part.substr(dash + 1));
    if (!first || !last || *last < *first || (dash != std::string_view::npos && *last == *first))
      return std::nullopt;
    if (!out.empty() && *first <= out.back().second) return std::nullopt;
    out.emplace_back(*first, *last);
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

std::optional<Ranges> parse_joined_ranges(std::string_view text) {
  auto ranges = parse_ranges(text, ',');
  for (std::size_t i = 1; ranges && i < ranges->size(); ++i)
    if ((*ranges)[i].first == (*ranges)[i - 1].second + 1) return std::nullopt;
  return ranges;
}

}  // namespace muniment::verify
