#include "ledger/tree.hpp"

#include <bit>

#include "base/check.hpp"
#include "base/sha256.hpp"

namespace muniment::ledger {
namespace {

// The largest power of two smaller than n; n > 1.
Seq split(Seq n) {
  return std::bit_floor(n - 1);
}

}  // namespace

base::Hash empty_root() {
  return base::sha256({});
}

base::Hash tree_hash(std::span<const base::Hash> hashes) {
  if (hashes.empty()) return empty_root();
  if (hashes.size() == 1) return hashes.front();
  const auto left = static_cast<std::size_t>(split(hashes.size()));
  return base::node_hash(tree_hash(hashes.first(left)), tree_hash(hashes.subspan(left)));
}

Frontier Frontier::from_partials(Seq size, std::vector<std::vector<base::Hash>> partials) {
  Frontier frontier;
  frontier.size_ = size;
  frontier.partials_ = std::move(partials);
  for (std::size_t level = frontier.partials_.size(); level-- > 0;) {
    const std::span<const base::Hash> row(frontier.partials_[level]);
    MUNIMENT_CHECK(row.size() == (size >> (8 * level)) % kTileWidth,
                   "a partial tile is as long as the size says");
    std::size_t at = 0;
    for (unsigned bit = 8; bit-- > 0;) {
      const std::size_t width = std::size_t{1} << bit;
      if ((row.size() & width) == 0) continue;
      frontier.peaks_.push_back({static_cast<unsigned>(8 * level) + bit, tree_hash(row.subspan(at, width))});
      at += width;
    }
  }
  return frontier;
}

base::Hash Frontier::root() const {
  if (peaks_.empty()) return empty_root();
  base::Hash hash = peaks_.back().hash;
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) hash = base::node_hash(peaks_[i].hash, hash);
  return hash;
}

void Frontier::add(const base::Hash& leaf, std::vector<Tile>& filled) {
  Peak node{0, leaf};
  const auto keep = [&](const Peak& peak) {
    const std::size_t level = peak.height / 8;
    if (partials_.size() <= level) partials_.resize(level + 1);
    partials_[level].push_back(peak.hash);
  };
  keep(node);
  ++size_;
  while (!peaks_.empty() && peaks_.back().height == node.height) {
    node = {node.height + 1, base::node_hash(peaks_.back().hash, node.hash)};
    peaks_.pop_back();
    if (node.height % 8 != 0) continue;
    auto& full = partials_[node.height / 8 - 1];
    Tile tile{node.height / 8 - 1, (size_ >> node.height) - 1, node.hash, {}};
    tile.hashes.reserve(kTileWidth * 32);
    for (const auto& hash : full) tile.hashes += base::view(hash);
    full.clear();
    filled.push_back(std::move(tile));
    keep(node);
  }
  peaks_.push_back(node);
}

std::optional<base::Hash> Frontier::partial_hash(std::uint64_t level, std::uint64_t index) const {
  if (level >= partials_.size()) return std::nullopt;
  const std::uint64_t first = (size_ >> (8 * level)) / kTileWidth * kTileWidth;
  if (index < first || index - first >= partials_[level].size()) return std::nullopt;
  return partials_[level][index - first];
}

Result<base::Hash> Prover::range(Seq begin, Seq end) {
  const Seq count = end - begin;
  if (std::has_single_bit(count) && begin % count == 0)
    return node_(static_cast<unsigned>(std::countr_zero(count)), begin / count);
  const Seq left = split(count);
  auto a = range(begin, begin + left);
  if (!a) return a;
  auto b = range(begin + left, end);
  if (!b) return b;
  return base::node_hash(*a, *b);
}

Result<std::vector<base::Hash>> Prover::inclusion(Seq leaf, Seq size) {
  std::vector<base::Hash> path;  // from the root down; turned round at the end
  Seq begin = 0;
  Seq end = size;
  while (end - begin > 1) {
    const Seq middle = begin + split(end - begin);
    const bool left = leaf < middle;
    auto sibling = left ? range(middle, end) : range(begin, middle);
    if (!sibling) return sibling.error();
    path.push_back(*sibling);
    (left ? end : begin) = middle;
  }
  return std::vector<base::Hash>(path.rbegin(), path.rend());
}

Result<std::vector<base::Hash>> Prover::consistency(Seq old_size, Seq size) {
  std::vector<base::Hash> path;
  if (old_size == 0 || old_size == size) return path;
  Seq begin = 0;
  Seq end = size;
  bool old_is_whole = true;  // RFC 6962's flag b: the verifier knows the old root already
  while (old_size != end) {
    const Seq middle = begin + split(end - begin);
    const bool left = old_size <= middle;
    auto sibling = left ? range(middle, end) : range(begin, middle);
    if (!sibling) return sibling.error();
    path.push_back(*sibling);
    if (!left) old_is_whole = false;
    (left ? end : begin) = middle;
  }
  if (!old_is_whole) {
    auto rest = range(begin, end);
    if (!rest) return rest.error();
    path.push_back(*rest);
  }
  return std::vector<base::Hash>(path.rbegin(), path.rend());
}

bool consistent(Seq old_size, const base::Hash& old_root, Seq size, const base::Hash& root,
                std::span<const base::Hash> proof) {
  if (old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  if (old_size == 0) return proof.empty() && old_root == empty_root();
  std::vector<base::Hash> path;
  if (std::has_single_bit(old_size)) path.push_back(old_root);
  path.insert(path.end(), proof.begin(), proof.end());
  if (path.empty()) return false;
  Seq fn = old_size - 1;
  Seq sn = size - 1;
  for (; (fn & 1) != 0; fn >>= 1) sn >>= 1;
  base::Hash old_hash = path.front();
  base::Hash new_hash = path.front();
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      old_hash = base::node_hash(path[i], old_hash);
      new_hash = base::node_hash(path[i], new_hash);
      for (; (fn & 1) == 0 && fn != 0; fn >>= 1) sn >>= 1;
    } else {
      new_hash = base::node_hash(new_hash, path[i]);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && old_hash == old_root && new_hash == root;
}

}  // namespace muniment::ledger
