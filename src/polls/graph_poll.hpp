// Polling a page of Facebook, an account of Instagram or of Threads over Meta's Graph interfaces, with an
// access token.
//
// Three platforms, one way: what the account published, with the comments and answers inside it, and what
// names it (tagged posts, mentions), newest first, until it is known (at most kGraphPages of each list).
// Comments that were not sent along are asked for page by page.  The address of a next page carries the
// token; it reaches us withheld, and the token is put in anew.
//
// ask_after(): item by item for those whose turn it is.  The Graph interface does not tell what is deleted
// from what may not be seen (error 100, subcode 33): both are recorded as unavailable, never as deleted. When
// the token ends is asked for at each poll, where the platform says so.
#pragma once

#include <cstddef>
#include <memory>

#include "sources/source.hpp"

namespace muniment::polls {

inline constexpr std::size_t kGraphPages = 100;
inline constexpr std::size_t kGraphMissing = 50;
inline constexpr std::size_t kGraphInner = 300;  // further pages of comments, in a poll

// `settings.url`: https://www.facebook.com/PAGE, https://www.instagram.com/NAME,
// https://www.threads.net/@NAME; or the interface's own address, https://HOST/VERSION/NODE, for another host
// of it.
Result<std::unique_ptr<sources::Poll>> new_facebook_poll(const sources::PollSettings& settings);
Result<std::unique_ptr<sources::Poll>> new_instagram_poll(const sources::PollSettings& settings);
Result<std::unique_ptr<sources::Poll>> new_threads_poll(const sources::PollSettings& settings);

}  // namespace muniment::polls
