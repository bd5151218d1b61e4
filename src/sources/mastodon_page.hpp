// Pages of the Mastodon REST API, and of servers that speak it.
//
// Read are: a list of statuses, one status, a thread ({"ancestors", "descendants"}), a search result or
// grouped notifications ({"statuses"}), notifications and conversations (the statuses inside).
// A boost is an item of its own, type "repost", that carries the text it repeats.  The options of a
// poll are part of the text.
#pragma once

#include <string>
#include <string_view>

#include "muniment/result.hpp"
#include "sources/json_page.hpp"
#include "sources/source.hpp"

namespace muniment::sources {

// `origin`: an address on the server that sent the page; when empty the server is found from the
// accounts that the page names without a host, and stays unknown if there is none.
// kInvalid: not JSON, an error of the server's, or JSON without a place for statuses.  A status that
// nothing identifies is left out and remarked upon.
Result<Reading> read_mastodon(std::string_view bytes, std::string_view origin);

// The same from a page already parsed.
Result<Reading> read_mastodon(JsonPage& page, std::string_view origin);

// A status's history (…/history): every version but the newest, which is the status itself.
// kInvalid: the page is no list.
Result<Reading> read_mastodon_history(JsonPage& page, std::string_view id, std::string_view origin);

}  // namespace muniment::sources
