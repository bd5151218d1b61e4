// Notices of X: that a post was deleted, may not be shown, or that something befell an account.
//
//   compliance jobs   {"id", "action": "delete", "created_at", "redacted_at", "reason"}
//   streams, v1.1     {"delete": {"status": {"id_str", "user_id_str"}, "timestamp_ms"}}, status_withheld,
//   scrub_geo,
//                     user_delete, user_protect, user_suspend, user_withheld, and user_un… of each
//   streams, v2       {"data": {"delete": {"tweet": {"id", "author_id"}, "event_at"}}}, withheld,
//   user_delete, …
#pragma once

#include "sources/beginning.hpp"
#include "sources/json_page.hpp"
#include "sources/source.hpp"

namespace muniment::sources {

bool begins_with_x_notice(const Beginning& beginning);

// False: it is no notice.  About a post it is a verdict: deleted, or, where it is only hidden, barred.  About
// an account it is a remark, for it names no post.
bool read_x_notice(Json root, Reading& out);

}  // namespace muniment::sources
