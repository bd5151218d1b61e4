#include "db/database.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <utility>

#include "db/sqlite_error.hpp"

namespace muniment::db {
namespace {

// Before the first open: memory statistics cost a global lock on every allocation, and no
// connection of ours is shared between threads.
void configure_once() {
  static std::once_flag once;
  std::call_once(once, [] {
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_initialize();
  });
}

// For SQLite's URIs, in which a few characters have a meaning.
std::string as_uri(const std::filesystem::path& path) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string uri = "file://";
  for (const char c : std::filesystem::absolute(path).string()) {
    if (c != '%' && c != '?' && c != '#') {
      uri += c;
      continue;
    }
    uri += '%';
    uri += kDigits[static_cast<unsigned char>(c) >> 4];
    uri += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return uri;
}

Error not_readable(const std::filesystem::path& path) {
  return {Code::kDenied, path.string() + " may not be read by this account; nothing was changed",
          "ask whoever keeps the archive for the right to read this file, or for a copy"};
}

}  // namespace

struct Database::Limit {
  std::int64_t left = 0;
  static int tick(void* self) { return --static_cast<Limit*>(self)->left < 0 ? 1 : 0; }
};

Statement::Statement(Statement&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)),
      database_(std::exchange(other.database_, nullptr)),
      still_(std::move(other.still_)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(database_, other.database_);
  std::swap(still_, other.still_);
  return *this;
}

Statement::~Statement() {
  sqlite3_finalize(handle_);
}

Statement& Statement::bind(int at, std::int64_t value) {
  sqlite3_bind_int64(handle_, at, value);
  return *this;
}

Statement& Statement::bind_text(int at, std::string_view value) {
  // A null pointer would bind NULL; an empty view must bind the empty text.
  sqlite3_bind_text64(handle_, at, value.data() != nullptr ? value.data() : "", value.size(), SQLITE_STATIC,
                      SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_blob(int at, std::string_view value) {
  sqlite3_bind_blob64(handle_, at, value.data() != nullptr ? value.data() : "", value.size(), SQLITE_STATIC);
  return *this;
}

Statement& Statement::bind_null(int at) {
  sqlite3_bind_null(handle_, at);
  return *this;
}

Result<bool> Statement::step() {
  const int result = sqlite3_step(handle_);
  if (still_ != nullptr)
    if (auto undisturbed = still_->check(); !undisturbed) {
      sqlite3_reset(handle_);
      return undisturbed.error();
    }
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  Error error = error_of(database_, result);
  sqlite3_reset(handle_);
  return error;
}

Status Statement::run() {
  const auto row = step();
  sqlite3_reset(handle_);
  if (!row) return row.error();
  return {};
}

void Statement::reset() {
  sqlite3_reset(handle_);
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_, column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(handle_, column);
}

std::string_view Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  return bytes == nullptr
             ? std::string_view{}
             : std::string_view{bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::string_view Statement::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
  return bytes == nullptr
             ? std::string_view{}
             : std::string_view{bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}
bool Statement::is_integer(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_INTEGER;
}
bool Statement::is_text(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_TEXT;
}
bool Statement::is_blob(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_BLOB;
}

Result<Database> Database::open(const std::filesystem::path& path, Open how, int busy_ms,
                                const std::string& vfs) {
  configure_once();
  std::error_code ignored;
  const bool exists = std::filesystem::exists(path, ignored);
  if (how == Open::kCreate && exists)
    return Error{Code::kConflict, path.string() + " exists already; it was left as it is"};
  if (how != Open::kCreate && !exists) return Error{Code::kNotFound, path.string() + " does not exist"};
  const int flags = how == Open::kRead     ? SQLITE_OPEN_READONLY
                    : how == Open::kCreate ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                           : SQLITE_OPEN_READWRITE;
  sqlite3* handle = nullptr;
  const int result =
      sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                      vfs.empty() ? nullptr : vfs.c_str());
  if (result == SQLITE_OK) sqlite3_busy_timeout(handle, busy_ms);
  auto opened = begin(Database(handle), result, path, how);
  if (opened || how != Open::kRead) return opened;
  if (opened.error().code != Code::kIo && opened.error().code != Code::kDenied) return opened;
  if (::access(path.c_str(), R_OK) != 0 && errno == EACCES) return not_readable(path);
  auto still = Stillness::of(path);
  return still ? open_still(path, *std::move(still)) : std::move(opened);
}

// `immutable` passes over every log, so it is right only where there is none.  Where there is one, a VFS
// without locks and a connection that has the file to itself read the log into memory of their own.
Result<Database> Database::open_still(const std::filesystem::path& path, Stillness still) {
  const bool log = still.has_log();
  sqlite3* handle = nullptr;
  const int result =
      sqlite3_open_v2((as_uri(path) + (log ? "" : "?immutable=1")).c_str(), &handle,
                      SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                      log ? "unix-none" : nullptr);
  Database database(handle, std::make_shared<const Stillness>(std::move(still)));
  if (result == SQLITE_OK && log)
    if (auto alone = database.execute("PRAGMA locking_mode = EXCLUSIVE"); !alone) return alone.error();
  return begin(std::move(database), result, path, Open::kRead);
}

Result<Database> Database::begin(Database database, int opened, const std::filesystem::path& path, Open how) {
  sqlite3* handle = database.handle_;
  if (opened != SQLITE_OK) return wrap(error_of(handle, opened), path.string());
  // Our own queries only, and nothing in a hostile file may run functions from its schema.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  // Reads the header, so that a file that is no database is told apart here and not at first use.
  if (how != Open::kCreate)
    if (auto version = database.integer("PRAGMA schema_version"); !version)
      return wrap(version.error(), path.string());
  return database;
}

Database::Database(sqlite3* handle, std::shared_ptr<const Stillness> still)
    : handle_(handle), still_(std::move(still)) {}

Database::Database(Database&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)),
      still_(std::move(other.still_)),
      limit_(std::move(other.limit_)) {}

Database& Database::operator=(Database&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(still_, other.still_);
  std::swap(limit_, other.limit_);
  return *this;
}

Database::~Database() {
  sqlite3_close_v2(handle_);
}

Status Database::execute(const std::string& sql) {
  const int result = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) return error_of(handle_, result);
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (result != SQLITE_OK && still_ != nullptr)
    if (auto undisturbed = still_->check(); !undisturbed) return undisturbed.error();
  if (result != SQLITE_OK) return error_of(handle_, result);
  return Statement(statement, handle_, still_);
}

Result<std::int64_t> Database::integer(std::string_view sql) {
  auto statement = prepare(sql);
  if (!statement) return statement.error();
  const auto row = statement->step();
  if (!row) return row.error();
  if (!*row) return Error{Code::kNotFound, "the query has no answer"};
  return statement->integer(0);
}

Result<std::string> Database::text(std::string_view sql) {
  auto statement = prepare(sql);
  if (!statement) return statement.error();
  const auto row = statement->step();
  if (!row) return row.error();
  if (!*row) return Error{Code::kNotFound, "the query has no answer"};
  return std::string(statement->text(0));
}

Status Database::keep_log() {
  int keep = 1;
  const int result = sqlite3_file_control(handle_, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
  return result == SQLITE_OK ? Status() : error_of(handle_, result);
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(handle_);
}

void Database::interrupt() {
  sqlite3_interrupt(handle_);
}

void Database::limit_work(std::int64_t steps) {
  limit_ = steps > 0 ? std::make_unique<Limit>(Limit{steps}) : nullptr;
  sqlite3_progress_handler(handle_, limit_ ? 1000 : 0, limit_ ? &Limit::tick : nullptr, limit_.get());
}

Result<Transaction> Transaction::begin(Database& database) {
  if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun) return begun.error();
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  if (database_ != nullptr) (void)database_->execute("ROLLBACK").has_value();
}

Status Transaction::commit() {
  auto done = database_->execute("COMMIT");
  // A failed COMMIT leaves the transaction open when it may be retried; the destructor ends it.
  if (done) database_ = nullptr;
  return done;
}

}  // namespace muniment::db
