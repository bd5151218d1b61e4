#include "verify/tree.hpp"

#include <bit>

#include "base/sha256.hpp"

namespace muniment::verify {

using base::Hash;
using base::node_hash;

Hash empty_root() {
  return base::sha256({});
}

void GrowingTree::add(const Hash& leaf) {
  Hash node = leaf;
  // Every set bit at the low end of the size is a full subtree that the new leaf completes.
  int height = 0;
  for (std::uint64_t bits = size_; (bits & 1) != 0; bits >>= 1) {
    node = node_hash(subtrees_.back(), node);
    subtrees_.pop_back();
    if (++height == 8) tile_root_ = node;
  }
  subtrees_.push_back(node);
  ++size_;
}

Hash GrowingTree::root() const {
  if (subtrees_.empty()) return empty_root();
  Hash node = subtrees_.back();
  for (std::size_t i = subtrees_.size() - 1; i-- > 0;) node = node_hash(subtrees_[i], node);
  return node;
}

base::TwoNodes GrowingTree::roots(const GrowingTree& a, const GrowingTree& b) {
  base::TwoNodes nodes{a.subtrees_.back(), b.subtrees_.back()};
  std::size_t i = a.subtrees_.size() - 1;
  std::size_t j = b.subtrees_.size() - 1;
  for (; i > 0 && j > 0; --i, --j)
    nodes = base::two_node_hashes(a.subtrees_[i - 1], nodes.a, b.subtrees_[j - 1], nodes.b);
  for (; i > 0; --i) nodes.a = node_hash(a.subtrees_[i - 1], nodes.a);
  for (; j > 0; --j) nodes.b = node_hash(b.subtrees_[j - 1], nodes.b);
  return nodes;
}

bool includes(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Hash& root,
              std::span<const Hash> proof) {
  if (index >= size) return false;
  std::uint64_t fn = index;
  std::uint64_t sn = size - 1;
  Hash node = leaf;
  for (const Hash& step : proof) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      node = node_hash(step, node);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      node = node_hash(node, step);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && node == root;
}

bool is_consistent(std::uint64_t old_size, const Hash& old_root, std::uint64_t size, const Hash& root,
                   std::span<const Hash> proof) {
  if (old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  if (old_size == 0 || proof.empty()) return false;
  // A whole power of two is its own first node and is not repeated in the proof.
  const bool whole = std::has_single_bit(old_size);
  std::uint64_t fn = old_size - 1;
  std::uint64_t sn = size - 1;
  while ((fn & 1) != 0) {
    fn >>= 1;
    sn >>= 1;
  }
  Hash old_node = whole ? old_root : proof[0];
  Hash node = old_node;
  for (const Hash& step : proof.subspan(whole ? 0 : 1)) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      old_node = node_hash(step, old_node);
      node = node_hash(step, node);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      node = node_hash(node, step);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && old_node == old_root && node == root;
}

}  // namespace muniment::verify
