#include "index/projection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "index/catalogue.hpp"
#include "index/file.hpp"
#include "index/search.hpp"
#include "ledger/appender.hpp"
#include "support/fake_entropy.hpp"
#include "support/followed_entries.hpp"
#include "support/small_ledger.hpp"
#include "support/temp_folder.hpp"

namespace muniment::index {
namespace {

using support::FollowedEntries;
using support::small_post;

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

// A few hundred entries: captures, edits and events about few items, with few words.
FollowedEntries random_entries(std::uint32_t seed, int count) {
  std::mt19937 random(seed);
  FollowedEntries entries;
  for (int i = 0; i < count; ++i) {
    const auto id = std::to_string(random() % 60);
    std::string text;
    for (std::size_t n = 1 + random() % 6; n > 0; --n) text += "w" + std::to_string(random() % 12) + " ";
    auto item = small_post(id, text, static_cast<int>(random() % 5000));
    if (random() % 3 == 0) item.reply_to = std::to_string(random() % 60);
    switch (random() % 8) {
      case 0:
        entries.event(ledger::kind::kDeletion, "mastodon", id);
        break;
      case 1:
        entries.event(ledger::kind::kBarred, "mastodon", id);
        break;
      case 2:
        entries.event(ledger::kind::kSeenAgain, "mastodon", id, text);
        break;
      case 3:
        entries.edit(item, text, "town");
        break;
      default:
        entries.capture(item, text);
        break;
    }
  }
  return entries;
}

// The words and states of versions, kept plainly: what a search must answer.
struct Plain {
  std::string words;
  bool reply = false;
  bool edited = false;
  std::string state = "current";
  std::int64_t posted = 0;
};

std::map<ledger::Seq, Plain> plain_versions(const FollowedEntries& entries) {
  std::map<ledger::Seq, Plain> versions;
  std::map<std::string, ledger::Seq> newest;
  for (const auto& one : entries.all()) {
    const std::string id(*records::value_of(*one.body, "id"));
    const auto before = newest.find(id);
    const bool version = one.entry.kind == ledger::kind::kCapture || one.entry.kind == ledger::kind::kEdit;
    if (version) {
      if (before != newest.end()) versions[before->second].state = "superseded";
      Plain plain;
      plain.words = " " + std::string(*records::value_of(*one.body, "text"));
      plain.reply = records::value_of(*one.body, "reply.to").has_value();
      plain.edited = one.entry.kind == ledger::kind::kEdit;
      versions[one.entry.seq] = plain;
      newest[id] = one.entry.seq;
    } else if (before != newest.end()) {
      auto& state = versions[before->second].state;
      state = one.entry.kind == ledger::kind::kDeletion ? "deleted"
              : one.entry.kind == ledger::kind::kBarred ? "unavailable"
                                                        : "current";
    }
  }
  return versions;
}

bool matches(const Node& node, const Plain& version) {
  switch (node.kind) {
    case Node::Kind::kText: {
      const auto at = version.words.find(" " + node.text + (node.prefix ? "" : " "));
      return at != std::string::npos;
    }
    case Node::Kind::kFilter:
      if (node.text == "reply") return version.reply;
      if (node.text == "edited") return version.edited || version.state == "superseded";
      return version.state == node.text;
    case Node::Kind::kNot:
      return !matches(node.parts[0], version);
    case Node::Kind::kAnd:
      return std::all_of(node.parts.begin(), node.parts.end(),
                         [&](const Node& n) { return matches(n, version); });
    case Node::Kind::kOr:
      break;
  }
  return std::any_of(node.parts.begin(), node.parts.end(),
                     [&](const Node& n) { return matches(n, version); });
}

std::string random_query(std::mt19937& random, int depth) {
  static const char* const kStates[] = {"is:reply",       "is:edited",  "is:deleted",
                                        "is:unavailable", "is:current", "is:superseded"};
  switch (depth > 3 ? random() % 4 : random() % 8) {
    case 0:
      return kStates[random() % 6];
    case 1:
      return "w" + std::to_string(random() % 2) + "*";
    case 2:
      return "\"w" + std::to_string(random() % 12) + " w" + std::to_string(random() % 12) + "\"";
    case 3:
      return "w" + std::to_string(random() % 14);
    case 4:
      return "NOT " + random_query(random, depth + 1);
    case 5:
      return "(" + random_query(random, depth + 1) + " OR " + random_query(random, depth + 1) + ")";
    default:
      return "(" + random_query(random, depth + 1) + " " + random_query(random, depth + 1) + ")";
  }
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
