// The RFC 6962 tree: growing it, and the hashes of its parts.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "ledger/store.hpp"
#include "muniment/result.hpp"

namespace muniment::ledger {

inline constexpr std::uint64_t kTileWidth = 256;

// MTH of no leaves.
base::Hash empty_root();
// MTH over leaf hashes or, equally, over roots of neighbouring full subtrees of one height.
base::Hash tree_hash(std::span<const base::Hash> hashes);

// The right edge of a growing tree: the partial tile of each level and the peaks above them.
class Frontier {
 public:
  // An edge from its partial tiles, lowest level first: partial[0] holds size % 256 leaf hashes and so on.
  static Frontier from_partials(Seq size, std::vector<std::vector<base::Hash>> partials);
  Frontier() = default;

  Seq size() const { return size_; }
  base::Hash root() const;
  // Full tiles come out as they fill, lowest level first.
  void add(const base::Hash& leaf, std::vector<Tile>& filled);
  // Hash number `index` of level `level`, when it stands in a partial tile.
  std::optional<base::Hash> partial_hash(std::uint64_t level, std::uint64_t index) const;

 private:
  struct Peak {
    unsigned height;
    base::Hash hash;
  };
  Seq size_ = 0;
  std::vector<Peak> peaks_;                        // highest first
  std::vector<std::vector<base::Hash>> partials_;  // by tile level
};

// Proofs over any source of node hashes.  `node(height, index)` answers the hash of the full subtree of
// 2^height leaves that starts at leaf index·2^height.
class Prover {
 public:
  using Node = std::function<Result<base::Hash>(unsigned height, std::uint64_t index)>;
  explicit Prover(Node node) : node_(std::move(node)) {}

  Result<base::Hash> range(Seq begin, Seq end);                   // MTH of leaves begin..end-1; begin < end
  Result<std::vector<base::Hash>> inclusion(Seq leaf, Seq size);  // RFC 6962 section 2.1.1
  Result<std::vector<base::Hash>> consistency(Seq old_size, Seq size);  // RFC 6962 section 2.1.2

 private:
  Node node_;
};

// RFC 9162 section 2.1.4.2.  The signer's last defence: it must not rely on the store's word.
bool consistent(Seq old_size, const base::Hash& old_root, Seq size, const base::Hash& root,
                std::span<const base::Hash> proof);

}  // namespace muniment::ledger
