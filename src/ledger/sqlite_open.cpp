// Making an archive's two files, and opening them.
#include "ledger/sqlite_state.hpp"
#include "schema/schema.hpp"

namespace muniment::ledger {
namespace {

constexpr std::int64_t kLedgerApplication = 0x4D554E4C;
constexpr std::int64_t kKeysApplication = 0x4D554E4B;

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
  if (*version > kFilesVersion)
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
  if (!keys && keys.error().code == Code::kNotFound)
    return Error{Code::kNotFound,
                 "the archive's secrets are missing: " + files.keys.string() +
                     " does not exist; the ledger is untouched, but without them no words can be read",
                 "do not make a new one: put keys.db back from a backup; `muniment verify` checks the chain "
                 "meanwhile"};
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
      State{*std::move(origin), files.media, *std::move(ledger), *std::move(keys), *std::move(statements),
            LedgerEnd(writable ? files.turns : std::filesystem::path(), files.turn_wait)});
  std::unique_ptr<SqliteStore> store(new SqliteStore(std::move(state)));
  const auto head = store->head();
  if (!head) return head.error();
  return store;
}

}  // namespace muniment::ledger
