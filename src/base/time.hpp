// Times as text.  Stored times are UTC; a zone is used only to show one to a person.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/seams.hpp"

namespace muniment::base {

// 2026-11-22T02:45:57.123Z: the only spelling inside an entry's leaf.
std::string to_rfc3339(Time time);

// Exactly the spelling above (years 0000..9999); anything else is nullopt.
std::optional<Time> from_leaf_time(std::string_view text);

// RFC 3339 as platforms write it: any number of fraction digits (cut to milliseconds), Z or an
// offset with or without colon, 'T' or space.  No offset means UTC.  nullopt when it is not a date.
std::optional<Time> parse_rfc3339(std::string_view text);

// RFC 822/1123 and its many misspellings in feeds: "Tue, 10 Jun 2003 04:00:00 GMT".
std::optional<Time> parse_rfc822(std::string_view text);

// Days from civil (proleptic Gregorian); month 1..12, day 1..31 are checked.
std::optional<Time> from_civil(int year, unsigned month, unsigned day, unsigned hour = 0, unsigned minute = 0,
                               unsigned second = 0, unsigned millisecond = 0);

}  // namespace muniment::base
