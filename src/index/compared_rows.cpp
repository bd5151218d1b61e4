#include <algorithm>
#include <array>
#include <utility>

#include "index/difference.hpp"

namespace muniment::index {
namespace {

// What a search, a listing or a poll reads, in terms that do not depend on the order in which the rows came.
// `of_index.` stands for the one or the other file.
struct Rows {
  std::string_view name;
  std::string_view columns;  // the first is the entry that a row is about, where `entry` says so
  std::string_view from;
  bool entry = false;
};
constexpr std::array kRows = {
    Rows{"versions of items", "seq, doc, state", "of_index.document", true},
    Rows{"items", "seq, key, doc, state, content, raw", "of_index.item", true},
    Rows{"events of items", "seq, key, what", "of_index.history", true},
    Rows{"platforms", "name", "of_index.platform"},
    Rows{"names of accounts", "name, account", "of_index.account_name"},
    Rows{"sources", "name, platform, url, since, state, private, complete, cursor, credential",
         "of_index.source"},
    Rows{"items held by sources", "s.name, h.key, h.id",
         "of_index.held h JOIN of_index.source s ON s.number = h.source"},
    Rows{"versions of listings", "s.name, v.url, v.etag, v.modified",
         "of_index.validator v JOIN of_index.source s ON s.number = v.source"},
    Rows{"polls", "c.seq, s.name, c.started, c.finished, c.outcome",
         "of_index.coverage c JOIN of_index.source s ON s.number = c.source", true},
    Rows{"answers of polls without an end", "u.seq, s.name",
         "of_index.unended u JOIN of_index.source s ON s.number = u.source", true},
    Rows{"files named by items", "m.version, m.place, s.name, m.state, m.entry, m.due, m.content",
         "of_index.media m LEFT JOIN of_index.source s ON s.number = m.source", true},
    Rows{"entries in registers", "seq, kind", "of_index.registered", true},
};
constexpr std::string_view kBadParts =
    "SELECT count(*) FROM main.part p LEFT JOIN (SELECT part, count(*) AS n, min(doc) AS a, max(doc) AS b "
    "FROM main.document GROUP BY part) d ON d.part = p.number "
    "WHERE p.documents <> coalesce(d.n, 0) OR p.documents > 0 AND (p.oldest > d.a OR p.newest < d.b)";

std::string select(std::string_view file, const Rows& rows) {
  return "SELECT " + std::string(rows.columns) + " FROM " + in_file(rows.from, file);
}

Result<Sum> sum(db::Database& database, const Keys& keys, std::string_view file, const Rows& rows) {
  auto row = database.prepare(select(file, rows));
  if (!row) return row.error();
  const auto columns = std::count(rows.columns.begin(), rows.columns.end(), ',') + 1;
  Sum sum;
  std::string bytes;
  for (;;) {
    const auto more = row->step();
    if (!more) return more.error();
    if (!*more) return sum;
    bytes.clear();
    for (int i = 0; i < columns; ++i) {
      const auto value = row->text(i);
      bytes.append(std::to_string(value.size())).append(row->is_null(i) ? "-" : ":").append(value);
    }
    sum.add(keys.raw_digest(bytes));
  }
}

// How many rows of the one file the other has not; `entry` is set to that of the first when it is not set
// yet.
Result<std::uint64_t> beyond(db::Database& database, const Rows& rows, std::string_view here,
                             std::string_view there, std::optional<ledger::Seq>& entry) {
  const auto more = "(" + select(here, rows) + " EXCEPT " + select(there, rows) + ")";
  const auto count = database.integer("SELECT count(*) FROM " + more);
  if (!count) return count.error();
  if (*count > 0 && rows.entry && !entry) {
    const auto first = database.integer("SELECT * FROM " + more + " ORDER BY 1 LIMIT 1");
    if (!first) return first.error();
    entry = static_cast<ledger::Seq>(*first);
  }
  return static_cast<std::uint64_t>(*count);
}

Status compare(db::Database& database, const Keys& keys, const Rows& rows, std::vector<Difference>& out) {
  const auto ours = sum(database, keys, kOurs, rows);
  if (!ours) return ours.error();
  const auto anew = sum(database, keys, kAnew, rows);
  if (!anew) return anew.error();
  if (*ours == *anew) return {};
  Difference difference{std::string(rows.name), 0, 0, {}};
  const auto missing = beyond(database, rows, kAnew, kOurs, difference.entry);
  if (!missing) return missing.error();
  const auto extra = beyond(database, rows, kOurs, kAnew, difference.entry);
  if (!extra) return extra.error();
  difference.missing = *missing;
  difference.extra = *extra;
  // A row that stands there twice.
  if (*missing + *extra == 0) ++(ours->rows > anew->rows ? difference.extra : difference.missing);
  out.push_back(std::move(difference));
  return {};
}

}  // namespace

std::string in_file(std::string_view sql, std::string_view file) {
  constexpr std::string_view kPlace = "of_index.";
  std::string out;
  for (auto at = sql.find(kPlace); at != std::string_view::npos; at = sql.find(kPlace)) {
    out.append(sql.substr(0, at)).append(file).append(".");
    sql.remove_prefix(at + kPlace.size());
  }
  return out.append(sql);
}

Status compare_rows(db::Database& database, const Keys& keys, std::vector<Difference>& out) {
  for (const auto& rows : kRows)
    if (auto done = compare(database, keys, rows, out); !done) return done;
  const auto bad = database.integer(kBadParts);
  if (!bad) return bad.error();
  if (*bad > 0) out.push_back({"parts of the words", 0, static_cast<std::uint64_t>(*bad), {}});
  return {};
}

}  // namespace muniment::index
