// Times that files give without their zone.
#pragma once

#include <string>

#include "sources/saved.hpp"

namespace muniment::sources {

// `shown`: RFC 3339 in UTC, as if the clock had shown UTC; empty stays empty.  The moment at which the clocks
// of the archive's zone show it.
std::string in_archives_zone(std::string shown, const SavedContext& context);

// "UTC", "the time of Europe/London".
std::string archives_time(const SavedContext& context);

}  // namespace muniment::sources
