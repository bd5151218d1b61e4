#include "ledger/sqlite_store.hpp"

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <vector>

#include "ledger/tree.hpp"
#include "support/faulty_disk.hpp"
#include "support/small_ledger.hpp"

namespace muniment::ledger {
namespace {

using support::FaultyDisk;
using support::SmallLedger;

// Every root, tile and body of a ledger, checked against plain recomputation.
void expect_sound(SqliteStore& store) {
  Reader reader(store);
  const auto head = reader.head();
  ASSERT_TRUE(head) << head.error().what;
  std::vector<base::Hash> leaves;
  ASSERT_TRUE(reader.each(0, head->size, [&](const Entry& entry, const records::Body* body) {
    EXPECT_NE(body, nullptr) << entry.seq;
    EXPECT_EQ(entry.seq, leaves.size());
    EXPECT_EQ(entry.root, tree_hash(leaves));
    leaves.push_back(leaf_hash(reader.origin(), entry));
    return true;
  }));
  EXPECT_EQ(leaves.size(), head->size);
  EXPECT_EQ(head->root, tree_hash(leaves));
  for (Seq seq = 0; seq < head->size; ++seq) EXPECT_TRUE(reader.body(seq));
}
void expect_sound(SmallLedger& ledger) {
  expect_sound(*ledger.open(false));
}

TEST(SqliteStore, WhatIsAppendedIsThereWhenOpenedAgain) {
  SmallLedger ledger(3);
  ledger.append(5);
  expect_sound(ledger);
  EXPECT_EQ(ledger.open()->head()->size, 8U);
}

TEST(SqliteStore, RefusesABatchWhenTheHeadHasMoved) {
  SmallLedger ledger(2);
  auto other = ledger.open();
  const auto before = *other->head();
  ledger.append(1);
  Sealer sealer(ledger.entropy);
  const std::vector<Draft> drafts = {support::small_draft(9)};
  std::vector<Sealed> batch;
  sealer.seal(before.size, drafts, batch);
  const auto outcome = other->append(before, ledger.clock.now(), batch);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, Code::kConflict);
  EXPECT_EQ(other->head()->size, 3U);
  expect_sound(ledger);
}

TEST(SqliteStore, AClockThatWentBackwardsRepeatsTheLastTime) {
  SmallLedger ledger(1);
  const auto first = ledger.reader().entry(0)->time;
  ledger.clock.advance(std::chrono::hours(-30));
  ledger.append(1);
  EXPECT_EQ(ledger.reader().entry(1)->time, first);
}

TEST(SqliteStore, KeepsTilesAcrossTheirBoundaries) {
  SmallLedger ledger(250);
  for (int i = 0; i < 12; ++i) ledger.append(1);
  ledger.append(260);
  expect_sound(ledger);
  EXPECT_TRUE(ledger.store().tile(0, 1));
  EXPECT_EQ(ledger.store().tile(0, 2).error().code, Code::kNotFound);
}

// What one statement may hold is bounded (sqlite_store.cpp): small ones among large ones keep their places.
TEST(SqliteStore, KeepsLargeBodiesAmongManySmallOnes) {
  SmallLedger ledger(1);
  std::vector<Draft> drafts;
  for (int i = 0; i < 100; ++i) {
    drafts.push_back(support::small_draft(i));
    std::string noise(i % 9 == 4 ? 3U << 20 : 20, '\0');
    ledger.entropy.fill(std::span(reinterpret_cast<std::uint8_t*>(noise.data()), noise.size()));
    records::BodyBuilder body;
    body.add_bytes("raw", noise).add_number("number", static_cast<std::uint64_t>(i));
    drafts.back().body = body.build();
  }
  ASSERT_TRUE(ledger.appender().append([&](const Head&) -> Result<std::vector<Draft>> { return drafts; }));
  expect_sound(ledger);
  for (std::uint64_t i = 0; i < 100; ++i)
    EXPECT_EQ(records::value_of(*ledger.reader().body(i + 1), "number"), std::to_string(i));
}

TEST(SqliteStore, TheDatabaseItselfRefusesChanges) {
  SmallLedger ledger(3);
  auto database = db::Database::open(ledger.files().ledger, db::Open::kWrite);
  ASSERT_TRUE(database);
  for (const char* sql : {
           "UPDATE entry SET kind = 'x' WHERE seq = 1",
           "DELETE FROM entry WHERE seq = 2",
           "INSERT OR REPLACE INTO entry SELECT seq, time, 'x', root, commitment FROM entry WHERE seq = 2",
           "INSERT INTO entry SELECT seq + 7, time, kind, root, commitment FROM entry WHERE seq = 2",
           "INSERT INTO entry SELECT seq + 1, time - 9, kind, root, commitment FROM entry WHERE seq = 2",
           "UPDATE body SET sealed = x'00'",
           "DELETE FROM body",
           "INSERT OR REPLACE INTO body VALUES (1, x'00')",
           "INSERT INTO body VALUES (99, x'00')",
           "UPDATE archive SET origin = 'x'",
           "INSERT OR REPLACE INTO archive VALUES (1, 'x', 'y')",
           "DELETE FROM archive",
       }) {
    const auto outcome = database->execute(sql);
    ASSERT_FALSE(outcome) << sql;
    EXPECT_EQ(outcome.error().code, Code::kConflict) << sql;
  }
  expect_sound(ledger);
}

TEST(SqliteStore, OpeningNeverCreatesAndTellsAStrangersFileApart) {
  support::TempFolder folder;
  const SqliteFiles files{folder.path() / "ledger.db", folder.path() / "keys.db", {}, 10'000};
  EXPECT_EQ(SqliteStore::open(files, true).error().code, Code::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(files.ledger));
  auto stranger = db::Database::open(files.ledger, db::Open::kCreate);
  ASSERT_TRUE(stranger && stranger->execute("CREATE TABLE t(a)"));
  EXPECT_EQ(SqliteStore::open(files, true).error().code, Code::kInvalid);
}

TEST(SqliteStore, SweepsSecretsWhoseEntriesWereNeverWritten) {
  SmallLedger ledger(2);
  {
    auto keys = db::Database::open(ledger.files().keys, db::Open::kWrite);
    ASSERT_TRUE(keys && keys->execute("INSERT INTO secret VALUES (2, zeroblob(32)), (3, zeroblob(32))"));
  }
  const auto store = ledger.open();
  EXPECT_TRUE(store->secret(2)) << "opening alone removes nothing: the ledger may be an older copy";
  ASSERT_TRUE(store->sweep_orphans());
  EXPECT_EQ(store->secret(2).error().code, Code::kNotFound);
  EXPECT_TRUE(store->secret(1));
}

// One entry, and so many that they go into the tables thirty-two a statement.
constexpr int kCounts[] = {1, 70};

Status append_once(SmallLedger& ledger, int count) {
  const auto appended = ledger.appender().append([&](const Head&) -> Result<std::vector<Draft>> {
    std::vector<Draft> drafts;
    for (int i = 0; i < count; ++i) drafts.push_back(support::small_draft(100 + i));
    return drafts;
  });
  return appended ? Status() : appended.error();
}

// For n = 0, 1, 2 … the n-th write, sync, truncate or delete fails; whatever the appender then says, the
// ledger is sound, "done" is true, and asking again neither loses nor doubles.
void fail_every_disk_call(FaultyDisk::Fails how, bool disk_full, int count) {
  const Seq before = 3;
  const Seq after = before + static_cast<Seq>(count);
  int faults = 0;
  for (int nth = 0;; ++nth) {
    SCOPED_TRACE(std::to_string(count) + " entries, fault " + std::to_string(nth));
    SmallLedger ledger(3, FaultyDisk::vfs());
    FaultyDisk::arm(nth, how, disk_full);
    const auto outcome = append_once(ledger, count);
    const bool fired = FaultyDisk::disarm();
    const auto size = ledger.open()->head()->size;
    if (outcome) EXPECT_EQ(size, after);
    EXPECT_TRUE(size == before || size == after) << size;
    expect_sound(ledger);
    if (!outcome && size == before) {
      EXPECT_TRUE(append_once(ledger, count));
      EXPECT_EQ(ledger.open()->head()->size, after);
      expect_sound(ledger);
    }
    if (!fired) break;
    ++faults;
  }
  EXPECT_GE(faults, 4);
  ::testing::Test::RecordProperty("faults of " + std::to_string(count), faults);
}

TEST(SqliteStoreFaults, TheLedgerStaysSoundWhicheverDiskCallFailsOnce) {
  for (const int count : kCounts) fail_every_disk_call(FaultyDisk::Fails::kOnce, false, count);
}
TEST(SqliteStoreFaults, TheLedgerStaysSoundWhenTheDiskFailsForGood) {
  for (const int count : kCounts) fail_every_disk_call(FaultyDisk::Fails::kFromThenOn, false, count);
}
TEST(SqliteStoreFaults, TheLedgerStaysSoundWhenTheDiskIsFull) {
  for (const int count : kCounts) fail_every_disk_call(FaultyDisk::Fails::kFromThenOn, true, count);
}

// The same while SQLite moves the log into the database: there an error may follow a commit that held.
TEST(SqliteStoreFaults, TheLedgerStaysSoundWhenACheckpointFallsIntoTheAppend) {
  for (int nth = 0;; ++nth) {
    SCOPED_TRACE(nth);
    SmallLedger ledger(40, FaultyDisk::vfs());
    auto store = ledger.open();
    Appender appender(*store, ledger.clock, ledger.entropy);
    auto database = db::Database::open(ledger.files().ledger, db::Open::kWrite, 10'000, FaultyDisk::vfs());
    ASSERT_TRUE(database);
    FaultyDisk::arm(nth, FaultyDisk::Fails::kOnce);
    const auto outcome = appender.append(support::small_draft(100));
    (void)database->execute("PRAGMA wal_checkpoint(TRUNCATE)").has_value();
    const bool fired = FaultyDisk::disarm();
    const auto size = ledger.open()->head()->size;
    if (outcome) EXPECT_EQ(size, 41U);
    expect_sound(ledger);
    if (!fired) break;
  }
}

// The files as a process killed now would leave them: all that was written, nothing of what it knew.
SqliteFiles copy_as_killed(const SqliteFiles& from, const std::filesystem::path& to) {
  std::filesystem::create_directory(to);
  for (const auto& file : {from.ledger, from.keys})
    for (const auto* end : {"", "-wal"})
      if (std::filesystem::exists(file.string() + end))
        std::filesystem::copy_file(file.string() + end, (to / file.filename()).string() + end);
  return {to / from.ledger.filename(), to / from.keys.filename(), {}, 10'000};
}

// An append fails at disk call n; the next is killed at its disk call m: for every n and m.  What failed may
// come back out of SQLite's log, and then it must still have its secrets.
TEST(SqliteStoreFaults, ARetryThatIsKilledAnywhereLosesNoWordOfWhatTheFailureLeft) {
  int killed = 0;
  for (int nth = 0;; ++nth) {
    SmallLedger ledger(3, FaultyDisk::vfs());
    FaultyDisk::arm(nth, FaultyDisk::Fails::kOnce);
    const auto failed = ledger.appender().append(support::small_draft(100));
    if (!FaultyDisk::disarm()) break;
    std::vector<SqliteFiles> copies;
    FaultyDisk::before_each_call([&] {
      copies.push_back(
          copy_as_killed(ledger.files(), ledger.folder() / ("copy" + std::to_string(copies.size()))));
    });
    const auto again = ledger.appender().append(support::small_draft(101));
    FaultyDisk::before_each_call({});
    EXPECT_TRUE(again) << again.error().what;
    expect_sound(ledger);
    for (std::size_t m = 0; m < copies.size(); ++m) {
      SCOPED_TRACE("fault " + std::to_string(nth) + ", killed at call " + std::to_string(m));
      auto store = SqliteStore::open(copies[m], true);
      ASSERT_TRUE(store) << store.error().what;
      const auto size = (*store)->head()->size;
      EXPECT_GE(size, failed ? 4U : 3U);
      EXPECT_LE(size, failed ? 5U : 4U);
      expect_sound(**store);
      Appender appender(**store, ledger.clock, ledger.entropy);
      EXPECT_TRUE(appender.append(support::small_draft(102)));
      expect_sound(**store);
      ++killed;
    }
  }
  EXPECT_GE(killed, 50);
  ::testing::Test::RecordProperty("killed", killed);
}

}  // namespace
}  // namespace muniment::ledger
