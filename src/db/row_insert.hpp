// Rows that go into one table, many with each statement.
//
// What SQLite does once a statement costs more than a row: a savepoint, and, where a trigger may refuse the
// row, a copy of each page that is changed (docs/performance.md).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "db/database.hpp"

namespace muniment::db {

class RowInsert {
 public:
  static constexpr std::size_t kTogether = 32;

  RowInsert() = default;
  // `into`: "INTO table(column, …)", of so many columns.
  static Result<RowInsert> prepare(Database& database, std::string_view into, int columns);

  // Inserts the rows 0 … count-1, in this order; `database` is the one it was prepared for.
  // bind(statement, at, row) binds the values of a row at `at`, at+1, …; they are not copied, and have to
  // live until this returns.  An error is that of the statement; rows before it may be there then, so this
  // belongs into a transaction that is given up.  Triggers make SQLite hold the rows of a statement in memory
  // twice: large ones are better given alone.
  template <typename Bind>
  Status rows(Database& database, std::size_t count, const Bind& bind) {
    if (count >= kTogether)
      if (auto ready = prepare_many(database); !ready) return ready;
    for (std::size_t row = 0; row < count;) {
      const bool is_many = count - row >= kTogether;
      auto& statement = is_many ? many_ : one_;
      const std::size_t end = row + (is_many ? kTogether : 1);
      for (int at = 1; row < end; ++row, at += columns_) bind(statement, at, row);
      if (auto kept = statement.run(); !kept) return kept;
    }
    return {};
  }

 private:
  Status prepare_many(Database& database);

  std::string into_;
  int columns_ = 0;
  Statement one_;
  Statement many_;  // made when it is first needed: it takes a while to read
};

}  // namespace muniment::db
