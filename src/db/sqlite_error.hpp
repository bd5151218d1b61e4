// What SQLite says went wrong, in words for those who read it here: ours first, SQLite's own behind them.
#pragma once

#include "muniment/result.hpp"

struct sqlite3;

namespace muniment::db {

// `result`: what a function of SQLite returned, not SQLITE_OK.  `database`: where it happened; may be null.
Error error_of(sqlite3* database, int result);

}  // namespace muniment::db
