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
      {&Statements::insert_entry, false, true,
       "INSERT INTO entry(seq, time, kind, root, commitment) VALUES (?, ?, ?, ?, ?)"},
      {&Statements::insert_body, false, true, "INSERT INTO body(seq, sealed) VALUES (?, ?)"},
      {&Statements::insert_tile, false, true,
       "INSERT INTO tile(level, idx, root, hashes) VALUES (?, ?, ?, ?)"},
      {&Statements::insert_checkpoint, false, true, "INSERT INTO checkpoint(size, note) VALUES (?, ?)"},
      {&Statements::insert_secret, true, true, "INSERT INTO secret(seq, secret) VALUES (?, ?)"},
      {&Statements::sweep_secrets, true, true, "DELETE FROM secret WHERE seq >= ?"},
  };
  Statements out;
  for (const Line& line : kLines) {
    if (line.writes && !writable) continue;
    auto statement = (line.in_keys ? keys : ledger).prepare(line.sql);
    if (!statement) return wrap(statement.error(), "the archive's tables are not as they should be");
    out.*line.member = *std::move(statement);
  }
  return out;
}

}  // namespace muniment::ledger
