// Every statement the SQLite store runs, prepared once.
#pragma once

#include "db/database.hpp"
#include "db/row_insert.hpp"

namespace muniment::ledger {

struct Statements {
  // The writing ones are left unprepared when `writable` is false.
  static Result<Statements> prepare(db::Database& ledger, db::Database& keys, bool writable);

  db::Statement newest, entries, entries_and_bodies;
  db::Statement one_tile, tile_roots, checkpoint, newest_checkpoint;
  db::Statement one_secret, secrets, newest_secret;
  db::Statement insert_tile, insert_checkpoint, sweep_secrets;
  db::RowInsert entry_rows, body_rows, secret_rows;
};

}  // namespace muniment::ledger
