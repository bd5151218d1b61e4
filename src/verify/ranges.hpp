// Lists of numbers as entries and releases write them: "3 7-9 12", "3,7-9,12".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace muniment::verify {

using Ranges = std::vector<std::pair<std::uint64_t, std::uint64_t>>;  // both ends included, ascending, apart

// Numbers and ranges (i-k, i < k), ascending, `separator` between.  nullopt: not such a list, or empty.
std::optional<Ranges> parse_ranges(std::string_view text, char separator);

// With commas, and neighbours joined, so that one set of numbers has one spelling.
std::optional<Ranges> parse_joined_ranges(std::string_view text);

// The same numbers, ascending, neighbours joined.
Ranges joined(Ranges ranges);

// Of joined ranges, in logarithmic time: a hostile list names more numbers than can be counted.
bool holds(const Ranges& ranges, std::uint64_t number);
// The first number of a range that `there` lacks.
std::optional<std::uint64_t> first_missing(const Ranges& there, std::uint64_t first, std::uint64_t last);

}  // namespace muniment::verify
