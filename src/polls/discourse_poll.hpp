// Polling a Discourse forum: all of its newest posts, a category, a tag, or one topic.
//
// The forum's newest posts come 50 a page, newest first, until they are known (at most kDiscoursePages).  A
// category or a tag lists its topics; those with a post since the last poll are read whole, as one topic is:
// the posts of its stream, 20 at a time.  Edits do not always raise a post's version: they are found by
// comparing what it says.
//
// A post that the author deleted stays as a note that says so (user_deleted); one deleted by staff answers
// 404 (or 403 to a login without rights).  Both are asked twice.
#pragma once

#include <cstddef>
#include <memory>

#include "sources/source.hpp"

namespace muniment::polls {

inline constexpr std::size_t kDiscoursePages = 400;
inline constexpr std::size_t kDiscourseMissing = 100;
inline constexpr std::size_t kDiscourseTopics = 200;  // read whole in a poll

// `settings.url`: https://FORUM/, …/c/SLUG/NUMBER, …/tag/NAME, …/t/SLUG/NUMBER.  The credential's parts are
// the name of a user and an API key.
Result<std::unique_ptr<sources::Poll>> new_discourse_poll(const sources::PollSettings& settings);

}  // namespace muniment::polls
