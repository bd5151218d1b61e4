// Polling Bluesky: an account, or a search, over app.bsky.* of the public interface, of another AppView, or
// of the account's own server (PDS).
//
// An account: its feed, newest first, 100 a page until a page is wholly known (at most kBlueskyPages), with
// reposts and what its replies answer; the threads below its posts that are new or have another number of
// replies (at most kBlueskyThreads); with a login as that same account also the mentions, replies and quotes
// it was notified of.  A search: its results, newest first, likewise.
//
// ask_after(): held posts that should have come and did not, and those whose turn it is (recheck.hpp), are
// looked up 25 at a time, which shows edits (another cid).  For one that is not found its author's state is
// asked first: an account that is deactivated or suspended hides its posts, which deletes nothing.  Then the
// post itself.
#pragma once

#include <cstddef>
#include <memory>

#include "sources/source.hpp"

namespace muniment::polls {

inline constexpr std::size_t kBlueskyPages = 500;
inline constexpr std::size_t kBlueskyThreads = 100;
inline constexpr std::size_t kBlueskyMissing = 200;  // that are looked up for not having come, in a poll

// `settings.url`: https://bsky.app/profile/NAME, https://bsky.app/search?q=WORDS, or
// https://HOST/xrpc/app.bsky.feed.getAuthorFeed?actor=NAME and …searchPosts?q=WORDS.
// The cursor holds the account's DID, so that it is followed when its handle changes.
Result<std::unique_ptr<sources::Poll>> new_bluesky_poll(const sources::PollSettings& settings);

}  // namespace muniment::polls
