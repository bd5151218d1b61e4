// Polling an account or a tag over the Mastodon REST API, without credentials.
//
// mastodon_address.hpp says which addresses are taken.
//
// One poll: look the account up; list newest first, following Link rel="next" on the same server until a page
// is wholly older than the cursor (at least one page, at most kMastodonPages; backfill.hpp); ask for the
// thread of each of the account's statuses that has replies and is new or has another number of them (at most
// kMastodonThreads, optional).  ask_after() asks one by one for held statuses that should have been listed
// and were not (at most kMastodonSingles).  What a limit cuts off is remarked upon.
#pragma once

#include <cstddef>
#include <memory>

#include "muniment/result.hpp"
#include "sources/source.hpp"

namespace muniment::polls {

inline constexpr std::size_t kMastodonPages = 500;
inline constexpr std::size_t kMastodonThreads = 100;
inline constexpr std::size_t kMastodonSingles = 100;
inline constexpr std::size_t kMastodonHistories = 20;

// The cursor's lines: the newest number listed; the newest mention; "number=replies" for the account's
// statuses of the last poll that have replies, likewise quotes and times of edits; and whose turn it is to be
// asked after again. kInvalid: the address names no account and no tag.
Result<std::unique_ptr<sources::Poll>> new_mastodon_poll(const sources::PollSettings& settings);

}  // namespace muniment::polls
