#include "db/row_insert.hpp"

#include <utility>

namespace muniment::db {
namespace {

// "INSERT INTO t(a, b) VALUES (?, ?), (?, ?)"
std::string insert_of(std::string_view into, int columns, std::size_t rows) {
  std::string row = "(";
  for (int i = 0; i < columns; ++i) row += i == 0 ? "?" : ", ?";
  row += ")";
  std::string sql = "INSERT " + std::string(into) + " VALUES ";
  for (std::size_t i = 0; i < rows; ++i) sql += (i == 0 ? "" : ", ") + row;
  return sql;
}

}  // namespace

Result<RowInsert> RowInsert::prepare(Database& database, std::string_view into, int columns) {
  RowInsert out;
  out.into_ = into;
  out.columns_ = columns;
  auto one = database.prepare(insert_of(into, columns, 1));
  if (!one) return one.error();
  out.one_ = *std::move(one);
  return out;
}

Status RowInsert::prepare_many(Database& database) {
  if (many_) return {};
  auto many = database.prepare(insert_of(into_, columns_, kTogether));
  if (!many) return many.error();
  many_ = *std::move(many);
  return {};
}

}  // namespace muniment::db
