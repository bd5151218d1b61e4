// Going through what a statement answers.
#pragma once

#include "db/database.hpp"
#include "index/file.hpp"

namespace muniment::index {

// `visit` is given the statement at each row.  Errors as about_index() words them.
template <typename Visit>
Status rows_of(db::Statement& statement, const Visit& visit) {
  for (;;) {
    const auto row = statement.step();
    if (!row) return about_index(row.error());
    if (!*row) break;
    visit(statement);
  }
  statement.reset();
  return {};
}

}  // namespace muniment::index
