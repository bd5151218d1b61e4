// The questions of one poll: those that wait, in the order in which they are asked, and those that it leaves
// to a later one.
#pragma once

#include <cstddef>
#include <deque>
#include <set>
#include <string>
#include <vector>

#include "sources/source.hpp"

namespace muniment::collect {

class Questions {
 public:
  // Behind those that wait; Ask::at_once before them.
  void add(std::vector<sources::Ask> asks);
  bool empty() const { return waiting_.empty(); }
  std::size_t size() const { return waiting_.size(); }
  bool are_optional() const;  // all that wait
  sources::Ask next();        // which must be there

  // Those that wait are not asked any more.
  void leave();
  // This one was not asked, or was and had to be answered.
  void leave(sources::Ask ask) { left_.push_back(std::move(ask)); }
  // An optional one that failed and may do better: behind those that wait, once.  False: it is not to be.
  bool later(const sources::Ask& ask);
  // An optional one without an answer, which is left only if no other is answered after it.
  void fell_silent_at(const sources::Ask& ask) { unheard_.push_back(ask); }
  void heard() { unheard_.clear(); }

  // For Poll::resume(), at the end.  `is_silent`: it ended because nothing was answered any more.
  std::vector<sources::Ask> left(bool is_silent);

 private:
  std::deque<sources::Ask> waiting_;
  std::vector<sources::Ask> left_, unheard_;
  std::set<std::string, std::less<>> put_off_;  // addresses
};

}  // namespace muniment::collect
