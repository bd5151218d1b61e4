// Reading entries, secrets, tiles and checkpoints.
#include "ledger/media_folder.hpp"
#include "ledger/sqlite_state.hpp"

namespace muniment::ledger {

Status SqliteStore::range(Seq first, Seq end, bool bodies, const Visit& visit) {
  auto& rows = bodies ? state_->sql.entries_and_bodies : state_->sql.entries;
  rows.bind(1, static_cast<std::int64_t>(first)).bind(2, static_cast<std::int64_t>(end));
  Entry entry;
  for (;;) {
    const auto row = rows.step();
    if (!row) return row.error();
    if (!*row) break;
    entry.seq = static_cast<Seq>(rows.integer(0));
    entry.time = base::Time{std::chrono::milliseconds{rows.integer(1)}};
    entry.kind = rows.text(2);
    const auto root = base::as_hash(rows.blob(3));
    const auto commitment = base::as_hash(rows.blob(4));
    if (!root || !commitment) {
      rows.reset();
      return Error{Code::kCorrupt, "entry " + std::to_string(entry.seq) + " has a hash of the wrong length",
                   "run `muniment verify`"};
    }
    entry.root = *root;
    entry.commitment = *commitment;
    if (!visit(entry, bodies ? rows.blob(5) : std::string_view{})) break;
  }
  rows.reset();
  return {};
}

Result<base::Secret> SqliteStore::secret(Seq seq) {
  auto& row = state_->sql.one_secret;
  const auto found = row.bind(1, static_cast<std::int64_t>(seq)).step();
  if (!found) return found.error();
  const auto secret = *found ? base::as_hash(row.blob(0)) : std::nullopt;
  row.reset();
  if (!secret)
    return Error{Code::kNotFound, "entry " + std::to_string(seq) + " has no secret: its content is gone"};
  return *secret;
}

Status SqliteStore::secrets(Seq first, Seq end, const std::function<void(Seq, const base::Secret&)>& visit) {
  auto& rows = state_->sql.secrets;
  rows.bind(1, static_cast<std::int64_t>(first)).bind(2, static_cast<std::int64_t>(end));
  for (;;) {
    const auto row = rows.step();
    if (!row) return row.error();
    if (!*row) break;
    if (const auto secret = base::as_hash(rows.blob(1))) visit(static_cast<Seq>(rows.integer(0)), *secret);
  }
  rows.reset();
  return {};
}

Result<std::string> SqliteStore::file(const std::string& name) {
  return read_media(state_->media, name);
}

Result<std::string> SqliteStore::tile(std::uint64_t level, std::uint64_t index) {
  auto& row = state_->sql.one_tile;
  const auto found =
      row.bind(1, static_cast<std::int64_t>(level)).bind(2, static_cast<std::int64_t>(index)).step();
  if (!found) return found.error();
  std::string hashes(*found ? row.blob(0) : std::string_view{});
  row.reset();
  if (hashes.size() != kTileWidth * 32) return Error{Code::kNotFound, "there is no such tile"};
  return hashes;
}

Result<std::vector<base::Hash>> SqliteStore::tile_roots(std::uint64_t level, std::uint64_t first,
                                                        std::uint64_t end) {
  auto& rows = state_->sql.tile_roots;
  rows.bind(1, static_cast<std::int64_t>(level));
  rows.bind(2, static_cast<std::int64_t>(first)).bind(3, static_cast<std::int64_t>(end));
  std::vector<base::Hash> roots;
  for (;;) {
    const auto row = rows.step();
    if (!row) return row.error();
    if (!*row) break;
    if (const auto root = base::as_hash(rows.blob(0))) roots.push_back(*root);
  }
  rows.reset();
  if (roots.size() != end - first)
    return Error{Code::kCorrupt, "ledger.db lacks tiles that its entries fill", "run `muniment verify`"};
  return roots;
}

Result<std::string> SqliteStore::checkpoint(Seq at_least) {
  auto& row = state_->sql.checkpoint;
  const auto found = row.bind(1, static_cast<std::int64_t>(at_least)).step();
  if (!found) return found.error();
  std::string note(*found ? row.text(0) : std::string_view{});
  row.reset();
  if (note.empty()) return Error{Code::kNotFound, "no signed checkpoint covers this yet"};
  return note;
}

Result<std::string> SqliteStore::newest_checkpoint() {
  auto& row = state_->sql.newest_checkpoint;
  const auto found = row.step();
  if (!found) return found.error();
  std::string note(*found ? row.text(0) : std::string_view{});
  row.reset();
  if (note.empty()) return Error{Code::kNotFound, "no checkpoint has been signed yet"};
  return note;
}

}  // namespace muniment::ledger
