// What platforms claim, in our spelling.
#pragma once

#include <string>
#include <string_view>

namespace muniment::sources {

// RFC 3339 UTC with milliseconds.  Empty when it is no date; no zone means UTC.
std::string claimed_time(std::string_view text);

// The same of seconds since 1970; empty when that is nothing, or no date of the years 1..9999.
std::string claimed_seconds(double seconds);

// At most 200 bytes of what a server said, for an error or a remark.
std::string excerpt(std::string_view text);

}  // namespace muniment::sources
