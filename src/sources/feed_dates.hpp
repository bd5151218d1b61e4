// The dates of feeds: RFC 822 and its misspellings, RFC 3339, W3CDTF with parts left out, ISO 8601 basic and
// ordinal dates, C's asctime, month before day, and the zone names that RFC 822 does not list.
#pragma once

#include <string>
#include <string_view>

namespace muniment::sources {

// RFC 3339 UTC with milliseconds; empty when the text is no date that can be read without guessing between
// day and month.  A part that is left out is its first: "2003" is the first moment of 2003 in UTC.
std::string feed_date(std::string_view text);

}  // namespace muniment::sources
