// Polling X over its API v2, with a bearer token: an account's posts and mentions, or a search.
//
// X charges for each post read.  So lists are asked for with since_id, from the newest that is held; a poll
// reads at most kXReads posts, and how many it read stands in the coverage entry.  Lists come newest first,
// 100 a page.
//
// What a poll could not read of a list (its reads were used up, or it was stopped), the next one reads first,
// down from where that ended (until_id), and only then what is newer.
//
// Conversations: below own posts of the last seven days (the search reaches no further back), by
// conversation_id, once each, when the post is new; at most kXConversations, the others wait for the next
// polls.  Answers that come later are captured where they mention the account.
//
// ask_after(): by ids, 100 at a time, for posts whose turn it is (recheck.hpp).  Each edit of a post is a new
// id: what an old one answers names the newest in edit_history_tweet_ids, which is then asked for.  What is
// not found is asked for by itself; "not found" is a deletion, "not authorised" (protected, suspended) is
// unavailable.
#pragma once

#include <cstddef>
#include <memory>

#include "sources/source.hpp"

namespace muniment::polls {

inline constexpr std::size_t kXReads = 2'000;
inline constexpr std::size_t kXListPages = 32;  // X lists an account's newest 3,200 posts
inline constexpr std::size_t kXConversations = 10;
inline constexpr std::size_t kXConversationsWaiting = 500;

// `settings.url`: https://x.com/NAME, https://x.com/hashtag/TAG, https://x.com/search?q=QUERY; or
// https://HOST/2/users/by/username/NAME and https://HOST/2/tweets/search/recent?query=QUERY for another host
// of the same interface.
Result<std::unique_ptr<sources::Poll>> new_x_poll(const sources::PollSettings& settings);

}  // namespace muniment::polls
