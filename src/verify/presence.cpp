#include "verify/presence.hpp"

#include <algorithm>
#include <string>

#include "verify/damage.hpp"

namespace muniment::verify {
namespace {

Presence read_numbers(db::Database& database, std::string_view sql, std::uint64_t size,
                      const std::string& where, Report& report) {
  Presence out;
  auto rows = database.prepare(sql);
  if (!rows) return report_unreadable(report, rows.error(), where), out;
  std::uint64_t expected = 0;
  for (;;) {
    const auto row = rows->step();
    if (!row) return report_unreadable(report, row.error(), where), out;
    if (!*row) break;
    const std::int64_t seq = rows->integer(0);
    if (seq < static_cast<std::int64_t>(expected) || static_cast<std::uint64_t>(seq) >= size) {
      ++out.strays;
      continue;
    }
    for (; expected < static_cast<std::uint64_t>(seq); ++expected) out.missing.push_back(expected);
    ++expected;
  }
  for (; expected < size; ++expected) out.missing.push_back(expected);
  out.read = true;
  return out;
}

}  // namespace

std::optional<std::uint64_t> stray_bodies(db::Database& ledger, std::uint64_t size, Report& report) {
  auto row = ledger.prepare(
      "SELECT (SELECT count(*) FROM body WHERE seq < 0) + (SELECT count(*) FROM body WHERE seq >= ?1)");
  if (row) row->bind(1, static_cast<std::int64_t>(size));
  const auto there = row ? row->step() : row.error();
  if (there && *there) return static_cast<std::uint64_t>(row->integer(0));
  report_unreadable(report, there.error(), "the bodies in ledger.db");
  return std::nullopt;
}

Presence read_bodies(db::Database& ledger, std::uint64_t size, Report& report) {
  return read_numbers(ledger, "SELECT seq FROM body ORDER BY seq", size, "the bodies in ledger.db", report);
}

Presence read_secrets(db::Database& keys, std::uint64_t size, Report& report) {
  return read_numbers(keys, "SELECT seq FROM secret ORDER BY seq", size, "the secrets in keys.db", report);
}

void check_presence(const Presence& presence, const Disposed& disposed, std::string_view table,
                    Report& report) {
  const std::string name(table);
  std::uint64_t unclear = 0;
  for (const auto seq : presence.missing) {
    if (disposed.by.contains(seq)) continue;
    if (disposed.whole)
      report.find("missing-" + name, seq, "its " + name + " is gone, and no disposal entry names it");
    else
      ++unclear;
  }
  if (unclear > 0)
    report.could_not("whether " + std::to_string(unclear) + " rows that are gone (" + name +
                     ") were disposed of");
  for (const auto& [seq, by] : disposed.by)
    if (!std::binary_search(presence.missing.begin(), presence.missing.end(), seq))
      report.find("undisposed-" + name, seq,
                  "its " + name + " is still there, though entry " + std::to_string(by) +
                      " says that it was disposed of");
}

}  // namespace muniment::verify
