// The only room that knows SQLite.  A Database is one connection; one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "db/stillness.hpp"
#include "muniment/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace muniment::db {

class Database;

// A prepared statement.  Columns and binds are numbered from 0 and 1, as SQLite does.
// Text and blob columns are views that the next step(), reset() or destruction ends.
class Statement {
 public:
  Statement() = default;
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  Statement& bind(int at, std::int64_t value);
  Statement& bind_text(int at,
                       std::string_view value);  // not copied: keep it alive until the statement is done
  Statement& bind_blob(int at, std::string_view value);  // not copied
  Statement& bind_null(int at);

  // True while there is a row.  Errors: kUnavailable (locked), kConflict (a constraint or trigger
  // refused; the trigger's words are in `what`), kCorrupt, kIo.  kUnavailable also when something was written
  // to a file that is read where nothing can be written (Open::kRead).
  Result<bool> step();
  // False before it was prepared.
  explicit operator bool() const { return handle_ != nullptr; }
  // For statements that give no row: step, then reset.
  Status run();
  void reset();

  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string_view text(int column) const;
  std::string_view blob(int column) const;
  bool is_null(int column) const;
  // How the value is stored: a damaged file may hold what the column's type forbids.
  bool is_integer(int column) const;
  bool is_text(int column) const;
  bool is_blob(int column) const;

 private:
  friend class Database;
  Statement(sqlite3_stmt* handle, sqlite3* database, std::shared_ptr<const Stillness> still)
      : handle_(handle), database_(database), still_(std::move(still)) {}
  sqlite3_stmt* handle_ = nullptr;
  sqlite3* database_ = nullptr;
  std::shared_ptr<const Stillness> still_;
};

enum class Open {
  kRead,    // read only; the file must exist, perhaps where nothing can be written (db/stillness.hpp)
  kWrite,   // the file must exist: opening never creates
  kCreate,  // the file must not exist (init, and a new index)
};

class Database {
 public:
  // kNotFound, kDenied, kCorrupt (not a SQLite file), kConflict (kCreate and it exists), kUnavailable, kIo.
  // A busy lock is waited for up to `busy_ms`.  `vfs` names the seam for the disk; empty is the system's.
  static Result<Database> open(const std::filesystem::path& path, Open how, int busy_ms = 10'000,
                               const std::string& vfs = {});

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  // Runs a script of ours: schema files and pragmas.  Never text from outside.
  Status execute(const std::string& sql);
  Result<Statement> prepare(std::string_view sql);
  // The single integer or text a query answers; kNotFound when it answers no row.
  Result<std::int64_t> integer(std::string_view sql);
  Result<std::string> text(std::string_view sql);

  // The log that lies beside the file stays, empty, when the last connection closes.  SQLite would remove it
  // by its name, which may by then be that of another file's log.
  Status keep_log();

  // How many rows the last statement changed.
  std::int64_t changes() const;
  // Stops a running statement of this connection from another thread.
  void interrupt();
  // Ends any statement of this connection that works longer than `steps` thousand virtual machine steps
  // (0: no limit) with kUnavailable.
  void limit_work(std::int64_t steps);

  // Read where nothing can be written, without a lock: see db/stillness.hpp.
  bool is_unlocked() const { return still_ != nullptr; }

  sqlite3* handle() const { return handle_; }

 private:
  explicit Database(sqlite3* handle, std::shared_ptr<const Stillness> still = nullptr);
  static Result<Database> open_still(const std::filesystem::path& path, Stillness still);
  // What comes after sqlite3_open_v2, whatever it answered.
  static Result<Database> begin(Database database, int opened, const std::filesystem::path& path, Open how);
  struct Limit;
  sqlite3* handle_ = nullptr;
  std::shared_ptr<const Stillness> still_;
  std::unique_ptr<Limit> limit_;
};

// BEGIN IMMEDIATE … COMMIT.  Destruction without commit() rolls back.
class Transaction {
 public:
  // Takes the write lock now; kUnavailable when another holds it for longer than the busy time.
  static Result<Transaction> begin(Database& database);
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  // kIo: the disk failed and in WAL mode the rows MAY have been written; read again before retrying.
  Status commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace muniment::db
