#include "index/projection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <fstream>
#include <random>
#include <set>

#include "index/catalogue.hpp"
#include "index/file.hpp"
#include "index/search.hpp"
#include "ledger/appender.hpp"
#include "support/fake_entropy.hpp"
#include "support/followed_entries.hpp"
#include "support/plain_scan.hpp"
#include "support/small_ledger.hpp"
#include "support/temp_folder.hpp"

namespace muniment::index {
namespace {

using support::FollowedEntries;
using support::matches;
using support::plain_versions;
using support::random_entries;
using support::random_query;

constexpr char kOrigin[] = "archive.wexcombe.example/muniment/1";

std::vector<ledger::Seq> answers(Searcher& searcher, std::string_view text) {
  SearchOptions all;
  all.limit = 0;
  const auto hits = searcher.search(*parse_query(text), all);
  EXPECT_TRUE(hits) << text;
  std::vector<ledger::Seq> seqs;
  for (const auto& hit : hits->hits) seqs.push_back(hit.seq);
  return seqs;
}

std::vector<ledger::Seq> answers(const std::filesystem::path& path, std::string_view text) {
  auto searcher = Searcher::open(path, kOrigin);
  EXPECT_TRUE(searcher);
  return answers(*searcher, text);
}

class Follower : public ::testing::Test {
 protected:
  std::filesystem::path path(const std::string& name = "index.db") const { return folder.path() / name; }
  Projection open(const std::string& name = "index.db") {
    auto projection = Projection::open(path(name), kOrigin, entropy);
    EXPECT_TRUE(projection) << projection.error().what;
    return std::move(*projection);
  }
  support::TempFolder folder;
  support::FakeEntropy entropy;
};

TEST_F(Follower, AnswersAsAPlainScanOfEveryVersionWould) {
  const auto entries = random_entries(11, 600);
  {
    auto projection = open();
    ASSERT_TRUE(projection.apply(entries.all()));
  }
  const auto versions = plain_versions(entries);
  auto searcher = Searcher::open(path(), kOrigin);
  ASSERT_TRUE(searcher);
  std::mt19937 random(12);
  std::size_t found = 0;
  for (int round = 0; round < 400; ++round) {
    const auto text = random_query(random, 0);
    const auto query = parse_query(text);
    if (!query) continue;  // deeper than allowed
    std::set<ledger::Seq> expected;
    for (const auto& [seq, version] : versions)
      if (matches(*query, version)) expected.insert(seq);
    const auto seqs = answers(*searcher, text);
    ASSERT_EQ(std::set<ledger::Seq>(seqs.begin(), seqs.end()), expected) << text;
    found += seqs.size();
  }
  EXPECT_GT(found, 1000U);
}

TEST_F(Follower, GivesTheSameIndexInOneStepOrInMany) {
  const auto entries = random_entries(5, 500);
  {
    auto whole = open("whole.db");
    ASSERT_TRUE(whole.apply(entries.all()));
    auto parts = open("parts.db");
    std::mt19937 random(6);
    while (parts.position() < 500) {
      auto rest = entries.from(parts.position());
      rest.resize(std::min<std::size_t>(rest.size(), 1 + random() % 40));
      ASSERT_TRUE(parts.apply(rest));
    }
    ASSERT_TRUE(parts.settle());
  }
  for (const auto* text : {"w1", "w2 -w3", "is:deleted", "is:unavailable", "is:superseded", "is:edited",
                           "is:current", "\"w1 w2\"", "is:reply", "w1*", "source:town", "from:council"}) {
    auto in_whole = answers(path("whole.db"), text);
    auto in_parts = answers(path("parts.db"), text);
    std::sort(in_whole.begin(), in_whole.end());
    std::sort(in_parts.begin(), in_parts.end());
    EXPECT_EQ(in_whole, in_parts) << text;
  }
  auto whole = Catalogue::open(path("whole.db"), kOrigin);
  auto parts = Catalogue::open(path("parts.db"), kOrigin);
  for (int id = 0; id < 60; ++id) {
    const auto a = *whole->lookup("mastodon", std::to_string(id));
    const auto b = *parts->lookup("mastodon", std::to_string(id));
    ASSERT_EQ(a.has_value(), b.has_value());
    if (!a) continue;
    EXPECT_EQ(a->seq, b->seq);
    EXPECT_EQ(a->state, b->state);
  }
}

TEST_F(Follower, PassesOverWhatItAppliedAndRefusesGaps) {
  const auto entries = random_entries(1, 20);
  auto projection = open();
  auto first = entries.all();
  first.resize(12);
  ASSERT_TRUE(projection.apply(first));
  EXPECT_EQ(projection.position(), 12U);
  ASSERT_TRUE(projection.apply(first));
  EXPECT_EQ(projection.position(), 12U);
  const auto gap = projection.apply(entries.from(14));
  ASSERT_FALSE(gap);
  EXPECT_EQ(gap.error().code, Code::kConflict);
  ASSERT_TRUE(projection.apply(entries.from(5)));
  EXPECT_EQ(projection.position(), 20U);
}

TEST_F(Follower, LetsTwoProcessesFollowTheSameLedger) {
  const auto entries = random_entries(2, 60);
  auto one = open();
  auto other = open();
  auto batch = entries.all();
  batch.resize(30);
  ASSERT_TRUE(one.apply(batch));
  ASSERT_TRUE(other.apply(entries.all()));
  EXPECT_EQ(other.position(), 60U);
  ASSERT_TRUE(one.apply(entries.from(30)));
  EXPECT_EQ(one.position(), 60U);
  EXPECT_FALSE(answers(path(), "w1").empty());
}

TEST_F(Follower, MakesADamagedForeignOrOlderFileAnew) {
  const auto entries = random_entries(3, 40);
  const auto damage = [&](const std::string& how) {
    drop(path()).has_value();
    {
      auto projection = open();
      ASSERT_TRUE(projection.apply(entries.all()));
    }
    if (how == "text") {
      drop(path()).has_value();
      std::ofstream(path()) << "this is a letter, not a database, and it is longer than a header would be";
    } else if (how == "empty") {
      drop(path()).has_value();
      std::ofstream(path()).flush();
    } else if (how == "origin") {
      drop(path()).has_value();
      ASSERT_TRUE(Projection::open(path(), "another.example/1", entropy));
    } else {
      auto database = db::Database::open(path(), db::Open::kWrite);
      ASSERT_TRUE(database->execute(how)) << how;
    }
  };
  for (const std::string how :
       {"text", "empty", "origin", "PRAGMA user_version = 0", "PRAGMA application_id = 7",
        "DELETE FROM follower", "UPDATE follower SET version = 0", "UPDATE follower SET key = x'00'",
        "DROP TABLE follower"}) {
    SCOPED_TRACE(how);
    damage(how);
    auto projection = open();
    EXPECT_EQ(projection.position(), 0U);
    ASSERT_TRUE(projection.apply(entries.all()));
    EXPECT_EQ(projection.position(), 40U);
    EXPECT_FALSE(answers(path(), "w1").empty());
  }
}

TEST_F(Follower, RefusesToSearchAFileOfAnotherVersion) {
  { auto projection = open(); }
  ASSERT_TRUE(db::Database::open(path(), db::Open::kWrite)->execute("PRAGMA user_version = 99"));
  const auto searcher = Searcher::open(path(), kOrigin);
  ASSERT_FALSE(searcher);
  EXPECT_EQ(searcher.error().code, Code::kCorrupt);
}

TEST_F(Follower, GoesOnAfterAnImporterThatKnewNoTreeHash) {
  support::SmallLedger ledger(10);
  const auto size = ledger.reader().head()->size;
  auto projection = Projection::open(path(), support::kTestOrigin, entropy);
  ASSERT_TRUE(projection);
  std::deque<records::Body> bodies;
  std::vector<Decoded> batch;
  ASSERT_TRUE(ledger.reader().each(0, size, [&](const ledger::Entry& entry, const records::Body* body) {
    bodies.push_back(*body);
    Decoded one;
    one.entry.seq = entry.seq;
    one.entry.time = entry.time;
    one.entry.kind = entry.kind;
    one.body = &bodies.back();
    batch.push_back(std::move(one));
    return true;
  }));
  ASSERT_TRUE(projection->apply(batch));
  ledger.append(1);
  std::vector<ledger::Seq> told;
  ASSERT_TRUE(projection->follow(ledger.reader(), [&](ledger::Seq at, ledger::Seq) { told.push_back(at); }));
  EXPECT_EQ(told, std::vector<ledger::Seq>{size + 1});
}

TEST_F(Follower, KeepsTheIndexWhenAnotherProcessWasQuickerWithWhatItWasGiven) {
  support::SmallLedger ledger(10);
  const auto open_it = [&] { return Projection::open(path(), support::kTestOrigin, entropy); };
  auto slow = open_it();
  ASSERT_TRUE(slow);
  ASSERT_TRUE(slow->follow(ledger.reader()));
  const auto from = slow->position();
  ledger.append(5);
  std::deque<records::Body> bodies;
  std::vector<Decoded> batch;
  ASSERT_TRUE(ledger.reader().each(from, ledger.reader().head()->size,
                                   [&](const ledger::Entry& entry, const records::Body* body) {
                                     bodies.push_back(*body);
                                     batch.push_back({entry, &bodies.back(), {}});
                                     return true;
                                   }));
  auto quick = open_it();
  ASSERT_TRUE(quick);
  ASSERT_TRUE(quick->follow(ledger.reader()));
  ASSERT_TRUE(slow->apply(batch));
  const auto keys = slow->keys();
  ledger.append(1);
  ASSERT_TRUE(slow->follow(ledger.reader()));
  EXPECT_EQ(slow->keys(), keys) << "it was made anew";
  EXPECT_EQ(slow->position(), ledger.reader().head()->size);
}

TEST_F(Follower, GoesOnWithTheIndexThatAnotherProcessHasPutInItsPlace) {
  support::SmallLedger ledger(10);
  auto slow = Projection::open(path(), support::kTestOrigin, entropy);
  ASSERT_TRUE(slow);
  ASSERT_TRUE(slow->follow(ledger.reader()));
  auto anew = Projection::anew(path(), support::kTestOrigin, entropy);
  ASSERT_TRUE(anew);
  EXPECT_EQ(anew->position(), 0U);
  ledger.append(1);
  ASSERT_TRUE(slow->follow(ledger.reader()));
  EXPECT_EQ(slow->keys(), anew->keys());
  const auto catalogue = Catalogue::open(path(), support::kTestOrigin);
  ASSERT_TRUE(catalogue);
  EXPECT_EQ(slow->position(), ledger.reader().head()->size);
  ASSERT_TRUE(anew->follow(ledger.reader()));
}

TEST_F(Follower, FollowsALedgerAndStartsAgainWhenItIsAnotherOne) {
  support::SmallLedger ledger(30);
  auto projection = Projection::open(path(), support::kTestOrigin, entropy);
  ASSERT_TRUE(projection);
  std::vector<ledger::Seq> told;
  ASSERT_TRUE(projection->follow(ledger.reader(), [&](ledger::Seq at, ledger::Seq) { told.push_back(at); }));
  EXPECT_EQ(told, std::vector<ledger::Seq>{projection->position()});
  EXPECT_EQ(projection->position(), ledger.reader().head()->size);
  ledger.append(5);
  ASSERT_TRUE(projection->follow(ledger.reader()));
  EXPECT_EQ(projection->position(), ledger.reader().head()->size);

  support::SmallLedger shorter(10);
  ASSERT_TRUE(projection->follow(shorter.reader()));
  EXPECT_EQ(projection->position(), shorter.reader().head()->size);
}

}  // namespace
}  // namespace muniment::index
