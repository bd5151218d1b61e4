// Polling Reddit: a subreddit's newest posts, a search within one, or what an account wrote.
//
// Listings come newest first, 100 a page; Reddit shows about 1,000 of each.  The thread of a post that is new
// or whose number of comments moved is read whole (at most kRedditThreads), and what "more" stubs stand for
// is fetched: 100 comments at a time with a login, one branch at a time without.
//
// ask_after(): by full names, 100 at a time, for items whose turn it is.  Reddit keeps a place for what is
// gone: the author or text reads [deleted] (the author did it) or [removed] (a moderator did).  That is asked
// twice like any other deletion; what was removed counts as unavailable, for moderators can bring it back.
#pragma once

#include <cstddef>
#include <memory>

#include "sources/source.hpp"

namespace muniment::polls {

inline constexpr std::size_t kRedditPages = 10;
inline constexpr std::size_t kRedditThreads = 100;
inline constexpr std::size_t kRedditStubs = 200;  // fetched in a poll
inline constexpr std::size_t kRedditMissing = 200;

// `settings.url`: https://www.reddit.com/r/NAME, …/r/NAME/search?q=WORDS, …/user/NAME.  The credential's
// parts are the id and the secret of an application (`user`, `password`).
Result<std::unique_ptr<sources::Poll>> new_reddit_poll(const sources::PollSettings& settings);

}  // namespace muniment::polls
