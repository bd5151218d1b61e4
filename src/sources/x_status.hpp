// One post of X (Twitter) as its older interface, its archives and its data dumps spell it (v1.1).
#pragma once

#include <string>
#include <string_view>

#include "sources/json_page.hpp"
#include "sources/source.hpp"

namespace muniment::sources {

// "Tue May 03 05:21:50 +0000 2016", "2016-05-03 05:21:50 +0000" or RFC 3339, in our spelling; empty: no date.
std::string x_time(std::string_view text);

// X writes &amp;, &lt; and &gt; for three characters, and nothing else, in the text of its posts.
std::string x_text(std::string_view text);

std::string x_account_url(std::string_view name);
std::string x_post_url(std::string_view name, std::string_view id);

// Says something, and has a number.
bool is_x_status(Json status);

// Everything of the item but its place.  `owner`: whose post it is when it does not say; may be null.
// The item's id is the number of the first of its edits, which all of them name; id.local is its own.
void read_x_status(Json status, Json user, const records::Account* owner, Item& out);

}  // namespace muniment::sources
