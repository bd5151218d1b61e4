#include "ledger/sqlite_statements.hpp"

namespace muniment::ledger {

Result<Statements> Statements::prepare(db::Database& ledger, db::Database& keys, bool writable) {
  struct Line {
    db::Statement Statements::*member;
    bool in_keys;
    bool writes;
    const char* sql;
  };
  static constexpr Line kLines[] = {
      {&Statements::newest, false, false, "SELECT seq, time FROM entry ORDER BY seq DESC LIMIT 1"},
      {&Statements::entries, false, false,
       "SELECT seq, time, kind, root, commitment FROM entry WHERE seq >= ? AND seq < ? ORDER BY seq"},
      {&Statements::entries_and_bodies, false, false,
       "SELECT e.seq, e.time, e.kind, e.root, e.commitment, b.sealed FROM entry e LEFT JOIN body b ON b.seq "
       "= e.seq "
       "WHERE e.seq >= ? AND e.seq < ? ORDER BY e.seq"},
      {&Statements::one_tile, false, false, "SELECT hashes FROM tile WHERE level = ? AND idx = ?"},
      {&Statements::tile_roots, false, false,
       "SELECT root FROM tile WHERE level = ? AND idx >= ? AND idx < ? ORDER BY idx"},
      {&Statements::checkpoint, false, false,
       "SELECT note FROM checkpoint WHERE size >= ? ORDER BY size LIMIT 1"},
      {&Statements::newest_checkpoint, false, false,
       "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1"},
      {&Statements::one_secret, true, false, "SELECT secret FROM secret WHERE seq = ?"},
      {&Statements::newest_secret, true, false, "SELECT seq FROM secret ORDER BY seq DESC LIMIT 1"},
      {&Statements::secrets, true, false,
       "SELECT seq, secret FROM secret WHERE seq >= ? AND seq < ? ORDER BY seq"},
      {&Statements::insert_tile, false, true,
       "INSERT INTO tile(level, idx, root, hashes) VALUES (?, ?, ?, ?)"},
      {&Statements::insert_checkpoint, false, true, "INSERT INTO checkpoint(size, note) VALUES (?, ?)"},
      {&Statements::sweep_secrets, true, true, "DELETE FROM secret WHERE seq >= ?"},
  };
  struct Rows {
    db::RowInsert Statements::*member;
    bool in_keys;
    const char* into;
    int columns;
  };
  static constexpr Rows kRows[] = {
      {&Statements::entry_rows, false, "INTO entry(seq, time, kind, root, commitment)", 5},
      {&Statements::body_rows, false, "INTO body(seq, sealed)", 2},
      {&Statements::secret_rows, true, "INTO secret(seq, secret)", 2},
  };
  constexpr const char* kAltered = "the archive's tables are not as they should be";
  Statements out;
  for (const Line& line : kLines) {
    if (line.writes && !writable) continue;
    auto statement = (line.in_keys ? keys : ledger).prepare(line.sql);
    if (!statement) return wrap(statement.error(), kAltered);
    out.*line.member = *std::move(statement);
  }
  if (!writable) return out;
  for (const Rows& rows : kRows) {
    auto insert = db::RowInsert::prepare(rows.in_keys ? keys : ledger, rows.into, rows.columns);
    if (!insert) return wrap(insert.error(), kAltered);
    out.*rows.member = *std::move(insert);
  }
  return out;
}

}  // namespace muniment::ledger
