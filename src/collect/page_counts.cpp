#include "collect/page_counts.hpp"

namespace muniment::collect {

void PageCounts::add(Finding finding) {
  ++read;
  fresh += finding == Finding::kFresh ? 1U : 0U;
  changed += finding == Finding::kChanged ? 1U : 0U;
  moved += finding == Finding::kMoved ? 1U : 0U;
  unchanged += finding == Finding::kUnchanged ? 1U : 0U;
}

PageCounts& PageCounts::operator+=(const PageCounts& other) {
  read += other.read;
  fresh += other.fresh;
  former += other.former;
  changed += other.changed;
  moved += other.moved;
  unchanged += other.unchanged;
  return *this;
}

}  // namespace muniment::collect
