// What one open SqliteStore holds, for the files that its members are spread over: sqlite_open.cpp (making
// and opening), sqlite_store.cpp (writing), sqlite_reads.cpp (reading).
#pragma once

#include "ledger/ledger_end.hpp"
#include "ledger/sqlite_statements.hpp"
#include "ledger/sqlite_store.hpp"
#include "ledger/tree.hpp"

namespace muniment::ledger {

// PRAGMA user_version of both files.
inline constexpr std::int64_t kFilesVersion = 1;

struct SqliteStore::State {
  std::string origin;
  std::filesystem::path media;
  db::Database ledger;
  db::Database keys;
  Statements sql;
  LedgerEnd end;
  Frontier frontier = {};
  base::Time last = {};
};

}  // namespace muniment::ledger
