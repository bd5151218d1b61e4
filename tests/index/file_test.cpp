#include "index/file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <thread>
#include <vector>

#include "index/catalogue.hpp"
#include "index/projection.hpp"
#include "index/search.hpp"
#include "support/fake_entropy.hpp"
#include "support/followed_entries.hpp"
#include "support/temp_folder.hpp"

namespace muniment::index {
namespace {

namespace fs = std::filesystem;
using support::small_post;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kOrigin[] = "archive.wexcombe.example/muniment/1";

class IndexFile : public ::testing::Test {
 protected:
  fs::path path() const { return folder.path() / "index.db"; }
  fs::path beside(const char* suffix) const { return path().string() + suffix; }

  void make_with_some_posts() {
    support::FollowedEntries entries;
    for (int i = 0; i < 50; ++i) entries.capture(small_post(std::to_string(i), "grit on the road", i));
    auto projection = Projection::open(path(), kOrigin, entropy);
    ASSERT_TRUE(projection);
    ASSERT_TRUE(projection->apply(entries.all()));
  }
  // Overwrites the first page of a table.
  void damage(const std::string& table) {
    std::int64_t page = 0;
    {
      auto database = db::Database::open(path(), db::Open::kWrite);
      ASSERT_TRUE(database->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
      page = *database->integer("SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "'");
    }
    std::fstream file(path(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp((page - 1) * 8192);
    file << std::string(8192, '\x5A');
  }
  static void expect_about_the_index(const Error& error) {
    EXPECT_EQ(error.code, Code::kCorrupt) << error.what;
    EXPECT_THAT(error.what, HasSubstr("search index"));
    EXPECT_THAT(error.hint, HasSubstr("muniment rebuild"));
    EXPECT_THAT(error.hint, Not(HasSubstr("muniment verify")));
  }

  support::TempFolder folder;
  support::FakeEntropy entropy;
};

TEST_F(IndexFile, DamageIsToldOfTheIndexAndNotOfTheLedger) {
  for (const std::string table : {"words_0_data", "words_0_idx", "document", "part"}) {
    SCOPED_TRACE(table);
    (void)drop(path()).has_value();
    make_with_some_posts();
    damage(table);
    auto searcher = Searcher::open(path(), kOrigin);
    if (!searcher) {
      expect_about_the_index(searcher.error());
      continue;
    }
    const auto hits = searcher->search(*parse_query("grit"), {});
    ASSERT_FALSE(hits);
    expect_about_the_index(hits.error());
  }
  damage("item_young");
  auto catalogue = Catalogue::open(path(), kOrigin);
  ASSERT_TRUE(catalogue);
  const auto known = catalogue->lookup("mastodon", "1");
  ASSERT_FALSE(known);
  expect_about_the_index(known.error());
}

TEST_F(IndexFile, DamageThatAFollowerMeetsIsToldOfTheIndex) {
  make_with_some_posts();
  damage("item_young");
  support::FollowedEntries entries;
  for (int i = 0; i < 60; ++i) entries.capture(small_post(std::to_string(i), "more", i));
  auto projection = Projection::open(path(), kOrigin, entropy);
  ASSERT_TRUE(projection);
  const auto applied = projection->apply(entries.from(50));
  ASSERT_FALSE(applied);
  expect_about_the_index(applied.error());
}

TEST_F(IndexFile, AFileThatIsNoDatabaseIsToldOfTheIndex) {
  std::ofstream(path()) << std::string(9000, 'x');
  const auto searcher = Searcher::open(path(), kOrigin);
  ASSERT_FALSE(searcher);
  expect_about_the_index(searcher.error());
}

TEST_F(IndexFile, ErrorsOfOtherKindsStayAsTheyCame) {
  const Error busy{Code::kUnavailable, "locked", "wait"};
  EXPECT_EQ(about_index(busy).what, "locked");
  EXPECT_EQ(about_index(busy).hint, "wait");
}

TEST_F(IndexFile, IsNeverSeenHalfGoneWhileSeveralDropAndMakeIt) {
  constexpr int kRounds = 50;
  std::atomic<int> working{2};
  const auto drop_and_make = [&] {
    support::FakeEntropy random;
    std::vector<Opened> kept;  // as other processes would that had it open
    for (int round = 0; round < kRounds; ++round) {
      EXPECT_TRUE(drop(path()));
      auto opened = open_for_following(path(), kOrigin, random);
      EXPECT_TRUE(opened) << opened.error().what;
      if (opened) kept.push_back(std::move(*opened));
    }
    --working;
  };
  std::thread one(drop_and_make);
  std::thread other(drop_and_make);
  while (working > 0) {
    const auto opened = open_for_reading(path(), kOrigin);
    if (!opened) EXPECT_EQ(opened.error().code, Code::kNotFound) << opened.error().what;
  }
  one.join();
  other.join();
}

TEST_F(IndexFile, IsLeftAloneByOneWhoKnewItsPredecessor) {
  Keys old;
  {
    const auto first = open_for_following(path(), kOrigin, entropy);
    ASSERT_TRUE(first);
    old = first->keys;
  }
  ASSERT_TRUE(drop(path()));
  Keys now;
  {
    const auto second = open_for_following(path(), kOrigin, entropy);
    ASSERT_TRUE(second);
    now = second->keys;
  }
  const auto left = open_instead(path(), kOrigin, entropy, old);
  ASSERT_TRUE(left);
  EXPECT_EQ(left->keys, now);
  const auto replaced = open_instead(path(), kOrigin, entropy, now);
  ASSERT_TRUE(replaced);
  EXPECT_NE(replaced->keys, now);
  EXPECT_TRUE(is_in_place(path(), replaced->file));
  EXPECT_FALSE(is_in_place(path(), left->file));
}

TEST_F(IndexFile, IsAlwaysThereWhileItIsPutInAnothersPlace) {
  { ASSERT_TRUE(open_for_following(path(), kOrigin, entropy)); }
  std::atomic<bool> working{true};
  std::thread other([&] {
    support::FakeEntropy random(5);
    for (int round = 0; round < 50; ++round) EXPECT_TRUE(open_anew(path(), kOrigin, random));
    working = false;
  });
  while (working) {
    const auto opened = open_for_reading(path(), kOrigin);
    EXPECT_TRUE(opened) << opened.error().what;
  }
  other.join();
}

}  // namespace
}  // namespace muniment::index
