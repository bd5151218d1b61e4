// Pages of the WordPress REST API (/wp-json/wp/v2) and of WordPress.com's older one (rest/v1.1).
//
// Read are lists of posts, pages, media and comments, and single ones of them.
#pragma once

#include <string>
#include <string_view>

#include "muniment/result.hpp"
#include "sources/json_page.hpp"
#include "sources/source.hpp"

namespace muniment::sources {

// `origin`: an address of the site or of the page asked; when empty, a site is found from what the items say
// about themselves.  Else they say where on its host the site is, and those that name another host are named
// after `origin`, with a remark.
// kInvalid: not JSON, an error of the site's, or JSON without posts or comments.  An item that nothing
// identifies is left out and remarked upon.
Result<Reading> read_wordpress(std::string_view bytes, std::string_view origin);
Result<Reading> read_wordpress(JsonPage& page, std::string_view origin);

// {"code", "message", "data": {"status"}}: the code; empty when the page is no such error.
std::string wordpress_error(Json root);

// "host[:port][/path]" of the site that an address of its REST API belongs to, or of a site's own address;
// empty when it is no web address.
std::string wordpress_site(std::string_view url);

// Of two such sites: the same host and port, with or without "www." before it.
bool is_one_host(std::string_view site, std::string_view other);

}  // namespace muniment::sources
