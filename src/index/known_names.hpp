// The names that platform: and source: could have meant.
#pragma once

#include <string>

#include "db/database.hpp"
#include "index/query.hpp"

namespace muniment::index {

inline constexpr std::size_t kMostNamed = 20;  // of the names that something was captured from

// "nothing was captured from a platform called fax; known are feed, mastodon".  `filter` is kPlatform or
// kSource.  What the index says of itself when it cannot be read.
Result<std::string> nothing_captured_from(db::Database& database, Filter filter, const std::string& name);

}  // namespace muniment::index
