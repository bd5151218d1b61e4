// Posts whose answers are still to be searched for, by the number of the conversation: a few in each poll,
// the oldest first, as long as X's search reaches them.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace muniment::polls {

class XConversations {
 public:
  // `words`: as words() said; `now`: of this poll.  What is out of reach waits no more, and has lapsed.
  XConversations(std::string_view words, std::optional<base::Time> now);

  bool is_in_reach(std::string_view posted) const;
  std::string lapsed() const;  // a fault; empty: none has

  enum class Turn { kNow, kLater, kKnown, kTooMany };
  // Of a post with answers.  kKnown: its turn has come already in this poll.
  Turn add(const std::string& root, const std::string& posted, bool may_be_asked);
  // Whose turn it is of those that waited for this poll.
  std::vector<std::string> take_turns();
  void was_read(const std::string& root) { waiting_.erase(root); }

  std::string words() const;  // "ID=TIME ID=TIME"

 private:
  std::optional<base::Time> now_;
  std::set<std::string, std::less<>> asked_;
  std::map<std::string, std::string, std::less<>> waiting_;  // when the post was posted
  std::size_t lapsed_ = 0;
};

}  // namespace muniment::polls
