#include "verify/stored_schema.hpp"

#include <map>
#include <utility>

#include "verify/damage.hpp"

namespace muniment::verify {
namespace {

constexpr std::string_view kObjects = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid";
constexpr std::int64_t kVersion = 1;

struct Object {
  std::string table;
  std::string sql;
};
using Objects = std::map<std::pair<std::string, std::string>, Object>;  // by type and name

Result<Objects> read_objects(db::Database& database, Report* report) {
  Objects out;
  auto statement = database.prepare(kObjects);
  if (!statement) return statement.error();
  for (;;) {
    const auto row = statement->step();
    if (!row) return row.error();
    if (!*row) return out;
    if (report != nullptr && !(statement->is_text(0) && statement->is_text(1) && statement->is_text(2) &&
                               (statement->is_text(3) || statement->is_null(3))))
      report->find("schema", "a table, index or trigger is not described in text");
    const std::pair<std::string, std::string> key{statement->text(0), statement->text(1)};
    const Object object{std::string(statement->text(2)), std::string(statement->text(3))};
    if (!out.emplace(key, object).second && report != nullptr)
      report->find("schema", "the " + key.first + " \"" + key.second + "\" is defined twice");
  }
}

Result<Objects> objects_of_script(std::string_view script) {
  auto memory = db::Database::open(":memory:", db::Open::kCreate);
  if (!memory) return memory.error();
  if (auto done = memory->execute(std::string(script)); !done) return done.error();
  return read_objects(*memory, nullptr);
}

bool compare(const Objects& wanted, const Objects& found, const std::string& file, Report& report) {
  bool readable = true;
  const auto differs = [&](const std::pair<std::string, std::string>& key, const std::string& how) {
    report.find("schema", "in " + file + " the " + key.first + " \"" + key.second + "\" " + how);
    readable = readable && key.first != "table";
  };
  for (const auto& [key, object] : wanted) {
    const auto at = found.find(key);
    if (at == found.end())
      differs(key, "is missing");
    else if (at->second.sql != object.sql || at->second.table != object.table)
      differs(key, "is not as it was made");
  }
  for (const auto& [key, object] : found)
    if (!wanted.contains(key)) differs(key, "does not belong there");
  return readable;
}

bool check_version(db::Database& database, const ExpectedSchema& expected, Report& report) {
  const auto id = database.integer("PRAGMA application_id");
  const auto version = database.integer("PRAGMA user_version");
  if (!id || !version)
    return report_unreadable(report, id ? version.error() : id.error(), expected.file), false;
  if (*id != expected.application_id) {
    report.find("not-an-archive",
                expected.file + " is not marked as the file of an archive (application_id)");
    return false;
  }
  if (*version > kVersion) {
    report.could_not(expected.file + " says that it has format " + std::to_string(*version) +
                     "; this program knows format 1 only");
    return false;
  }
  if (*version != kVersion)
    report.find("version", expected.file + " says that it has a format that never existed");
  return true;
}

void look(db::Database& database, std::string_view sql, const std::string& file, Report& report) {
  auto statement = database.prepare(sql);
  if (!statement) return report_unreadable(report, statement.error(), "the structure of " + file);
  for (;;) {
    const auto row = statement->step();
    if (!row) return report_unreadable(report, row.error(), "the structure of " + file);
    if (!*row) return;
    if (statement->text(0) != "ok") report.find("damaged", file + ": " + std::string(statement->text(0)));
  }
}

}  // namespace

bool check_schema(db::Database& database, const ExpectedSchema& expected, Report& report) {
  if (!check_version(database, expected, report)) return false;
  const auto wanted = objects_of_script(expected.script);
  if (!wanted)
    return report_unreadable(report, wanted.error(), "the expected layout of " + expected.file), false;
  const auto found = read_objects(database, &report);
  if (!found) return report_unreadable(report, found.error(), "the layout of " + expected.file), false;
  return compare(*wanted, *found, expected.file, report);
}

void check_small_tables(db::Database& ledger, Report& report) {
  for (const auto sql : {"PRAGMA integrity_check('archive')", "PRAGMA integrity_check('checkpoint')",
                         "PRAGMA integrity_check('tile')"})
    look(ledger, sql, "ledger.db", report);
}

void check_every_page(db::Database& database, const std::string& file, Report& report) {
  look(database, "PRAGMA integrity_check", file, report);
}

}  // namespace muniment::verify
