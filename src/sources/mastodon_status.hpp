// One status of the Mastodon REST API, in our terms.
#pragma once

#include <string>
#include <string_view>

#include "records/interaction.hpp"
#include "sources/json_page.hpp"

namespace muniment::sources {

// The fields of a status that are read, found in one pass over it.
struct MastodonStatus {
  Json account, content, created_at, edited_at, favourites_count, id, in_reply_to_id, language,
      media_attachments, mentions, poll, quote, quote_id, quotes_count, reblog, reblogs_count, replies_count,
      spoiler_text, tags, uri, url, visibility;
};

MastodonStatus mastodon_status(Json object);

// Other objects have some of the fields too; a status says who and what, and has a name.
bool is_mastodon_status(const MastodonStatus& status);

// `server`: host of the server that sent it, or empty.  Empty: nothing identifies the status.
std::string mastodon_id(const MastodonStatus& status, std::string_view server);

// What a status said before it was edited, from its history: `version` has no name of its own, so that it is
// named after the status and its own time.  `first`: the oldest version, which says when it was posted.
void read_mastodon_version(Json version, Json first, std::string_view id, std::string_view server,
                           records::Interaction& out);

// Everything but id.
void read_mastodon_status(const MastodonStatus& status, std::string_view server, records::Interaction& out);

}  // namespace muniment::sources
