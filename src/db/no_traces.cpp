#include "db/no_traces.hpp"

#include <sqlite3.h>

#include <utility>

namespace muniment::db {
namespace {

bool is_there(const std::filesystem::path& database, const char* suffix) {
  std::error_code ignored;
  return std::filesystem::exists(database.string() + suffix, ignored);
}

}  // namespace

NoTraces::NoTraces(std::filesystem::path database)
    : database_(std::move(database)),
      had_log_(is_there(database_, "-wal")),
      had_memory_(is_there(database_, "-shm")) {}

NoTraces::~NoTraces() {
  const bool log = !had_log_ && is_there(database_, "-wal");
  const bool memory = !had_memory_ && is_there(database_, "-shm");
  if ((!log && !memory) || is_there(database_, "-journal")) return;
  sqlite3* handle = nullptr;
  const int opened =
      sqlite3_open_v2(database_.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  if (opened == SQLITE_OK) {
    // A log that was there before is not moved into the database; a new one is removed with the last close.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, had_log_ ? 1 : 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    // The exclusive lock is had only by who is alone, and needs no shared memory.
    const bool alone = sqlite3_exec(handle, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA schema_version", nullptr,
                                    nullptr, nullptr) == SQLITE_OK;
    std::error_code ignored;
    if (alone && memory) std::filesystem::remove(database_.string() + "-shm", ignored);
  }
  sqlite3_close_v2(handle);
}

}  // namespace muniment::db
