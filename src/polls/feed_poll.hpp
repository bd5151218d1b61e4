// Polling a feed: one conditional question; older pages where the feed names them (RFC 5005), at most
// kFeedPages of them; a web page in place of the feed leads to the feed it names, once.
//
// A feed shows its newest entries only.  That an entry is no longer in it proves nothing, so a feed poll
// never asks after entries and never reports a deletion.
#pragma once

#include <cstddef>
#include <memory>

#include "sources/source.hpp"

namespace muniment::polls {

inline constexpr std::size_t kFeedPages = 50;         // of one poll, the first among them
inline constexpr std::size_t kMostFeedPages = 1'000;  // below one another, in however many polls

// What a poll does not read of older pages (there are more than kFeedPages, or one is not answered), the next
// one goes on with.
//
// cursor: the newest date seen.  With one, older pages are only asked for while most entries of a page are
// newer.  Pages on another host than the feed's are not followed but remarked upon.
std::unique_ptr<sources::Poll> new_feed_poll(const sources::PollSettings& settings);

}  // namespace muniment::polls
