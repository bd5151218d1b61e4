// Polling a YouTube channel over the Data API v3, with an API key: its videos, the comments on them, and the
// answers.
//
// Comments of the whole channel come newest first, 100 a page, until they are known (at most kYouTubePages);
// answers that were not sent along are asked for thread by thread (at most kYouTubeThreads).  Videos come
// from the list of uploads, 50 a page, likewise.
//
// ask_after(): comments by ids, 50 at a time, and videos likewise, for items whose turn it is.  What is
// missing is asked for by itself: a whole answer that holds nothing is how YouTube says that there is none
// (asked twice).  The API key sees published comments only.
#pragma once

#include <cstddef>
#include <memory>

#include "sources/source.hpp"

namespace muniment::polls {

inline constexpr std::size_t kYouTubePages = 200;
inline constexpr std::size_t kYouTubeThreads = 100;
inline constexpr std::size_t kYouTubeMissing = 200;

// `settings.url`: https://www.youtube.com/channel/NUMBER or https://www.youtube.com/@NAME; or
// https://HOST/youtube/v3/channels?id=NUMBER (or ?forHandle=NAME) for another host of the same interface.
Result<std::unique_ptr<sources::Poll>> new_youtube_poll(const sources::PollSettings& settings);

}  // namespace muniment::polls
