#include "index/comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "db/database.hpp"
#include "index/file.hpp"
#include "support/followed_entries.hpp"
#include "support/plain_scan.hpp"
#include "support/small_ledger.hpp"
#include "support/temp_folder.hpp"

namespace muniment::index {
namespace {

using support::FollowedEntries;
using support::small_post;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Compared : public ::testing::Test {
 protected:
  // In one append.
  void append(const FollowedEntries& entries, ledger::Seq from = 0) {
    auto done = ledger.appender().append([&](const ledger::Head&) -> Result<std::vector<ledger::Draft>> {
      std::vector<ledger::Draft> drafts;
      for (const auto& entry : entries.from(from)) drafts.push_back({entry.entry.kind, *entry.body});
      return drafts;
    });
    ASSERT_TRUE(done) << done.error().what;
  }
  void follow() {
    auto projection = Projection::open(path(), support::kTestOrigin, ledger.entropy);
    ASSERT_TRUE(projection);
    ASSERT_TRUE(projection->follow(ledger.reader()));
  }
  void change(const std::string& sql) {
    ASSERT_TRUE(db::Database::open(path(), db::Open::kWrite)->execute(sql)) << sql;
  }
  Comparison compare() {
    auto compared =
        compare_with_new(path(), scratch(), support::kTestOrigin, ledger.reader(), ledger.entropy);
    EXPECT_TRUE(compared) << compared.error().what;
    return compared ? *compared : Comparison{};
  }
  std::vector<std::string> rows_that_differ() {
    std::vector<std::string> out;
    for (const auto& difference : compare().differences) out.push_back(difference.rows);
    return out;
  }
  std::filesystem::path path() const { return ledger.folder() / "index.db"; }
  std::filesystem::path scratch() const { return ledger.folder() / "index-check.db"; }
  support::SmallLedger ledger;
};

TEST_F(Compared, IsTheSameHoweverTheEntriesCame) {
  const auto entries = support::random_entries(21, 500);
  std::mt19937 random(22);
  for (ledger::Seq at = 0; at < 500;) {
    const auto end = std::min<ledger::Seq>(500, at + 1 + random() % 60);
    auto done = ledger.appender().append([&](const ledger::Head&) -> Result<std::vector<ledger::Draft>> {
      std::vector<ledger::Draft> drafts;
      for (const auto& entry : entries.from(at))
        if (entry.entry.seq < end) drafts.push_back({entry.entry.kind, *entry.body});
      return drafts;
    });
    ASSERT_TRUE(done) << done.error().what;
    follow();
    at = end;
  }
  const auto compared = compare();
  EXPECT_THAT(compared.differences, IsEmpty());
  EXPECT_EQ(compared.position, 500U);
}

TEST_F(Compared, NamesWhateverWasChangedAndTheEntryItIsAbout) {
  append(support::random_entries(23, 300));
  const std::pair<std::string, std::string> changes[] = {
      {"DELETE FROM document WHERE doc = (SELECT max(doc) FROM document)", "versions of items"},
      {"UPDATE document SET state = 2 WHERE doc = (SELECT min(doc) FROM document WHERE state = 0)",
       "versions of items"},
      {"UPDATE document SET seq = seq + 1 WHERE doc = (SELECT min(doc) FROM document)", "versions of items"},
      {"DELETE FROM item_young WHERE key = (SELECT min(key) FROM item_young)", "items"},
      {"INSERT INTO item_old SELECT key + 1, seq, doc, state, content, raw FROM item_young LIMIT 1", "items"},
      {"DELETE FROM history WHERE seq = (SELECT max(seq) FROM history)", "events of items"},
      {"DELETE FROM platform", "platforms"},
      {"DELETE FROM account_name WHERE name = (SELECT min(name) FROM account_name)", "names of accounts"},
      {"UPDATE source SET state = 0", "sources"},
      {"DELETE FROM held", "items held by sources"},
      {"INSERT INTO registered(kind, seq) VALUES ('gap', 3)", "entries in registers"},
      {"UPDATE part SET newest = oldest", "parts of the words"},
      {"UPDATE part SET documents = documents + 1", "parts of the words"},
  };
  for (const auto& [sql, rows] : changes) {
    SCOPED_TRACE(sql);
    ASSERT_TRUE(drop(path()));
    follow();
    ASSERT_THAT(rows_that_differ(), IsEmpty());
    change(sql);
    EXPECT_THAT(rows_that_differ(), ::testing::Contains(rows));
  }
}

TEST_F(Compared, FindsAWordThatWasTakenOutOfAVersion) {
  FollowedEntries entries;
  entries.capture(small_post("1", "water in Mill Lane"));
  const auto about = entries.capture(small_post("2", "the pump in Mill Lane", 1));
  append(entries);
  follow();
  change(
      "INSERT INTO words_0(words_0, rowid, body, author, tags) SELECT 'delete', p.base - d.doc, 'pump', '', "
      "'' "
      "FROM document d, part p WHERE d.seq = " +
      std::to_string(about));
  const auto compared = compare();
  ASSERT_EQ(compared.differences.size(), 1U);
  EXPECT_EQ(compared.differences[0].rows, "versions of items by their words");
  EXPECT_EQ(compared.differences[0].missing, 1U);
  EXPECT_EQ(compared.differences[0].entry, about);
}

TEST_F(Compared, SaysOfACaptureThatTheOneBeforeSaidTheSame) {
  FollowedEntries entries;
  entries.capture(small_post("1", "water"));
  entries.capture(small_post("2", "pump"));
  const auto again = entries.capture(small_post("1", "water"));
  entries.event(ledger::kind::kDeletion, "mastodon", "2");
  entries.capture(small_post("2", "pump"));
  entries.edit(small_post("1", "no water"));
  append(entries);
  follow();
  EXPECT_THAT(compare().twice, ElementsAre(again));
}

TEST_F(Compared, IsTheSameForFormerVersionsThatCameOneByOne) {
  FollowedEntries entries;
  auto former = small_post("1#as-of-2026-03-01", "The ferry sails at nine");
  former.edit_of = "1";
  entries.capture(former);
  former.text = "The ferry sails at eight";
  entries.edit(former);
  entries.event(ledger::kind::kSeenAgain, "mastodon", former.id, "{ }");
  for (ledger::Seq at = 0; at < 3; ++at) {
    auto done = ledger.appender().append([&](const ledger::Head&) -> Result<std::vector<ledger::Draft>> {
      return std::vector<ledger::Draft>{
          {entries.from(at).front().entry.kind, *entries.from(at).front().body}};
    });
    ASSERT_TRUE(done) << done.error().what;
    follow();
  }
  EXPECT_THAT(compare().differences, IsEmpty());
}

TEST_F(Compared, LooksAtWhatTheIndexHasComeToAndNoFurther) {
  append(support::random_entries(24, 40));
  follow();
  append(support::random_entries(25, 20));
  const auto compared = compare();
  EXPECT_EQ(compared.position, 40U);
  EXPECT_THAT(compared.differences, IsEmpty());
}

TEST_F(Compared, LeavesNothingBehindAndReplacesWhatAKilledRunLeft) {
  append(support::random_entries(26, 30));
  follow();
  std::ofstream(scratch()) << "left by a run that was killed";
  EXPECT_THAT(rows_that_differ(), IsEmpty());
  for (const auto* suffix : {"", "-wal", "-shm", "-lock"})
    EXPECT_FALSE(std::filesystem::exists(scratch().string() + suffix)) << suffix;
}

TEST_F(Compared, SaysThatThereIsNoIndex) {
  const auto compared =
      compare_with_new(path(), scratch(), support::kTestOrigin, ledger.reader(), ledger.entropy);
  ASSERT_FALSE(compared);
  EXPECT_EQ(compared.error().code, Code::kNotFound);
}

}  // namespace
}  // namespace muniment::index
