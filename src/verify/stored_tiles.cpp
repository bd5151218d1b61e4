#include "verify/stored_tiles.hpp"

#include <span>
#include <string>

#include "verify/damage.hpp"
#include "verify/tree.hpp"

namespace muniment::verify {
namespace {

constexpr std::string_view kRows = "SELECT level, idx, root, hashes FROM tile ORDER BY level, idx";
constexpr std::size_t kWidth = 256;

std::string name_of(std::uint64_t level, std::uint64_t index) {
  return "tile " + std::to_string(index) + " of level " + std::to_string(level);
}

}  // namespace

bool TileCheck::next_row() {
  if (row_ || failed_) return row_;
  if (!rows_) {
    auto statement = database_.prepare(kRows);
    if (!statement) {
      failed_ = true;
      report_unreadable(report_, statement.error(), "the tiles in ledger.db");
      return false;
    }
    rows_ = std::move(*statement);
  }
  const auto row = rows_->step();
  failed_ = !row || !*row;
  if (!row) report_unreadable(report_, row.error(), "the tiles in ledger.db");
  row_ = !failed_;
  return row_;
}

void TileCheck::compare(std::uint64_t level, std::uint64_t index, std::span<const base::Hash> hashes,
                        const base::Hash& root) {
  // Rows before the wanted one belong to no tile of this tree.
  const auto before = [&] {
    const auto l = rows_->integer(0);
    const auto i = rows_->integer(1);
    const auto wanted = static_cast<std::int64_t>(level);
    return l < wanted || (l == wanted && i < static_cast<std::int64_t>(index));
  };
  while (next_row() && before()) {
    report_.find("stray-tile", "a tile is stored that stands for no entries");
    row_ = false;
  }
  if (!row_ || rows_->integer(0) != static_cast<std::int64_t>(level) ||
      rows_->integer(1) != static_cast<std::int64_t>(index))
    return report_.find("missing-tile", name_of(level, index) + " is missing");
  row_ = false;
  const std::string_view stored = rows_->blob(3);
  if (!rows_->is_integer(0) || !rows_->is_integer(1) || !rows_->is_blob(2) || !rows_->is_blob(3) ||
      stored.size() != kWidth * 32)
    return report_.find("tile", name_of(level, index) + " is not 256 hashes");
  if (rows_->blob(2) != base::view(root))
    report_.find("tile", "the tree hash of " + name_of(level, index) + " does not match");
  for (std::size_t i = 0; i < kWidth; ++i) {
    if (stored.substr(i * 32, 32) == base::view(hashes[i])) continue;
    if (level == 0)
      report_.find("tile", index * kWidth + i,
                   "its leaf is not the one whose hash was stored when it was sealed");
    else
      report_.find("tile", "hash " + std::to_string(i) + " of " + name_of(level, index) + " does not match");
  }
}

void TileCheck::add(std::span<const base::Hash> leaves, const base::Hash& root) {
  compare(0, roots_.size(), leaves, root);
  roots_.push_back(root);
}

void TileCheck::finish() {
  for (std::uint64_t level = 1; roots_.size() >= kWidth; ++level) {
    std::vector<base::Hash> above;
    for (std::size_t at = 0; at + kWidth <= roots_.size(); at += kWidth) {
      GrowingTree tree;
      for (std::size_t i = 0; i < kWidth; ++i) tree.add(roots_[at + i]);
      compare(level, above.size(), std::span(roots_).subspan(at, kWidth), tree.root());
      above.push_back(tree.root());
    }
    roots_ = std::move(above);
  }
  while (next_row()) {
    report_.find("stray-tile", "a tile is stored that stands for no entries");
    row_ = false;
  }
}

}  // namespace muniment::verify
