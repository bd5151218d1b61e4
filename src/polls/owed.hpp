// Questions that a poll can do without and that were not answered (what stands below a post, what it said
// before): later polls ask them again, a few at a time, so that what they would have shown is not lost for
// one bad hour.  After kOwedPolls polls in vain they are given up, and that is said.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "polls/memory_lines.hpp"
#include "sources/source.hpp"

namespace muniment::polls {

inline constexpr std::size_t kOwedPolls = 5;   // in which a question is asked again
inline constexpr std::size_t kMostOwed = 500;  // of a source
inline constexpr std::size_t kOwedAPoll = 100;
inline constexpr std::size_t kLongestOwed = 2'000;  // bytes of an address; a longer one is not kept

class Owed {
 public:
  struct Question {
    std::size_t polls = 0;  // in which it was not answered
    std::string step, about, url;
    bool is_new = false;  // owed since this poll
  };

  // `memory`: as write() left it at the end of the last complete poll; `carried`: of an unfinished poll
  // since, which counts where it says anything.
  Owed(const MemoryLines& memory, const MemoryLines& carried);

  // Of earlier polls, to be asked in this one; each once, and without those that `is_asked` (of an address)
  // knows.
  std::vector<Question> take(const std::function<bool(std::string_view url)>& is_asked);
  void answered(std::string_view url);
  // Its turn came and it was not answered.
  sources::Later failed(const sources::Ask& ask);
  // Its turn did not come.  False: there are too many, or its address is too long.
  bool add(const sources::Ask& ask);

  // "owed.000 POLLS STEP ABOUT ADDRESS", …  `says_none`: "owed -" where there are none any more, for an older
  // memory that has some still counts otherwise.
  void write(MemoryLines& lines, bool says_none) const;

 private:
  std::vector<Question>::iterator find(std::string_view url);

  std::vector<Question> questions_;
  bool had_some_ = false;
};

}  // namespace muniment::polls
