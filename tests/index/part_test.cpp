#include "index/part.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "index/file.hpp"
#include "index/projection.hpp"
#include "index/search.hpp"
#include "support/fake_entropy.hpp"
#include "support/plain_scan.hpp"
#include "support/temp_folder.hpp"

namespace muniment::index {
namespace {

using support::FollowedEntries;
using support::PlainVersion;
using support::small_post;
using Seqs = std::vector<ledger::Seq>;

constexpr char kOrigin[] = "archive.wexcombe.example/muniment/1";

// A limit on the dates, and the dates it leaves.
struct Window {
  const char* query;
  const char* from;
  const char* to;
};
constexpr Window kWindows[] = {{"", "", "9"},
                               {" on:2026-03-02", "2026-03-02", "2026-03-03"},
                               {" after:2026-03-03", "2026-03-03", "9"},
                               {" before:2026-03-02", "", "2026-03-02"},
                               {" on:2025", "2025", "2026"}};

class Parts : public ::testing::Test {
 protected:
  std::filesystem::path path() const { return folder.path() / "index.db"; }

  Projection open(std::int64_t part_documents) {
    auto projection = Projection::open(path(), kOrigin, entropy, part_documents);
    EXPECT_TRUE(projection) << projection.error().what;
    return std::move(*projection);
  }
  void apply_rest(Projection& projection, std::size_t most) {
    auto batch = entries.from(projection.position());
    batch.resize(std::min(batch.size(), most));
    const auto applied = projection.apply(batch);
    ASSERT_TRUE(applied) << applied.error().what;
  }
  Searcher searcher() {
    auto opened = Searcher::open(path(), kOrigin);
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }
  std::vector<Part> parts() {
    auto database = db::Database::open(path(), db::Open::kRead);
    return *read_parts(*database);
  }
  // One part each, whatever their number.
  void write_one_by_one(std::initializer_list<records::Interaction> posts) {
    auto projection = open(1);
    for (const auto& post : posts) {
      entries.capture(post);
      apply_rest(projection, 1);
    }
  }

  support::TempFolder folder;
  support::FakeEntropy entropy;
  FollowedEntries entries;
};

// Newest first; of one moment, the later entry first.
Seqs expected(const std::map<ledger::Seq, PlainVersion>& versions, const Node& query, const Window& window) {
  Seqs seqs;
  for (const auto& [seq, version] : versions)
    if (version.posted >= window.from && version.posted < window.to && matches(query, version))
      seqs.push_back(seq);
  std::sort(seqs.begin(), seqs.end(), [&](ledger::Seq a, ledger::Seq b) {
    const auto& one = versions.at(a).posted;
    const auto& other = versions.at(b).posted;
    return one != other ? one > other : a > b;
  });
  return seqs;
}

Seqs in_pages(Searcher& searcher, const Node& query, std::size_t limit) {
  SearchOptions options;
  options.limit = limit;
  Seqs seqs;
  for (;;) {
    const auto page = searcher.search(query, options);
    EXPECT_TRUE(page) << page.error().what;
    if (!page) return seqs;
    for (const auto& hit : page->hits) seqs.push_back(hit.seq);
    if (!page->more) return seqs;
    EXPECT_EQ(page->hits.size(), limit);
    options.after = page->next;
  }
}

TEST_F(Parts, AnswerPageByPageWhatAPlainScanWouldInItsOrder) {
  std::size_t found = 0;
  for (std::uint32_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    (void)drop(path()).has_value();
    entries = support::random_entries(seed, 700);
    {
      auto projection = open(static_cast<std::int64_t>(1 + random() % 60));
      while (projection.position() < 700) apply_rest(projection, 1 + random() % 50);
    }
    EXPECT_GT(parts().size(), 8U);
    const auto versions = support::plain_versions(entries);
    auto index = searcher();
    for (int round = 0; round < 80; ++round) {
      const auto& window = kWindows[random() % std::size(kWindows)];
      const auto text = support::random_query(random);
      const auto plain = parse_query(text);
      const auto query = parse_query("(" + text + ")" + window.query);
      if (!plain || !query) continue;  // deeper than allowed
      const auto seqs = expected(versions, *plain, window);
      ASSERT_EQ(in_pages(index, *query, 1 + random() % 30), seqs) << text << window.query;
      ASSERT_EQ(in_pages(index, *query, 0), seqs) << text << window.query;
      ASSERT_EQ(index.count(*query)->number, seqs.size()) << text << window.query;
      found += seqs.size();
    }
  }
  EXPECT_GT(found, 10'000U);
}

TEST_F(Parts, LookIntoEveryPartThatMayHoldANewerMatch) {
  write_one_by_one({small_post("1", "grit", 50), small_post("2", "grit", 10), small_post("3", "grit", 90),
                    small_post("4", "grit", 20), small_post("5", "salt", 95)});
  EXPECT_EQ(parts().size(), 5U);
  auto index = searcher();
  EXPECT_EQ(in_pages(index, *parse_query("grit"), 1), (Seqs{2, 0, 3, 1}));
  EXPECT_EQ(in_pages(index, *parse_query("gri*"), 2), (Seqs{2, 0, 3, 1}));
}

TEST_F(Parts, RankMatchesOfAllPartsTogether) {
  write_one_by_one(
      {small_post("1", "grit grit grit", 50), small_post("2", "grit", 60), small_post("3", "grit grit", 70)});
  auto index = searcher();
  SearchOptions best;
  best.order = Order::kRelevance;
  const auto hits = index.search(*parse_query("grit"), best);
  ASSERT_TRUE(hits);
  ASSERT_EQ(hits->hits.size(), 3U);
  EXPECT_EQ(hits->hits[0].seq, 0U);
  EXPECT_EQ(hits->hits[1].seq, 2U);
  EXPECT_EQ(hits->hits[2].seq, 1U);
}

TEST_F(Parts, AreFilledBeforeAnotherIsBegun) {
  for (int i = 0; i < 25; ++i) entries.capture(small_post(std::to_string(i), "x", i));
  auto projection = open(10);
  while (projection.position() < 25) apply_rest(projection, 5);
  auto all = parts();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].documents, 5);
  EXPECT_EQ(all[1].documents, 10);
  EXPECT_EQ(all[2].documents, 10);
  EXPECT_EQ(all[1].writes, 1) << "a full part is joined";
  ASSERT_TRUE(projection.settle());
  EXPECT_EQ(parts()[0].writes, 1);
}

TEST_F(Parts, GrowWhenThereAreMany) {
  for (int i = 0; i < 400; ++i) entries.capture(small_post(std::to_string(i), "x", i));
  auto projection = open(1);
  while (projection.position() < 400) apply_rest(projection, 1);
  EXPECT_LT(parts().size(), 250U);
  auto index = searcher();
  EXPECT_EQ(in_pages(index, *parse_query("x"), 7).size(), 400U);
}

TEST_F(Parts, TakeDatesFarAheadAndFarBack) {
  auto projection = open(100);
  for (const auto* posted : {"2026-03-01T00:00:00Z", "9999-12-31T23:59:59Z", "1970-01-01T00:00:00Z",
                             "2026-03-02T00:00:00Z", "2040-01-01T00:00:00Z"}) {
    auto post = small_post(posted, "x");
    post.posted = posted;
    entries.capture(post);
    apply_rest(projection, 1);
  }
  auto index = searcher();
  EXPECT_EQ(in_pages(index, *parse_query("x"), 2), (Seqs{1, 4, 3, 0, 2}));
  EXPECT_EQ(in_pages(index, *parse_query("x on:2026"), 1), (Seqs{3, 0}));
}

TEST_F(Parts, KeepTheStateOfAVersionInAnEarlierPart) {
  entries.capture(small_post("1", "grit", 1));
  entries.capture(small_post("2", "grit", 2));
  entries.event(ledger::kind::kDeletion, "mastodon", "1");
  entries.edit(small_post("2", "grit again", 2));
  auto projection = open(1);
  while (projection.position() < 4) apply_rest(projection, 1);
  auto index = searcher();
  EXPECT_EQ(in_pages(index, *parse_query("is:deleted"), 5), (Seqs{0}));
  EXPECT_EQ(in_pages(index, *parse_query("is:superseded grit"), 5), (Seqs{1}));
  EXPECT_EQ(in_pages(index, *parse_query("is:current"), 5), (Seqs{3}));
}

TEST(PartSql, NamesTheTableOfThePart) {
  EXPECT_EQ(in_part("INSERT INTO words_0(words_0, rank)", 12), "INSERT INTO words_12(words_12, rank)");
  EXPECT_EQ(in_part("SELECT 1", 12), "SELECT 1");
}

}  // namespace
}  // namespace muniment::index
