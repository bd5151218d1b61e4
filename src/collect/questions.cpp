#include "collect/questions.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace muniment::collect {

using sources::Ask;

void Questions::add(std::vector<Ask> asks) {
  const auto later =
      std::stable_partition(asks.begin(), asks.end(), [](const Ask& ask) { return ask.at_once; });
  std::move(later, asks.end(), std::back_inserter(waiting_));
  waiting_.insert(waiting_.begin(), std::make_move_iterator(asks.begin()), std::make_move_iterator(later));
}

bool Questions::are_optional() const {
  return std::ranges::all_of(waiting_, &Ask::optional);
}

bool Questions::later(const Ask& ask) {
  if (!ask.optional || !put_off_.insert(ask.url).second) return false;
  waiting_.push_back(ask);
  waiting_.back().at_once = false;
  return true;
}

Ask Questions::next() {
  Ask ask = std::move(waiting_.front());
  waiting_.pop_front();
  return ask;
}

void Questions::leave() {
  std::ranges::move(waiting_, std::back_inserter(left_));
  waiting_.clear();
}

std::vector<Ask> Questions::left(bool is_silent) {
  leave();
  if (is_silent) std::ranges::move(unheard_, std::back_inserter(left_));
  return std::exchange(left_, {});
}

}  // namespace muniment::collect
