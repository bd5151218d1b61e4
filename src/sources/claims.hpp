// What platforms claim, in our spelling.
#pragma once

#include <string>
#include <string_view>

namespace muniment::sources {

// RFC 3339 UTC with milliseconds.  Empty when it is no date; no zone means UTC.
std::string claimed_time(std::string_view text);

// At most 200 bytes of what a server said, for an error or a remark.
std::string excerpt(std::string_view text);

}  // namespace muniment::sources
