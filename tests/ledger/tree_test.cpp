#include "ledger/tree.hpp"

#include <gtest/gtest.h>

#include "base/sha256.hpp"

namespace muniment::ledger {
namespace {

std::vector<base::Hash> leaves(std::size_t count) {
  std::vector<base::Hash> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(base::leaf_hash("leaf " + std::to_string(i)));
  return out;
}

Prover prover_over(const std::vector<base::Hash>& hashes) {
  return Prover([&hashes](unsigned height, std::uint64_t index) -> Result<base::Hash> {
    const std::size_t width = std::size_t{1} << height;
    return tree_hash(std::span(hashes).subspan(index * width, width));
  });
}

// RFC 9162 section 2.1.3.2, written out for the test.
bool included(const base::Hash& leaf, Seq index, Seq size, std::span<const base::Hash> proof,
              const base::Hash& root) {
  Seq fn = index;
  Seq sn = size - 1;
  base::Hash hash = leaf;
  for (const auto& step : proof) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      hash = base::node_hash(step, hash);
      for (; (fn & 1) == 0 && fn != 0; fn >>= 1) sn >>= 1;
    } else {
      hash = base::node_hash(hash, step);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && hash == root;
}

TEST(Frontier, HasTheRootOfTheWholeTreeAtEverySize) {
  const auto all = leaves(700);
  Frontier frontier;
  std::vector<Tile> tiles;
  EXPECT_EQ(frontier.root(), empty_root());
  for (std::size_t n = 0; n < all.size(); ++n) {
    frontier.add(all[n], tiles);
    ASSERT_EQ(frontier.root(), tree_hash(std::span(all).first(n + 1))) << n;
  }
  ASSERT_EQ(tiles.size(), 2U);
  EXPECT_EQ(tiles[1].index, 1U);
  EXPECT_EQ(tiles[1].root, tree_hash(std::span(all).subspan(256, 256)));
}

TEST(Frontier, RisesAgainFromItsPartialTiles) {
  const std::size_t count = 256 * 256 + 300;
  const auto all = leaves(count);
  Frontier whole;
  std::vector<Tile> tiles;
  for (const auto& leaf : all) whole.add(leaf, tiles);
  std::vector<std::vector<base::Hash>> partials(3);
  partials[0].assign(all.end() - 44, all.end());
  for (const auto& tile : tiles)
    if (tile.level == 0 && tile.index >= 256) partials[1].push_back(tile.root);
  for (const auto& tile : tiles)
    if (tile.level == 1) partials[2].push_back(tile.root);
  const Frontier again = Frontier::from_partials(count, partials);
  EXPECT_EQ(again.root(), whole.root());
}

TEST(Prover, EveryLeafOfEverySmallTreeIsProvablyInIt) {
  const auto all = leaves(40);
  for (Seq size = 1; size <= all.size(); ++size) {
    const auto root = tree_hash(std::span(all).first(size));
    for (Seq leaf = 0; leaf < size; ++leaf) {
      const auto proof = prover_over(all).inclusion(leaf, size);
      ASSERT_TRUE(proof);
      ASSERT_TRUE(included(all[leaf], leaf, size, *proof, root)) << leaf << " in " << size;
      ASSERT_FALSE(included(all[(leaf + 1) % 40], leaf, size, *proof, root));
    }
  }
}

TEST(Prover, EverySmallTreeProvablyContinuesEverySmallerOne) {
  const auto all = leaves(40);
  for (Seq size = 1; size <= all.size(); ++size) {
    const auto root = tree_hash(std::span(all).first(size));
    for (Seq old_size = 0; old_size <= size; ++old_size) {
      const auto old_root = tree_hash(std::span(all).first(old_size));
      const auto proof = prover_over(all).consistency(old_size, size);
      ASSERT_TRUE(proof);
      ASSERT_TRUE(consistent(old_size, old_root, size, root, *proof)) << old_size << " to " << size;
      ASSERT_FALSE(consistent(old_size, base::sha256("other"), size, root, *proof));
      if (old_size > 0 && old_size < size)
        ASSERT_FALSE(consistent(old_size, old_root, size, base::sha256("other"), *proof));
    }
  }
}

}  // namespace
}  // namespace muniment::ledger
