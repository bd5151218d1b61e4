// Answers of Bluesky's app.bsky.* interface: feeds, threads, searches, notifications, lists of posts.
#pragma once

#include <string>

#include "muniment/result.hpp"
#include "sources/json_page.hpp"
#include "sources/source.hpp"

namespace muniment::sources {

// Items in page order: posts; a repost in a feed is an item of its own, with the text it repeats.  What a
// notification is about is read where it is a post (a mention, a reply, a quote); likes and follows are left
// out. Of a repost without a name of its own, what it repeats is read as a post, with a remark; what is no
// post is remarked upon, too. A page without any post is no error when it has the shape of one of those
// answers. kInvalid: an error of the server's, or something else altogether.
Result<Reading> read_bluesky(JsonPage& page);

// {"error": NAME, "message": …}: the name; empty when the page is no such error.
std::string bluesky_error(Json root);

}  // namespace muniment::sources
