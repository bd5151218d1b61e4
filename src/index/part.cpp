#include "index/part.hpp"

namespace muniment::index {

Result<std::vector<Part>> read_parts(db::Database& database) {
  auto row = database.prepare(
      "SELECT number, base, documents, writes, oldest, newest FROM part ORDER BY newest DESC, number DESC");
  if (!row) return row.error();
  std::vector<Part> parts;
  for (;;) {
    const auto more = row->step();
    if (!more) return more.error();
    if (!*more) return parts;
    parts.push_back({row->integer(0), row->integer(1), row->integer(2), row->integer(3), row->integer(4),
                     row->integer(5)});
  }
}

std::string in_part(std::string_view sql, std::int64_t number) {
  constexpr std::string_view kFirst = "words_0";
  std::string out;
  for (auto at = sql.find(kFirst); at != std::string_view::npos; at = sql.find(kFirst)) {
    out.append(sql.substr(0, at)).append("words_").append(std::to_string(number));
    sql.remove_prefix(at + kFirst.size());
  }
  return out.append(sql);
}

}  // namespace muniment::index
