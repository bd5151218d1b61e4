// Which account, tag or search of X an address names.
#pragma once

#include <string>
#include <string_view>

#include "muniment/result.hpp"

namespace muniment::polls {

struct XTarget {
  std::string root;   // that is asked
  std::string name;   // of an account; empty: a search
  std::string query;  // of a search
};

// https://x.com/NAME, /hashtag/TAG, /search?q=QUERY, and the same as questions to any server.  kInvalid: it
// is none of these.
Result<XTarget> x_target(std::string_view url);

}  // namespace muniment::polls
