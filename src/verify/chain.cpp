#include "verify/chain.hpp"

#include <optional>

#include "base/sha256.hpp"
#include "verify/damage.hpp"
#include "verify/leaf.hpp"
#include "verify/stored_checkpoints.hpp"
#include "verify/stored_tiles.hpp"
#include "verify/tree.hpp"

namespace muniment::verify {
namespace {

constexpr std::string_view kRows = "SELECT seq, time, kind, root, commitment FROM entry ORDER BY seq";

class ChainCheck {
 public:
  ChainCheck(db::Database& database, const std::string& origin, const std::optional<Policy>& policy,
             const std::optional<Checkpoint>& last, Report& report)
      : database_(database),
        writer_(origin),
        tiles_(database, report),
        checkpoints_(database, origin, policy, last, report),
        report_(report) {
    leaves_.reserve(256);
    out_.root = tree_.root();
  }

  Chain run() {
    read_rows();
    settle_roots();
    out_.size = tree_.size();
    if (broken_ > 1)
      report_.remark("after the first entry whose hash of everything before does not match, " +
                     std::to_string(broken_ - 1) +
                     " more do not match either, as one change breaks all that follow");
    tiles_.finish();
    out_.covered = checkpoints_.covered();
    checkpoints_.finish(out_.size);
    return std::move(out_);
  }

 private:
  void read_rows();
  bool check_row(const db::Statement& row);
  void check_meaning(std::uint64_t seq, std::int64_t time, std::string_view kind);
  void check_root(std::uint64_t seq, const base::Hash& stated, const base::Hash& root);
  void add(const base::Hash& leaf);
  void settle_roots();
  void settle_before();

  db::Database& database_;
  LeafWriter writer_;
  TileCheck tiles_;
  CheckpointCheck checkpoints_;
  Report& report_;
  // Roots are computed for two sizes at a time: `before_` is the tree without its last leaf, while the root
  // of neither is known.
  GrowingTree tree_;
  GrowingTree before_;
  bool before_waits_ = false;
  std::optional<base::Hash> stated_;  // by the entry whose predecessors `before_` holds
  std::vector<base::Hash> leaves_;    // of the tile being filled
  std::int64_t last_time_ = 0;
  std::uint64_t broken_ = 0;
  Chain out_;
};

void ChainCheck::read_rows() {
  auto rows = database_.prepare(kRows);
  if (!rows) return report_unreadable(report_, rows.error(), "the entries in ledger.db");
  for (;;) {
    const auto row = rows->step();
    if (!row) return report_unreadable(report_, row.error(), "the entries in ledger.db");
    if (!*row) break;
    if (!check_row(*rows)) return;
  }
  out_.whole = true;
}

// False: the chain cannot be followed any further.
bool ChainCheck::check_row(const db::Statement& row) {
  const std::uint64_t seq = tree_.size();
  if (!row.is_integer(0) || row.integer(0) != static_cast<std::int64_t>(seq)) {
    report_.find("gap", seq, "it is missing; the entries after it cannot be checked");
    return false;
  }
  // Asked before anything is read: reading as text makes text of it.
  const bool typed = row.is_integer(1) && row.is_text(2) && row.is_blob(3) && row.is_blob(4);
  const auto root = base::as_hash(row.blob(3));
  const auto commitment = base::as_hash(row.blob(4));
  const std::int64_t time = row.integer(1);
  const std::string_view kind = row.text(2);
  if (!typed || !root || !commitment || !is_leaf_time(time) || !is_kind(kind)) {
    report_.find("grammar", seq,
                 "it is not stored as an entry must be; the entries after it cannot be checked");
    return false;
  }
  check_meaning(seq, time, kind);
  if (before_waits_)
    stated_ = *root;
  else
    check_root(seq, *root, out_.root);
  add(base::leaf_hash(writer_.write(seq, time, kind, *root, *commitment)));
  return true;
}

void ChainCheck::check_meaning(std::uint64_t seq, std::int64_t time, std::string_view kind) {
  if (seq > 0 && time < last_time_)
    report_.find("time", seq, "its time is earlier than that of the entry before it");
  last_time_ = time;
  if ((kind == "genesis") != (seq == 0))
    report_.find(
        "genesis", seq,
        seq == 0 ? "the first entry is not a genesis entry" : "a genesis entry stands where none may");
  if (kind == "disposal") out_.disposals.push_back(seq);
}

void ChainCheck::check_root(std::uint64_t seq, const base::Hash& stated, const base::Hash& root) {
  if (stated == root || broken_++ > 0) return;
  report_.find("chain", seq == 0 ? 0 : seq - 1,
               "entry " + std::to_string(seq) +
                   " names another hash for everything before it than the stored entries have: " +
                   (seq == 0 ? "it"
                             : "entry " + std::to_string(seq - 1) + ", or what entry " + std::to_string(seq) +
                                   " says of it,") +
                   " was changed after it was sealed");
}

void ChainCheck::add(const base::Hash& leaf) {
  leaves_.push_back(leaf);
  if (before_waits_) {
    tree_.add(leaf);
    const auto roots = GrowingTree::roots(before_, tree_);
    out_.root = roots.a;
    settle_before();
    out_.root = roots.b;
  } else {
    tree_.add(leaf);
    before_ = tree_;
    before_waits_ = true;
  }
  if (leaves_.size() == 256) {
    tiles_.add(leaves_, tree_.tile_root());
    leaves_.clear();
  }
  if (checkpoints_.next() != tree_.size()) return;
  if (before_waits_)
    settle_roots();
  else
    checkpoints_.compare(out_.root);
}

// out_.root is now that of `before_`: what waited for it can be judged.
void ChainCheck::settle_before() {
  before_waits_ = false;
  if (checkpoints_.next() == before_.size()) checkpoints_.compare(out_.root);
  if (stated_) check_root(before_.size(), *stated_, out_.root);
  stated_.reset();
}

void ChainCheck::settle_roots() {
  if (!before_waits_) return;
  out_.root = before_.root();
  settle_before();
}

}  // namespace

Result<std::vector<base::Hash>> roots_at(db::Database& database, const std::string& origin,
                                         const std::vector<std::uint64_t>& sizes) {
  auto rows = database.prepare(kRows);
  if (!rows) return rows.error();
  LeafWriter writer(origin);
  GrowingTree tree;
  std::vector<base::Hash> out;
  for (;;) {
    while (out.size() < sizes.size() && sizes[out.size()] == tree.size()) out.push_back(tree.root());
    if (out.size() == sizes.size()) return out;
    const auto row = rows->step();
    if (!row) return row.error();
    if (!*row || rows->integer(0) != static_cast<std::int64_t>(tree.size())) return out;
    const auto root = base::as_hash(rows->blob(3));
    const auto commitment = base::as_hash(rows->blob(4));
    if (!root || !commitment || !is_leaf_time(rows->integer(1))) return out;
    tree.add(base::leaf_hash(writer.write(tree.size(), rows->integer(1), rows->text(2), *root, *commitment)));
  }
}

Chain check_chain(db::Database& database, const std::string& origin, const std::optional<Policy>& policy,
                  const std::optional<Checkpoint>& last, Report& report) {
  return ChainCheck(database, origin, policy, last, report).run();
}

}  // namespace muniment::verify
