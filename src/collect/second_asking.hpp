// Items that an answer said are gone, to be asked for once more after a pause: a cache, a restart or a slip
// of the platform should be over by then.
#pragma once

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>
#include <utility>

#include "base/time.hpp"
#include "collect/answer_entries.hpp"

namespace muniment::collect {

// A question, and what was said the first time; nothing at the first asking.
struct Asked {
  sources::Ask ask;
  std::optional<SaidBefore> before;
};

class SecondAsking {
 public:
  void said_gone(sources::Ask ask, SaidBefore before, base::Time now) {
    gone_.push_back({std::move(ask), std::move(before)});
    last_ = now;
  }
  // From now on those that were said to be gone have their turn; what is said gone after this has none.
  void begin() { waiting_ = std::exchange(gone_, {}); }
  bool empty() const { return waiting_.empty(); }
  Asked next() {  // which must be there
    Asked out = std::move(waiting_.front());
    waiting_.pop_front();
    return out;
  }
  // Once: how long until `pause` has gone by since the last of them was said to be gone; at most `pause`, for
  // a clock set back must not stretch it.
  std::chrono::milliseconds left_to_wait(base::Time now, std::chrono::milliseconds pause) {
    if (std::exchange(waited_, true)) return {};
    return std::clamp(std::chrono::milliseconds(last_ + pause - now), std::chrono::milliseconds{}, pause);
  }

 private:
  std::deque<Asked> gone_, waiting_;
  bool waited_ = false;
  base::Time last_{};
};

}  // namespace muniment::collect
