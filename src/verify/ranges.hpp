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

}  // namespace muniment::verify
