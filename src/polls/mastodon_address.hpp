// Which account or tag of a Mastodon server an address names, in every form that people copy.
#pragma once

#include <string>
#include <string_view>

#include "muniment/result.hpp"

namespace muniment::polls {

struct MastodonTarget {
  std::string root;    // "https://town.example"
  std::string lookup;  // where an account's number is asked for; empty: it is known, or is not needed
  std::string list;    // the first page of its statuses; empty: its number is to be looked up
  bool is_tag = false;
};

// https://HOST/@NAME (also @NAME@ELSEWHERE), https://HOST/users/NAME, https://HOST/tags/TAG, and the
// addresses under /api/v1 of an account's statuses and a tag's timeline.  kInvalid: it is none of these.
Result<MastodonTarget> mastodon_target(std::string_view url);

}  // namespace muniment::polls
