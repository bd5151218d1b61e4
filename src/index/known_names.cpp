#include "index/known_names.hpp"

namespace muniment::index {

Result<std::string> nothing_captured_from(db::Database& database, Filter filter, const std::string& name) {
  auto rows = database.prepare(filter == Filter::kPlatform ? "SELECT name FROM platform ORDER BY name"
                                                           : "SELECT name FROM source ORDER BY name");
  if (!rows) return rows.error();
  std::string known;
  for (std::size_t named = 0;; ++named) {
    const auto row = rows->step();
    if (!row) return row.error();
    if (!*row) break;
    if (named == kMostNamed) {
      known += " and more";
      break;
    }
    known.append(known.empty() ? "; known are " : ", ").append(rows->text(0));
  }
  return "nothing was captured from a " + std::string(filter_name(filter)) + " called " + name +
         (known.empty() ? "; nothing is captured yet" : known);
}

}  // namespace muniment::index
