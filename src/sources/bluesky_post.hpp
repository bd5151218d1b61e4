// One post of Bluesky (app.bsky.feed.post), in our terms.
//
// Only the record itself is read, and its author; not what a server makes of it to show it.  So a post is the
// same item whether it comes from a feed, a thread, a notification or a repository.  A picture is named
// at://DID/blob/CID, because its address differs from server to server: com.atproto.sync.getBlob fetches it.
#pragma once

#include <string>
#include <string_view>

#include "records/interaction.hpp"
#include "sources/json_page.hpp"

namespace muniment::sources {

// "at://did:plc:…/app.bsky.feed.post/3k…", taken apart; empty parts when it is no such address.
struct AtUri {
  std::string_view authority;  // the account's DID
  std::string_view collection;
  std::string_view key;
};
AtUri at_uri(std::string_view uri);
bool is_bluesky_post_uri(std::string_view uri);

// A record as it lies in a repository.  `uri` and `cid`: its name, and that of this version.
void read_bluesky_record(Json record, std::string_view uri, std::string_view cid, records::Interaction& out);

// {did, handle, displayName}
records::Account bluesky_account(Json profile);

// {uri, cid, author, record, …Count}: as feeds, threads, searches and notifications show a post.  Without
// `author` the account is the one that the uri names.
bool is_bluesky_view(Json view);
void read_bluesky_view(Json view, records::Interaction& out);

}  // namespace muniment::sources
