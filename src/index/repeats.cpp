#include "index/repeats.hpp"

#include <utility>

namespace muniment::index {

Result<Repeats> Repeats::open(db::Database& database) {
  auto item = database.prepare("SELECT state, content FROM item WHERE key = ?1");
  if (!item) return item.error();
  return Repeats(*std::move(item));
}

Result<Repeats::Newest*> Repeats::newest(std::int64_t key) {
  const auto [at, added] = here_.try_emplace(key);
  if (!added) return &at->second;
  const auto row = item_.bind(1, key).step();
  if (!row) return row.error();
  if (*row)
    at->second = {static_cast<DocumentState>(item_.integer(0)) <= DocumentState::kSuperseded,
                  static_cast<std::uint64_t>(item_.integer(1))};
  item_.reset();
  return &at->second;
}

// An item that was gone, barred or reported gone in between may come back as it was.
Status Repeats::look_at(const Gathered& gathered) {
  here_.clear();
  for (const auto& event : gathered.events) {
    auto before = newest(event.key);
    if (!before) return before.error();
    switch (event.what) {
      case What::kVersion:
        if ((*before)->present && (*before)->content == event.digests.content && found_.size() < kMost)
          found_.push_back(event.seq);
        **before = {true, event.digests.content};
        break;
      case What::kSeenAgain:
        (*before)->present = (*before)->content != 0;
        break;
      case What::kDeletion:
      case What::kBarred:
      case What::kReported:
        (*before)->present = false;
        break;
    }
  }
  return {};
}

}  // namespace muniment::index
