// Polling the outbox of an account of the fediverse over ActivityPub, for servers that speak nothing else:
// the account, its outbox, and the pages of that, newest first, until they are known (at most
// kActivityPubPages).
//
// Public posts only; what others answered is not in an outbox.  ask_after(): held objects that should have
// come or whose turn it is, by their own address, on the account's server only: 404, 410 or a Tombstone is a
// deletion.
#pragma once

#include <cstddef>
#include <memory>

#include "sources/source.hpp"

namespace muniment::polls {

inline constexpr std::size_t kActivityPubPages = 500;
inline constexpr std::size_t kActivityPubMissing = 100;

// `settings.url`: the address of the account (its id, or a page that answers with it), or of its outbox.
Result<std::unique_ptr<sources::Poll>> new_activitypub_poll(const sources::PollSettings& settings);

}  // namespace muniment::polls
