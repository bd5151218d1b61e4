// Writing: a batch is appended whole or not at all.
#include "ledger/sqlite_store.hpp"

#include <algorithm>

#include "ledger/media_folder.hpp"
#include "ledger/sqlite_state.hpp"

namespace muniment::ledger {
namespace {

// Reading new leaves one by one beats reading tiles only while there are few.
constexpr Seq kFewLeaves = 4096;

// Bytes of bodies that one statement may hold: SQLite keeps them twice.
constexpr std::size_t kMostTogether = 8U << 20;

}  // namespace

// When the commit that left them failed, rather than being killed, SQLite's log may hold the entries they
// belong to complete but for the sync: a crash would bring those back, to find their secrets gone.  So a
// commit of our own first takes that place in the log, changing nothing but the file's counter of changes.
Status SqliteStore::sweep_orphans() {
  // The lock on the ledger: nobody is between the two commits while it is held.  The lock on the keys: after
  // the ledger's is given up, nobody gets there.
  auto lock = db::Transaction::begin(state_->ledger);
  if (!lock) return lock.error();
  const auto now = head();
  if (!now) return now.error();
  auto keys = db::Transaction::begin(state_->keys);
  if (!keys) return keys.error();
  if (auto swept = state_->sql.sweep_secrets.bind(1, static_cast<std::int64_t>(now->size)).run(); !swept)
    return swept;
  if (state_->keys.changes() == 0) return {};
  const auto same = "PRAGMA user_version = " + std::to_string(kFilesVersion);
  if (auto written = state_->ledger.execute(same); !written) return written;
  if (auto settled = lock->commit(); !settled) return settled;
  return keys->commit();
}

// What an append that failed or was killed between the two commits left behind.
Status SqliteStore::sweep_if_any(Seq from) {
  auto& newest = state_->sql.newest_secret;
  const auto row = newest.step();
  if (!row) return row.error();
  const bool any = *row && static_cast<Seq>(newest.integer(0)) >= from;
  newest.reset();
  return any ? sweep_orphans() : Status{};
}

Result<Head> SqliteStore::head() {
  auto& newest = state_->sql.newest;
  const auto row = newest.step();
  if (!row) return row.error();
  Seq size = 0;
  if (*row) {
    size = static_cast<Seq>(newest.integer(0)) + 1;
    state_->last = base::Time{std::chrono::milliseconds{newest.integer(1)}};
  }
  newest.reset();
  if (auto known = catch_up(size); !known) return known.error();
  return Head{size, state_->frontier.root(), state_->last};
}

// Brings the tree's right edge up to `size`: leaf by leaf when few are new, from tiles when many.
Status SqliteStore::catch_up(Seq size) {
  auto& frontier = state_->frontier;
  if (size < frontier.size() || size - frontier.size() > kFewLeaves) {
    std::vector<std::vector<base::Hash>> partials;
    for (unsigned level = 1; (size >> (8 * level)) > 0; ++level) {
      const Seq end = size >> (8 * level);
      auto roots = tile_roots(level - 1, end / kTileWidth * kTileWidth, end);
      if (!roots) return roots.error();
      partials.resize(level);
      partials[level - 1] = *std::move(roots);
    }
    partials.insert(partials.begin(), std::vector<base::Hash>{});
    auto& leaves = partials.front();
    const auto keep = [&](const Entry& entry, std::string_view) {
      leaves.push_back(leaf_hash(state_->origin, entry));
      return true;
    };
    if (auto read = range(size / kTileWidth * kTileWidth, size, false, keep); !read) return read;
    if (leaves.size() != size % kTileWidth)
      return Error{Code::kCorrupt, "ledger.db has gaps among its entries", "run `muniment verify`"};
    frontier = Frontier::from_partials(size, std::move(partials));
    return {};
  }
  std::vector<Tile> filled;
  return range(frontier.size(), size, false, [&](const Entry& entry, std::string_view) {
    frontier.add(leaf_hash(state_->origin, entry), filled);
    return true;
  });
}

Result<Head> SqliteStore::append(const Head& expected, base::Time now, std::span<const Sealed> batch) {
  state_->end.enter();
  auto after = append_with_files(expected, now, batch);
  state_->end.leave();
  return after;
}

Result<Head> SqliteStore::append_with_files(const Head& expected, base::Time now,
                                            std::span<const Sealed> batch) {
  MediaBatch files(state_->media);
  if (auto written = files.write(batch); !written) {
    files.undo();
    return written.error();
  }
  auto after = append_rows(expected, now, batch);
  // After kIo the entries may be there, and then they need their files.
  if (!after && after.error().code != Code::kIo) files.undo();
  return after;
}

Result<Head> SqliteStore::append_rows(const Head& expected, base::Time now, std::span<const Sealed> batch) {
  if (auto swept = sweep_if_any(expected.size); !swept) return swept.error();
  auto transaction = db::Transaction::begin(state_->ledger);
  if (!transaction) return transaction.error();
  const auto before = head();
  if (!before) return before.error();
  if (!(*before == expected))
    return Error{Code::kConflict, "the ledger has grown since it was read; nothing was written",
                 "read the head again and retry"};
  const Frontier undo = state_->frontier;
  const base::Time undo_last = state_->last;
  auto done = write_secrets(before->size, batch);
  if (done) done = write_entries(now, batch);
  if (done) done = transaction->commit();
  if (!done) {
    state_->frontier = undo;
    state_->last = undo_last;
    return done.error();
  }
  return Head{state_->frontier.size(), state_->frontier.root(), state_->last};
}

// Secrets are on disk before the entries that need them: a crash between the two leaves secrets that
// unseal nothing, which the next append sweeps away.  The other order would lose bodies.  When a secret is
// there already, an append by another process has failed since we swept: kConflict, by the trigger
// secret_is_new, and the next try sweeps.
Status SqliteStore::write_secrets(Seq first, std::span<const Sealed> batch) {
  auto transaction = db::Transaction::begin(state_->keys);
  if (!transaction) return transaction.error();
  const auto bind = [&](db::Statement& row, int at, std::size_t i) {
    row.bind(at, static_cast<std::int64_t>(first + i)).bind_blob(at + 1, base::view(batch[i].secret));
  };
  if (auto kept = state_->sql.secret_rows.rows(state_->keys, batch.size(), bind); !kept) return kept;
  return transaction->commit();
}

Status SqliteStore::write_entries(base::Time now, std::span<const Sealed> batch) {
  auto& frontier = state_->frontier;
  const Seq first = frontier.size();
  std::vector<Entry> entries;
  std::vector<base::Hash> leaves;
  std::vector<Tile> filled;
  entries.reserve(batch.size());
  leaves.reserve(batch.size());
  state_->last = std::max(state_->last, now);  // a clock that went backwards repeats the last time
  for (const Sealed& sealed : batch) {
    entries.push_back({frontier.size(), state_->last, sealed.kind, frontier.root(), sealed.commitment});
    leaves.push_back(leaf_hash(state_->origin, entries.back()));
    frontier.add(leaves.back(), filled);
  }
  const auto bind = [&](db::Statement& row, int at, std::size_t i) {
    const Entry& entry = entries[i];
    row.bind(at, static_cast<std::int64_t>(entry.seq)).bind(at + 1, entry.time.time_since_epoch().count());
    row.bind_text(at + 2, entry.kind).bind_blob(at + 3, base::view(entry.root));
    row.bind_blob(at + 4, base::view(entry.commitment));
  };
  if (auto kept = state_->sql.entry_rows.rows(state_->ledger, entries.size(), bind); !kept) return kept;
  if (auto kept = write_bodies(first, batch); !kept) return kept;
  if (auto kept = write_tiles(filled); !kept) return kept;
  return read_back(first, batch, leaves);
}

Status SqliteStore::write_bodies(Seq first, std::span<const Sealed> batch) {
  while (!batch.empty()) {
    std::size_t count = 0;
    for (std::size_t bytes = 0; count < batch.size() && (bytes += batch[count].body.size()) <= kMostTogether;)
      ++count;
    count = std::max<std::size_t>(count, 1);
    const auto bind = [&](db::Statement& row, int at, std::size_t i) {
      row.bind(at, static_cast<std::int64_t>(first + i)).bind_blob(at + 1, batch[i].body);
    };
    if (auto kept = state_->sql.body_rows.rows(state_->ledger, count, bind); !kept) return kept;
    first += count;
    batch = batch.subspan(count);
  }
  return {};
}

Status SqliteStore::write_tiles(std::span<const Tile> tiles) {
  auto& insert = state_->sql.insert_tile;
  for (const Tile& tile : tiles) {
    insert.bind(1, static_cast<std::int64_t>(tile.level)).bind(2, static_cast<std::int64_t>(tile.index));
    insert.bind_blob(3, base::view(tile.root)).bind_blob(4, tile.hashes);
    if (auto kept = insert.run(); !kept) return kept;
  }
  return {};
}

Status SqliteStore::read_back(Seq first, std::span<const Sealed> batch, std::span<const base::Hash> leaves) {
  std::size_t i = 0;
  bool same = true;
  auto read = range(first, first + batch.size(), true, [&](const Entry& entry, std::string_view sealed) {
    same = entry.seq == first + i && sealed == batch[i].body && leaf_hash(state_->origin, entry) == leaves[i];
    ++i;
    return same;
  });
  if (!read) return read;
  if (!same || i != batch.size())
    return Error{Code::kCorrupt,
                 "what was written to ledger.db did not read back as it was meant; it was undone",
                 "check the disk, then run `muniment verify`"};
  return {};
}

Status SqliteStore::add_checkpoint(Seq size, const std::string& note) {
  return state_->sql.insert_checkpoint.bind(1, static_cast<std::int64_t>(size)).bind_text(2, note).run();
}

void SqliteStore::take_end() {
  state_->end.take();
}
bool SqliteStore::is_end_wanted() const {
  return state_->end.is_wanted();
}
void SqliteStore::give_up_end() {
  state_->end.give_up();
}

void SqliteStore::settle() {
  for (auto* database : {&state_->keys, &state_->ledger})
    (void)database->execute("PRAGMA wal_checkpoint(PASSIVE)").has_value();
}

}  // namespace muniment::ledger
