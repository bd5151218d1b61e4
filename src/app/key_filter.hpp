// A Bloom filter over the keys of items: most items of an import are new, and a question that is answered
// "not there" from memory need not be put to the index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace muniment::app {

class KeyFilter {
 public:
  // Room for so many keys at about one false alarm in a hundred.
  explicit KeyFilter(std::size_t keys);

  // Keys are keyed hashes already (index::Keys), so their own bits choose the places.
  void add(std::int64_t key);
  // False: it was never added.
  bool may_hold(std::int64_t key) const;
  // More keys than there was room for: it still never says false wrongly, but hardly ever says it.
  bool is_full() const { return added_ >= room_; }

 private:
  std::vector<std::uint64_t> bits_;
  std::size_t room_;
  std::size_t added_ = 0;
};

}  // namespace muniment::app
