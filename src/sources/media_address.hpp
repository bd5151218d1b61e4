// Where a file that an item names can be asked for.  Most items name it by its address; some by its content.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace muniment::sources {

// An http(s) address; empty when there is none to be asked at.  `source_url`: of the source that brought the
// item; empty for one from a saved file.
//
// Bluesky's at://DID/blob/CID is com.atproto.sync.getBlob, which gives the bytes as they were uploaded: at
// the server that the source names, unless that is Bluesky's view of everybody's posts, or else at
// bsky.social, which leads on to the account's own server.
std::string media_address(std::string_view named, std::string_view source_url);

// False when the name of the file is made from its content, and these are not the bytes of that content.
bool is_file_named(std::string_view named, const base::Hash& sha256);

}  // namespace muniment::sources
