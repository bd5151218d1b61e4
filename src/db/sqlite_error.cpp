#include "db/sqlite_error.hpp"

#include <sqlite3.h>

namespace muniment::db {
namespace {

Code code_of(int result) {
  switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
      return Code::kUnavailable;
    case SQLITE_CONSTRAINT:
      return Code::kConflict;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Code::kCorrupt;
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_READONLY:
      return Code::kDenied;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
      return Code::kIo;
    default:
      return Code::kInternal;
  }
}

std::string hint_for(int result) {
  switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another process is writing to this archive; wait for it to finish, then try again";
    case SQLITE_FULL:
      return "nothing of this step was kept; free some space and try again";
    case SQLITE_IOERR:
      return "see whether the disk is full or failing, then run the same command again; what was finished "
             "before "
             "is kept";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "do not write to this archive; run `muniment verify`, and compare with a backup";
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return "check the permissions of the archive's folder and files; where nothing can be written, an "
             "archive can only be read and verified";
    default:
      return {};
  }
}

}  // namespace

Error error_of(sqlite3* database, int result) {
  const std::string theirs = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(result);
  const auto said = [&](const char* ours) {
    return Error{code_of(result), std::string(ours) + " (SQLite: " + theirs + ")", hint_for(result)};
  };
  switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return said("another process holds the file");
    case SQLITE_FULL:
      return said("the disk is full");
    case SQLITE_IOERR:
      return said("the disk failed");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return said("the file is damaged");
    case SQLITE_READONLY:
      return said("the file may not be written to");
    case SQLITE_CANTOPEN:
      return said("the file could not be opened");
    default:
      return {code_of(result), "database: " + theirs, hint_for(result)};
  }
}

}  // namespace muniment::db
