// Which items held are asked after again, to notice edits and deletions that no listing shows any more.
//
// Young items change most: the table says how many of each age are asked after in a poll.  Within an age they
// take turns, the one that waited longest first.  The memory is part of a poll's cursor.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "polls/memory_lines.hpp"
#include "sources/source.hpp"

namespace muniment::polls {

struct RecheckRule {
  std::string_view name;            // in the memory: never renamed
  std::chrono::hours younger_than;  // than this, counted from the time posted; the first rule that holds
  std::size_t a_poll;               // so many are asked after
};

inline constexpr RecheckRule kRecheckRules[] = {
    {"day", std::chrono::hours{24}, 25},
    {"week", std::chrono::hours{7 * 24}, 15},
    {"quarter", std::chrono::hours{92 * 24}, 10},
    {"older", std::chrono::hours::max(), 5},
};

class Recheck {
 public:
  // `memory`: what remember() added to it at the end of the last complete poll; empty at first.
  // `now`: RFC 3339; where it is empty every item counts as the oldest.
  Recheck(const MemoryLines& memory, std::string_view now);

  // Of a poll that followed, and left questions: what resume() said.
  void carry_on(const MemoryLines& lines);

  // Items to ask after now, among those that `may` lets through.
  std::vector<const sources::Held*> choose(const std::vector<sources::Held>& held,
                                           const std::function<bool(const sources::Held&)>& may);

  bool has_chosen(std::string_view id) const;

  // "recheck.day ID", "recheck.week ID", …: the last one asked after of each age.
  void remember(MemoryLines& memory) const;
  // The same lines when some of those chosen were not asked after: their turn comes first in the next poll.
  // `was_left`: of an id.
  void resume(const std::function<bool(std::string_view id)>& was_left, MemoryLines& lines) const;

 private:
  struct Turn {
    std::string name;                 // of the line
    std::string before;               // whose turn was last
    std::vector<std::string> chosen;  // in their order
  };
  std::string now_;
  std::vector<Turn> turns_;
  MemoryLines last_;
};

}  // namespace muniment::polls
