// Reading where nothing can be written: on a disk that is read-only, or with an account that may only read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <optional>

#include "db/database.hpp"
#include "db/no_traces.hpp"
#include "support/read_only.hpp"
#include "support/temp_folder.hpp"

namespace muniment::db {
namespace {

using support::ReadOnly;
using support::TempFolder;
using testing::ElementsAre;
using testing::HasSubstr;

namespace fs = std::filesystem;

// One row in the file, and a second one still in its log.
class ReadOnlyFolder : public testing::Test {
 protected:
  ReadOnlyFolder() {
    fs::create_directory(made);
    writer.emplace(*Database::open(made / "a.db", Open::kCreate));
    EXPECT_TRUE(
        writer->execute("PRAGMA journal_mode=WAL; CREATE TABLE t(x); INSERT INTO t VALUES(1);"
                        "PRAGMA wal_checkpoint(TRUNCATE)"));
    EXPECT_TRUE(writer->execute("INSERT INTO t VALUES(2)"));
  }
  void copy(std::initializer_list<const char*> names) {
    fs::create_directory(copied);
    for (const auto* name : names) fs::copy_file(made / name, copied / name);
  }
  static Result<std::int64_t> rows(const fs::path& folder) {
    auto database = Database::open(folder / "a.db", Open::kRead);
    if (!database) return database.error();
    return database->integer("SELECT count(*) FROM t");
  }
  static std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }

  TempFolder folder;
  fs::path made = folder / "made";
  fs::path copied = folder / "a copy, 100 % #1?";  // what has a meaning in SQLite's names
  std::optional<Database> writer;
};

#define MUNIMENT_READ_ONLY(name, folder) \
  const ReadOnly name(folder);           \
  if (!name.arranged()) GTEST_SKIP() << "this account can neither mount nor be kept from writing"

TEST_F(ReadOnlyFolder, AFileWithoutALogIsRead) {
  writer.reset();
  copy({"a.db"});
  MUNIMENT_READ_ONLY(seen, copied);
  const auto found = rows(seen.path());
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_EQ(*found, 2);
  EXPECT_THAT(names_in(copied), ElementsAre("a.db"));
}

TEST_F(ReadOnlyFolder, WhatIsStillInTheLogIsReadToo) {
  copy({"a.db", "a.db-wal"});
  MUNIMENT_READ_ONLY(seen, copied);
  const auto found = rows(seen.path());
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_EQ(*found, 2) << "without its log the file has one row";
  EXPECT_THAT(names_in(copied), ElementsAre("a.db", "a.db-wal"));
}

TEST_F(ReadOnlyFolder, AnEmptyLogIsNone) {
  writer.reset();
  copy({"a.db"});
  { const std::ofstream empty(copied / "a.db-wal"); }
  MUNIMENT_READ_ONLY(seen, copied);
  const auto found = rows(seen.path());
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_EQ(*found, 2);
}

TEST_F(ReadOnlyFolder, IsNotWrittenTo) {
  writer.reset();
  copy({"a.db"});
  MUNIMENT_READ_ONLY(seen, copied);
  auto reading = Database::open(seen.path() / "a.db", Open::kRead);
  ASSERT_TRUE(reading) << reading.error().what;
  EXPECT_FALSE(reading->execute("INSERT INTO t VALUES(3)"));
}

// Whoever reads without a lock must not go on when somebody writes on the other side of the mount.
TEST_F(ReadOnlyFolder, AWriterElsewhereEndsTheReading) {
  writer.reset();
  copy({"a.db"});
  const ReadOnly seen(copied);
  if (!seen.arranged() || seen.path() == copied)
    GTEST_SKIP() << "this account cannot mount a folder that others can still write in";
  auto reading = Database::open(seen.path() / "a.db", Open::kRead);
  ASSERT_TRUE(reading) << reading.error().what;
  ASSERT_TRUE(reading->is_unlocked());
  auto select = reading->prepare("SELECT x FROM t");
  ASSERT_TRUE(select && *select->step());
  auto other = Database::open(copied / "a.db", Open::kWrite);
  ASSERT_TRUE(other && other->execute("INSERT INTO t VALUES(3)"));
  const auto further = select->step();
  ASSERT_FALSE(further);
  EXPECT_EQ(further.error().code, Code::kUnavailable);
  EXPECT_THAT(further.error().what, HasSubstr("another program wrote to"));
  EXPECT_FALSE(further.error().hint.empty());
}

// A folder that can be written is read with SQLite's locks, whatever lies in it.
TEST_F(ReadOnlyFolder, IsNeverTakenForOneThatCanBeWritten) {
  copy({"a.db"});
  const auto reading = Database::open(copied / "a.db", Open::kRead);
  ASSERT_TRUE(reading);
  EXPECT_FALSE(reading->is_unlocked());
}

TEST_F(ReadOnlyFolder, ThatLacksTheFileSaysSo) {
  copy({});
  MUNIMENT_READ_ONLY(seen, copied);
  EXPECT_EQ(rows(seen.path()).error().code, Code::kNotFound);
}

TEST_F(ReadOnlyFolder, WithAFileThatIsNoDatabaseSaysThatItIsDamaged) {
  copy({});
  { std::ofstream(copied / "a.db") << std::string(4096, 'x'); }
  MUNIMENT_READ_ONLY(seen, copied);
  EXPECT_EQ(rows(seen.path()).error().code, Code::kCorrupt);
}

class NoTracesLeft : public ReadOnlyFolder {
 protected:
  void read_and_leave() {
    const NoTraces none(copied / "a.db");
    ASSERT_TRUE(rows(copied));
  }
};

TEST_F(NoTracesLeft, OfACopyThatWasRead) {
  writer.reset();
  copy({"a.db"});
  const auto before = support::contents(copied / "a.db");
  read_and_leave();
  EXPECT_THAT(names_in(copied), ElementsAre("a.db"));
  EXPECT_EQ(support::contents(copied / "a.db"), before);
}

TEST_F(NoTracesLeft, AndALogThatWasThereStaysAsItWas) {
  copy({"a.db", "a.db-wal"});
  const auto before = support::contents(copied / "a.db"), log = support::contents(copied / "a.db-wal");
  read_and_leave();
  EXPECT_THAT(names_in(copied), ElementsAre("a.db", "a.db-wal"));
  EXPECT_EQ(support::contents(copied / "a.db"), before);
  EXPECT_EQ(support::contents(copied / "a.db-wal"), log);
}

TEST_F(NoTracesLeft, ButWhatSomebodyElseUsesStays) {
  writer.reset();
  copy({"a.db"});
  std::optional<Database> other;
  {
    const NoTraces none(copied / "a.db");
    other.emplace(*Database::open(copied / "a.db", Open::kWrite));
    ASSERT_TRUE(other->execute("INSERT INTO t VALUES(3)"));
  }
  EXPECT_THAT(names_in(copied), ElementsAre("a.db", "a.db-shm", "a.db-wal"));
  EXPECT_EQ(*rows(copied), 3);
}

}  // namespace
}  // namespace muniment::db
