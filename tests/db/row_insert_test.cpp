#include "db/row_insert.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/temp_folder.hpp"

namespace muniment::db {
namespace {

using support::TempFolder;

Database fresh(const TempFolder& folder, const std::string& schema) {
  auto made = Database::open(folder / "a.db", Open::kCreate);
  EXPECT_TRUE(made);
  EXPECT_TRUE(made->execute(schema));
  return std::move(*made);
}

// What the table holds, a line a row, in the order of its rows.
std::string rows_of(Database& database) {
  return database
      .text(
          "SELECT coalesce(group_concat(n || ' ' || word, char(10)), '') FROM (SELECT * FROM t ORDER BY "
          "rowid)")
      .value_or("?");
}

TEST(RowInsert, AnyNumberOfRowsArriveInOrder) {
  for (const std::size_t count : {0U, 1U, 31U, 32U, 33U, 64U, 100U}) {
    const TempFolder folder;
    auto database = fresh(folder, "CREATE TABLE t(n INTEGER, word TEXT) STRICT");
    auto insert = RowInsert::prepare(database, "INTO t(n, word)", 2);
    ASSERT_TRUE(insert);
    std::vector<std::string> words;
    std::string expected;
    for (std::size_t i = 0; i < count; ++i) {
      words.push_back("word " + std::to_string(i * i));
      expected += (i == 0 ? "" : "\n") + std::to_string(i) + " " + words.back();
    }
    const auto done = insert->rows(database, count, [&](Statement& row, int at, std::size_t i) {
      row.bind(at, static_cast<std::int64_t>(i)).bind_text(at + 1, words[i]);
    });
    ASSERT_TRUE(done);
    EXPECT_EQ(rows_of(database), expected) << count;
  }
}

TEST(RowInsert, WhatATriggerRefusesIsToldInItsWordsAndCanBeGivenUp) {
  const TempFolder folder;
  auto database = fresh(folder,
                        "CREATE TABLE t(n INTEGER, word TEXT) STRICT;"
                        "CREATE TRIGGER t_follows BEFORE INSERT ON t "
                        "WHEN NEW.n IS NOT (SELECT coalesce(max(n), -1) + 1 FROM t) "
                        "BEGIN SELECT RAISE(ABORT, 'a row follows the last one'); END;");
  auto insert = RowInsert::prepare(database, "INTO t(n, word)", 2);
  ASSERT_TRUE(insert);
  for (const std::size_t wrong : {0U, 5U, 32U, 40U, 64U, 69U}) {
    auto transaction = Transaction::begin(database);
    ASSERT_TRUE(transaction);
    const auto done = insert->rows(database, 70, [&](Statement& row, int at, std::size_t i) {
      row.bind(at, static_cast<std::int64_t>(i == wrong ? 1000 : i)).bind_text(at + 1, "w");
    });
    ASSERT_FALSE(done) << wrong;
    EXPECT_EQ(done.error().code, Code::kConflict);
    EXPECT_NE(done.error().what.find("a row follows the last one"), std::string::npos) << done.error().what;
  }
  EXPECT_EQ(rows_of(database), "");
  auto transaction = Transaction::begin(database);
  ASSERT_TRUE(transaction);
  const auto done = insert->rows(database, 70, [&](Statement& row, int at, std::size_t i) {
    row.bind(at, static_cast<std::int64_t>(i)).bind_text(at + 1, "w");
  });
  ASSERT_TRUE(done);
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(database.integer("SELECT count(*) FROM t").value_or(-1), 70);
}

}  // namespace
}  // namespace muniment::db
