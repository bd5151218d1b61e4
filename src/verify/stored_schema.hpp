// Is a database of the archive laid out as its schema file says, and sound as a file?
#pragma once

#include <string>
#include <string_view>

#include "db/database.hpp"
#include "verify/report.hpp"

namespace muniment::verify {

struct ExpectedSchema {
  std::string file;         // "ledger.db", for the words
  std::string_view script;  // schema/ledger.sql
  std::int64_t application_id = 0;
};

// True when tables are as expected, so that their rows can be read.  Every table, trigger, index or view
// that is missing, changed or added is a finding: whoever drops a trigger prepares to rewrite.
bool check_schema(db::Database& database, const ExpectedSchema& expected, Report& report);

// SQLite's own look at the file's structure: of the ledger's small tables, or of every page.  Of `entry` and
// `body` it can say nothing that their verification does not: the one is read from end to end, and of the
// other each row is looked up by its number, unsealed, and compared with its entry.
void check_small_tables(db::Database& ledger, Report& report);
void check_every_page(db::Database& database, const std::string& file, Report& report);

}  // namespace muniment::verify
