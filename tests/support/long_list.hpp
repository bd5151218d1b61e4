// Platforms of which each holds one list of numbered posts, newest first, a few a page, some with an answer
// below them that stands on a page of its own.  What is asked is counted; the list can grow meanwhile.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sources/source.hpp"
#include "support/scripted_server.hpp"

namespace muniment::test {

struct LongList {
  std::string_view platform;  // as the table of platforms names it
  std::string url;
  // The page of `posts` that an address names, if it is one of the list's; `below`: posts older than this
  // one.
  std::function<Scripted(const std::string& url, int newest)> answer;
  std::function<std::string(int post)> id;
  std::function<std::string(int post)> answer_id;  // below every second post; empty: answers stand nowhere
  std::function<bool(const std::string& url)> is_list;
};

std::vector<LongList> long_lists();

// For names of tests.
inline void PrintTo(const LongList& list, std::ostream* out) {
  *out << list.platform;
}

}  // namespace muniment::test
