#include "ledger/sqlite_store.hpp"

#include <algorithm>

#include "ledger/media_folder.hpp"
#include "ledger/sqlite_statements.hpp"
#include "ledger/tree.hpp"
#include "schema/schema.hpp"

namespace muniment::ledger {
namespace {

constexpr std::int64_t kLedgerApplication = 0x4D554E4C;
constexpr std::int64_t kKeysApplication = 0x4D554E4B;
constexpr std::int64_t kVersion = 1;

// Reading new leaves one by one beats reading tiles only while there are few.
constexpr Seq kFewLeaves = 4096;

const char kPragmas[] =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000;"
    "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON;";

Status make_file(const std::filesystem::path& path, const std::string& vfs, std::string_view schema) {
  auto database = db::Database::open(path, db::Open::kCreate, 10'000, vfs);
  if (!database) return database.error();
  if (auto made = database->execute("PRAGMA page_size = 8192;" + std::string(kPragmas)); !made) return made;
  if (auto made = database->execute("BEGIN;" + std::string(schema) + "COMMIT;"); !made) return made;
  return {};
}

Status check_identity(db::Database& database, const std::filesystem::path& path, std::int64_t application) {
  const auto id = database.integer("PRAGMA application_id");
  if (!id) return id.error();
  const auto version = database.integer("PRAGMA user_version");
  if (!version) return version.error();
  if (*id == 0 && *version == 0) {
    const auto tables = database.integer("SELECT count(*) FROM sqlite_schema");
    if (tables && *tables == 0)
      return Error{Code::kCorrupt, path.string() + " is empty; it was left as it is",
                   "do not write to this archive; put the file back from a backup"};
  }
  if (*id != application)
    return Error{Code::kInvalid,
                 path.string() + " is a database, but not one of an archive; it was left as it is",
                 "name the archive's folder with -A, or set MUNIMENT_ARCHIVE"};
  if (*version > kVersion)
    return Error{Code::kInvalid, path.string() + " was made by a later version of muniment",
                 "use that version"};
  return {};
}

Result<db::Database> open_file(const std::filesystem::path& path, const SqliteFiles& files, bool writable,
                               std::int64_t application) {
  auto database =
      db::Database::open(path, writable ? db::Open::kWrite : db::Open::kRead, files.busy_ms, files.vfs);
  if (!database) return database.error();
  if (auto ours = check_identity(*database, path, application); !ours) return ours.error();
  const char* pragmas = writable ? kPragmas : "PRAGMA temp_store = MEMORY;";
  if (auto set = database->execute(std::string(pragmas)); !set) return set.error();
  return database;
}

}  // namespace

struct SqliteStore::State {
  std::string origin;
  std::filesystem::path media;
  db::Database ledger;
  db::Database keys;
  Statements sql;
  Frontier frontier = {};
  base::Time last = {};
};

SqliteStore::SqliteStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
SqliteStore::~SqliteStore() = default;
const std::string& SqliteStore::origin() const {
  return state_->origin;
}

Status SqliteStore::create(const SqliteFiles& files, const std::string& origin) {
  if (auto made = make_file(files.ledger, files.vfs, schema::ledger_sql); !made) return made;
  if (auto made = make_file(files.keys, files.vfs, schema::keys_sql); !made) return made;
  auto ledger = db::Database::open(files.ledger, db::Open::kWrite, files.busy_ms, files.vfs);
  if (!ledger) return ledger.error();
  auto insert = ledger->prepare("INSERT INTO archive(id, origin, schema) VALUES (1, ?, ?)");
  if (!insert) return insert.error();
  return insert->bind_text(1, origin).bind_text(2, schema::ledger_sql_sha256).run();
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const SqliteFiles& files, bool writable) {
  auto ledger = open_file(files.ledger, files, writable, kLedgerApplication);
  if (!ledger) return ledger.error();
  auto keys = open_file(files.keys, files, writable, kKeysApplication);
  if (!keys) return wrap(keys.error(), "the archive's secrets");
  if (writable) {
    if (auto set = keys->execute("PRAGMA secure_delete = ON"); !set) return set.error();
    const auto secure = keys->integer("PRAGMA secure_delete");
    if (!secure || *secure != 1)
      return Error{Code::kInternal, "keys.db does not erase what is deleted from it"};
  }
  auto origin = ledger->text("SELECT origin FROM archive");
  if (!origin) return wrap(origin.error(), "the archive's origin");
  auto statements = Statements::prepare(*ledger, *keys, writable);
  if (!statements) return statements.error();
  auto state = std::make_unique<State>(
      State{*std::move(origin), files.media, *std::move(ledger), *std::move(keys), *std::move(statements)});
  std::unique_ptr<SqliteStore> store(new SqliteStore(std::move(state)));
  const auto head = store->head();
  if (!head) return head.error();
  return store;
}

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
  const auto same = "PRAGMA user_version = " + std::to_string(kVersion);
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
  auto& insert = state_->sql.insert_secret;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    insert.bind(1, static_cast<std::int64_t>(first + i)).bind_blob(2, base::view(batch[i].secret));
    if (auto kept = insert.run(); !kept) return kept;
  }
  return transaction->commit();
}

Status SqliteStore::write_entries(base::Time now, std::span<const Sealed> batch) {
  auto& frontier = state_->frontier;
  auto& sql = state_->sql;
  const Seq first = frontier.size();
  std::vector<base::Hash> leaves;
  std::vector<Tile> filled;
  leaves.reserve(batch.size());
  state_->last = std::max(state_->last, now);  // a clock that went backwards repeats the last time
  for (const Sealed& sealed : batch) {
    const Entry entry{frontier.size(), state_->last, sealed.kind, frontier.root(), sealed.commitment};
    const auto seq = static_cast<std::int64_t>(entry.seq);
    sql.insert_entry.bind(1, seq).bind(2, entry.time.time_since_epoch().count()).bind_text(3, entry.kind);
    sql.insert_entry.bind_blob(4, base::view(entry.root)).bind_blob(5, base::view(entry.commitment));
    if (auto kept = sql.insert_entry.run(); !kept) return kept;
    if (auto kept = sql.insert_body.bind(1, seq).bind_blob(2, sealed.body).run(); !kept) return kept;
    leaves.push_back(leaf_hash(state_->origin, entry));
    frontier.add(leaves.back(), filled);
  }
  for (const Tile& tile : filled) {
    sql.insert_tile.bind(1, static_cast<std::int64_t>(tile.level))
        .bind(2, static_cast<std::int64_t>(tile.index));
    sql.insert_tile.bind_blob(3, base::view(tile.root)).bind_blob(4, tile.hashes);
    if (auto kept = sql.insert_tile.run(); !kept) return kept;
  }
  return read_back(first, batch, leaves);
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

Status SqliteStore::add_checkpoint(Seq size, const std::string& note) {
  return state_->sql.insert_checkpoint.bind(1, static_cast<std::int64_t>(size)).bind_text(2, note).run();
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
