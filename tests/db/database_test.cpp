#include "db/database.hpp"

#include <gtest/gtest.h>

#include "base/bytes.hpp"
#include "schema/schema.hpp"
#include "support/temp_folder.hpp"

namespace muniment::db {
namespace {

using support::TempFolder;

Database fresh(const TempFolder& folder, const std::string& schema = {}) {
  auto made = Database::open(folder / "a.db", Open::kCreate);
  EXPECT_TRUE(made);
  EXPECT_TRUE(made->execute("PRAGMA journal_mode=WAL"));
  EXPECT_TRUE(made->execute(schema));
  return std::move(*made);
}

std::string code_of(const Status& status) {
  return status ? "done" : std::to_string(static_cast<int>(status.error().code)) + " " + status.error().what;
}

TEST(Database, OpeningNeverCreates) {
  const TempFolder folder;
  for (const Open how : {Open::kRead, Open::kWrite}) {
    const auto opened = Database::open(folder / "a.db", how);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Code::kNotFound);
    EXPECT_FALSE(std::filesystem::exists(folder / "a.db"));
  }
}

TEST(Database, CreatingNeverOpensWhatIsThere) {
  const TempFolder folder;
  folder.write("a.db", "somebody's letter");
  EXPECT_EQ(Database::open(folder / "a.db", Open::kCreate).error().code, Code::kConflict);
  EXPECT_EQ(support::contents(folder / "a.db"), "somebody's letter");
}

TEST(Database, AFileThatIsNoDatabaseIsToldAtOnce) {
  const TempFolder folder;
  const auto opened = Database::open(folder.write("a.db", std::string(4096, 'x')), Open::kRead);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::kCorrupt);
  EXPECT_FALSE(opened.error().hint.empty());
}

TEST(Database, ReadingOnlyRefusesToWrite) {
  const TempFolder folder;
  { auto made = fresh(folder, "CREATE TABLE t(x)"); }
  auto reading = Database::open(folder / "a.db", Open::kRead);
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->execute("INSERT INTO t VALUES(1)").error().code, Code::kDenied);
}

TEST(Database, TextAndBytesComeBackExactly) {
  const TempFolder folder;
  auto database = fresh(folder, "CREATE TABLE t(a TEXT, b BLOB, c INTEGER)");
  auto insert = database.prepare("INSERT INTO t VALUES(?1, ?2, ?3)");
  ASSERT_TRUE(insert);
  const std::string bytes("\0\xff\0", 3);
  ASSERT_TRUE(insert->bind_text(1, "naïve").bind_blob(2, bytes).bind(3, -5).run());
  ASSERT_TRUE(insert->bind_text(1, std::string_view{}).bind_blob(2, {}).bind_null(3).run());
  auto select = database.prepare("SELECT a, b, c FROM t ORDER BY rowid");
  ASSERT_TRUE(select && *select->step());
  EXPECT_EQ(select->text(0), "naïve");
  EXPECT_EQ(select->blob(1), bytes);
  EXPECT_EQ(select->integer(2), -5);
  ASSERT_TRUE(*select->step());
  EXPECT_FALSE(select->is_null(0)) << "an empty text is not NULL";
  EXPECT_FALSE(select->is_null(1));
  EXPECT_TRUE(select->is_null(2));
  EXPECT_FALSE(*select->step());
}

TEST(Database, AFullDiskIsSaidInWordsWithWhatToDo) {
  const TempFolder folder;
  auto database = fresh(folder, "PRAGMA max_page_count = 4; CREATE TABLE t(a)");
  const auto full = database.execute("INSERT INTO t VALUES (zeroblob(1000000))");
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, Code::kIo);
  EXPECT_EQ(full.error().what, "the disk is full (SQLite: database or disk is full)");
  EXPECT_NE(full.error().hint.find("free some space"), std::string::npos);
}

TEST(Database, AQueryWithoutAnAnswerIsNotFound) {
  const TempFolder folder;
  auto database = fresh(folder, "CREATE TABLE t(x)");
  EXPECT_EQ(database.integer("SELECT x FROM t").error().code, Code::kNotFound);
  EXPECT_EQ(*database.integer("SELECT count(*) FROM t"), 0);
  EXPECT_EQ(*database.text("SELECT 'word'"), "word");
}

TEST(Transaction, LeftWithoutCommitIsRolledBack) {
  const TempFolder folder;
  auto database = fresh(folder, "CREATE TABLE t(x)");
  {
    auto open = Transaction::begin(database);
    ASSERT_TRUE(open);
    ASSERT_TRUE(database.execute("INSERT INTO t VALUES(1)"));
  }
  EXPECT_EQ(*database.integer("SELECT count(*) FROM t"), 0);
  {
    auto open = Transaction::begin(database);
    ASSERT_TRUE(open);
    ASSERT_TRUE(database.execute("INSERT INTO t VALUES(1)"));
    ASSERT_TRUE(open->commit());
  }
  EXPECT_EQ(*database.integer("SELECT count(*) FROM t"), 1);
}

TEST(Transaction, OfAnotherProcessIsWaitedForNoLongerThanAsked) {
  const TempFolder folder;
  auto first = fresh(folder, "CREATE TABLE t(x)");
  auto second = Database::open(folder / "a.db", Open::kWrite, 1);
  ASSERT_TRUE(second);
  auto held = Transaction::begin(first);
  ASSERT_TRUE(held);
  const auto refused = Transaction::begin(*second);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
  EXPECT_FALSE(refused.error().hint.empty());
  ASSERT_TRUE(held->commit());
  EXPECT_TRUE(Transaction::begin(*second));
}

TEST(Database, WorkWithoutEndIsStopped) {
  const TempFolder folder;
  auto database = fresh(folder);
  const char* const endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
  database.limit_work(100);
  const auto stopped = database.integer(endless);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, Code::kUnavailable);
  database.limit_work(100);
  EXPECT_EQ(*database.integer("SELECT 7"), 7) << "the limit is for one stretch of work, not for ever";
  database.limit_work(0);
  EXPECT_EQ(*database.integer("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000) "
                              "SELECT count(*) FROM n"),
            200'000);
}

// What schema/ledger.sql and schema/keys.sql refuse, whoever asks.
class Ledger : public ::testing::Test {
 protected:
  Ledger() : database_(fresh(folder_, std::string(schema::ledger_sql))) {
    EXPECT_TRUE(database_.execute("INSERT INTO archive VALUES(1, 'example.org/archive', 'digest')"));
    for (const char* seq : {"0", "1", "2"}) {
      EXPECT_TRUE(database_.execute("INSERT INTO entry VALUES(" + std::string(seq) +
                                    ", 100, 'capture', zeroblob(32), zeroblob(32))"));
      EXPECT_TRUE(database_.execute("INSERT INTO body VALUES(" + std::string(seq) + ", x'00')"));
    }
    EXPECT_TRUE(database_.execute("INSERT INTO tile VALUES(0, 0, zeroblob(32), zeroblob(8192))"));
    EXPECT_TRUE(database_.execute("INSERT INTO checkpoint VALUES(2, 'note')"));
  }
  void expect_refused(const std::string& sql, const std::string& words) {
    const std::string before = everything();
    const Status done = database_.execute(sql);
    ASSERT_FALSE(done) << sql;
    EXPECT_EQ(done.error().code, Code::kConflict) << code_of(done);
    EXPECT_NE(done.error().what.find(words), std::string::npos) << sql << ": " << code_of(done);
    EXPECT_EQ(everything(), before) << sql;
  }
  std::string everything() {
    std::string all;
    for (const char* query :
         {"SELECT group_concat(seq || time || kind || hex(root) || hex(commitment)) FROM entry",
          "SELECT group_concat(seq || hex(sealed)) FROM body",
          "SELECT group_concat(level || idx || hex(root)) FROM tile",
          "SELECT group_concat(size || note) FROM checkpoint", "SELECT origin || schema FROM archive"})
      all += *database_.text(query) + "\n";
    return all;
  }
  TempFolder folder_;
  Database database_;
};

TEST_F(Ledger, TakesAnEntryThatFollowsTheLast) {
  EXPECT_TRUE(database_.execute("INSERT INTO entry VALUES(3, 100, 'capture', zeroblob(32), zeroblob(32))"));
  EXPECT_TRUE(database_.execute("INSERT INTO entry VALUES(4, 101, 'capture', zeroblob(32), zeroblob(32))"));
}

TEST_F(Ledger, RefusesEveryOtherPlaceAndAnEarlierTime) {
  for (const char* seq : {"-1", "0", "1", "2", "4", "NULL"})
    expect_refused(
        "INSERT INTO entry VALUES(" + std::string(seq) + ", 100, 'capture', zeroblob(32), zeroblob(32))",
        "L1");
  expect_refused("INSERT INTO entry VALUES(3, 99, 'capture', zeroblob(32), zeroblob(32))", "L2");
}

TEST_F(Ledger, RefusesToReplaceUnderEitherSettingOfRecursiveTriggers) {
  for (const char* setting : {"OFF", "ON"}) {
    ASSERT_TRUE(database_.execute("PRAGMA recursive_triggers=" + std::string(setting)));
    expect_refused("INSERT OR REPLACE INTO entry VALUES(1, 100, 'forged', zeroblob(32), zeroblob(32))", "L1");
    expect_refused("REPLACE INTO body VALUES(1, x'FF')", "L3");
    expect_refused("REPLACE INTO tile VALUES(0, 0, zeroblob(32), zeroblob(8192))", "once");
    expect_refused("REPLACE INTO checkpoint VALUES(2, 'forged')", "checkpoint");
    expect_refused("REPLACE INTO archive VALUES(1, 'forged', 'x')", "identity");
  }
}

TEST_F(Ledger, RefusesToChangeOrRemoveAnything) {
  expect_refused("UPDATE entry SET kind = 'forged' WHERE seq = 1", "L1");
  expect_refused("DELETE FROM entry WHERE seq = 2", "L1");
  expect_refused("UPDATE body SET sealed = x'FF' WHERE seq = 1", "L3");
  expect_refused("DELETE FROM body WHERE seq = 1", "L3");
  expect_refused("UPDATE tile SET root = zeroblob(32)", "changed");
  expect_refused("DELETE FROM tile", "removed");
  expect_refused("UPDATE checkpoint SET note = 'forged'", "changed");
  expect_refused("DELETE FROM checkpoint", "removed");
  expect_refused("UPDATE archive SET origin = 'forged'", "identity");
  expect_refused("DELETE FROM archive", "identity");
}

TEST_F(Ledger, RefusesABodyWithoutItsEntryAndASecondOne) {
  expect_refused("INSERT INTO body VALUES(3, x'00')", "L3");
  expect_refused("INSERT INTO body VALUES(1, x'00')", "L3");
}

TEST_F(Ledger, RefusesACheckpointThatCoversNoMore) {
  expect_refused("INSERT INTO checkpoint VALUES(1, 'note')", "checkpoint");
  EXPECT_TRUE(database_.execute("INSERT INTO checkpoint VALUES(3, 'note')"));
}

TEST(Keys, ASecretIsWrittenOnceAndMayOnlyBeRemoved) {
  const TempFolder folder;
  auto database = fresh(folder, std::string(schema::keys_sql));
  ASSERT_TRUE(database.execute("INSERT INTO secret VALUES(0, zeroblob(32))"));
  EXPECT_EQ(database.execute("INSERT INTO secret VALUES(0, zeroblob(32))").error().code, Code::kConflict);
  EXPECT_EQ(database.execute("REPLACE INTO secret VALUES(0, zeroblob(32))").error().code, Code::kConflict);
  EXPECT_EQ(database.execute("UPDATE secret SET secret = zeroblob(32)").error().code, Code::kConflict);
  EXPECT_EQ(database.execute("INSERT INTO secret VALUES(1, zeroblob(31))").error().code, Code::kConflict);
  EXPECT_TRUE(database.execute("DELETE FROM secret WHERE seq = 0"));
}

TEST(Schema, EachFileCarriesItsOwnDigestsAndRunsInTheShell) {
  EXPECT_EQ(schema::ledger_sql_sha256.size(), 64U);
  EXPECT_NE(schema::ledger_sql_sha256, schema::keys_sql_sha256);
  EXPECT_EQ(schema::ledger_sql, support::contents(MUNIMENT_SOURCE_DIR "/schema/ledger.sql"));
}

}  // namespace
}  // namespace muniment::db
