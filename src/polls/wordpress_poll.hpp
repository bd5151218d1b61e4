// Polling a WordPress site over its REST API.
//
// The API is looked for at SITE/wp-json/ and SITE/?rest_route=/.  Every poll lists all posts, pages and
// comments, oldest first, 100 a page (at most kWordPressPages of each): WordPress says neither when a comment
// was changed nor that it is gone, so only reading again shows it.  ask_after() asks one by one for held
// items that were not listed, where the list they belong to came whole (at most kWordPressSingles).
// Where the API, or one of its lists, is absent or barred, the site's feeds are read instead, with a remark:
// they show the newest items only.
//
// With a login (user name and application password) comments that wait to be approved, pingbacks and
// trackbacks are listed too.  The login is shown for these lists and for single items only.  What an editor
// sees in the bin counts as not shown.
#pragma once

#include <cstddef>
#include <memory>

#include "sources/source.hpp"

namespace muniment::polls {

inline constexpr std::size_t kWordPressPages = 2'000;
inline constexpr std::size_t kWordPressSingles = 500;

// `settings.url`: the site's front page, or any address under its wp-json.
// The cursor is that of the feeds, "posts LF comments"; empty as long as the API answers.
std::unique_ptr<sources::Poll> new_wordpress_poll(const sources::PollSettings& settings);

}  // namespace muniment::polls
