// Words of a query that look like a filter and are none: `frm:jane` is searched as words, and finds nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "muniment/result.hpp"

namespace muniment::index {

// A sentence for each name before a colon that is directly followed by text and is no filter, once: the
// filter that is near, or all there are.  An address (https://…, mailto:…), an identifier (did:…) and a time
// (10:30) are none of it, nor what stands in quotation marks.  Empty for what is no query at all.
std::vector<std::string> mistyped_filters(std::string_view query);

// kInvalid, for a search that must not be mistyped: the first of these, and how the words are searched for
// that it would be.
Status no_mistyped_filter(std::string_view query);

// Of a query that found nothing: a sentence where `and`, `or` or `not` stands in it as a word; else empty.
std::string small_operator(std::string_view query);

}  // namespace muniment::index
