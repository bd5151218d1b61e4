// The Merkle tree of RFC 6962, from its text; proofs as RFC 9162 sections 2.1.3.2 and 2.1.4.2 verify them.
// `ledger` has its own; the repetition is on purpose.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.hpp"
#include "base/sha256_many.hpp"

namespace muniment::verify {

// Grows a tree leaf by leaf and keeps only its full subtrees' roots, largest first: one for each
// bit set in the size.
class GrowingTree {
 public:
  void add(const base::Hash& leaf);
  std::uint64_t size() const { return size_; }
  base::Hash root() const;  // of the empty tree: the hash of nothing
  // The roots of two trees at the price of one and a half; neither may be empty.
  static base::TwoNodes roots(const GrowingTree& a, const GrowingTree& b);
  // Tree hash of the last 256 leaves.  Precondition: size() is a multiple of 256 and not 0.
  const base::Hash& tile_root() const { return tile_root_; }

 private:
  std::uint64_t size_ = 0;
  std::vector<base::Hash> subtrees_;
  base::Hash tile_root_{};
};

base::Hash empty_root();

// Is `leaf` number `index` of the tree of `size` leaves with this root?
bool includes(const base::Hash& leaf, std::uint64_t index, std::uint64_t size, const base::Hash& root,
              std::span<const base::Hash> proof);

// Is the tree of `size` leaves an extension of the tree of `old_size` leaves?  Equal sizes need equal
// roots and no proof; an old size of 0 proves nothing and is answered false unless both are 0.
bool is_consistent(std::uint64_t old_size, const base::Hash& old_root, std::uint64_t size,
                   const base::Hash& root, std::span<const base::Hash> proof);

}  // namespace muniment::verify
