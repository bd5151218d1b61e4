// Polling the comments of a Disqus forum (a site's comments) over its API, with a public API key.
//
// Comments come newest first, 100 a page by cursors, until they are known (at most kDisqusPages).
// ask_after(): comment by comment for those that should have come or whose turn it is: isDeleted is a
// deletion; spam and what is no longer approved is unavailable.
#pragma once

#include <cstddef>
#include <memory>

#include "sources/json_page.hpp"
#include "sources/source.hpp"

namespace muniment::polls {

inline constexpr std::size_t kDisqusPages = 500;
inline constexpr std::size_t kDisqusMissing = 100;

// {"code": 0, "response": [post, …]} or {"response": post}.  Names as in Disqus's export: numbers, and
// "thread/NUMBER". kInvalid: an error of Disqus's, or no posts.
Result<sources::Reading> read_disqus(sources::JsonPage& page);

// `settings.url`: https://disqus.com/home/forum/NAME/ or https://NAME.disqus.com/; or
// https://HOST/api/3.0/posts/list.json?forum=NAME for another host of the same interface.
Result<std::unique_ptr<sources::Poll>> new_disqus_poll(const sources::PollSettings& settings);

}  // namespace muniment::polls
