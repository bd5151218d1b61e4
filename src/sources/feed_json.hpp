// One page of a JSON Feed (versions 1 and 1.1), read in the terms of any other feed.
#pragma once

#include <string_view>

#include "muniment/result.hpp"
#include "sources/source.hpp"

namespace muniment::sources {

// Does the page begin as JSON does?
bool looks_like_json(std::string_view bytes);

// `origin` and `address` as for read_feed(); `next` likewise: next_url.
// kInvalid: not JSON, or no JSON Feed.
Result<Reading> read_json_feed(std::string_view bytes, std::string_view origin, std::string_view address);

}  // namespace muniment::sources
