#include "verify/ranges.hpp"

#include <algorithm>

#include "verify/leaf.hpp"

namespace muniment::verify {
namespace {

// The range that may hold the number: the last one that does not begin after it.
Ranges::const_iterator range_at(const Ranges& ranges, std::uint64_t number) {
  const auto after = std::ranges::upper_bound(ranges, number, {}, &Ranges::value_type::first);
  return after == ranges.begin() ? ranges.end() : std::prev(after);
}

}  // namespace

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

Ranges joined(Ranges ranges) {
  std::ranges::sort(ranges);
  Ranges out;
  for (const auto& [first, last] : ranges) {
    if (!out.empty() && (first <= out.back().second || first - 1 == out.back().second))
      out.back().second = std::max(out.back().second, last);
    else
      out.emplace_back(first, last);
  }
  return out;
}

bool holds(const Ranges& ranges, std::uint64_t number) {
  const auto at = range_at(ranges, number);
  return at != ranges.end() && number <= at->second;
}

std::optional<std::uint64_t> first_missing(const Ranges& there, std::uint64_t first, std::uint64_t last) {
  const auto at = range_at(there, first);
  if (at == there.end() || at->second < first) return first;
  return at->second < last ? std::optional(at->second + 1) : std::nullopt;
}

}  // namespace muniment::verify
