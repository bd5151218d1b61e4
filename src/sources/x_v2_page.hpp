// A page of X's interface, version 2: {"data": [...] or {...}, "includes": {...}, "meta": {...},
// "errors": [...]}, or one post alone as twarc flattens it, with what it refers to inside; likewise the
// events of direct messages, of which those that say something are read.
//
// Each edit of a post has a number of its own; edit_history_tweet_ids, the first one first, ties them.
#pragma once

#include "muniment/result.hpp"
#include "sources/json_page.hpp"
#include "sources/source.hpp"

namespace muniment::sources {

bool is_x_v2_page(Json root);
// An event of a direct message.
bool is_x_v2_message(Json object);

// Posts in page order, those that stand in `includes` because a post of `data` repeats them among them
// (Item::is_beside); what could not be had is a verdict, and a remark.  kInvalid: an error of X's, or a
// page of something else than posts.
Status read_x_v2_page(JsonPage& page, Reading& out);

}  // namespace muniment::sources
