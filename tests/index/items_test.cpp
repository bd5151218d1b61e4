// Items: src/index/items.cpp, seen through what a catalogue answers.
#include <gtest/gtest.h>

#include <random>

#include "index/catalogue.hpp"
#include "index/projection.hpp"
#include "support/fake_entropy.hpp"
#include "support/followed_entries.hpp"
#include "support/temp_folder.hpp"

namespace muniment::index {
namespace {

using support::small_post;

constexpr char kOrigin[] = "archive.wexcombe.example/muniment/1";

class Items : public ::testing::Test {
 protected:
  // Follows all entries, a few at a time.  Small parts: items are moved to the old ones often.
  void follow(const std::string& name, std::int64_t part_documents) {
    support::FakeEntropy entropy;
    auto projection = Projection::open(path(name), kOrigin, entropy, part_documents);
    ASSERT_TRUE(projection);
    while (projection->position() < entries.all().size()) {
      auto batch = entries.from(projection->position());
      batch.resize(std::min<std::size_t>(batch.size(), 5));
      ASSERT_TRUE(projection->apply(batch));
    }
  }
  std::filesystem::path path(const std::string& name) const { return folder.path() / name; }
  std::int64_t count(const std::string& name, const std::string& table) {
    auto database = db::Database::open(path(name), db::Open::kRead);
    return *database->integer("SELECT count(*) FROM " + table);
  }
  Catalogue catalogue(const std::string& name) {
    auto opened = Catalogue::open(path(name), kOrigin);
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }

  support::TempFolder folder;
  support::FollowedEntries entries;
};

TEST_F(Items, AreMovedToTheOldOnesWhenTheyAreMany) {
  for (int i = 0; i < 20; ++i) entries.capture(small_post(std::to_string(i), "words", i));
  follow("small", 1);
  EXPECT_EQ(count("small", "item_young") + count("small", "item_old"), 20);
  EXPECT_LT(count("small", "item_young"), 8);
  follow("large", 1000);
  EXPECT_EQ(count("large", "item_young"), 20);
}

TEST_F(Items, FareTheSameWhetherTheyWereMovedOrNot) {
  std::mt19937 random(20261126);
  const auto pick = [&](unsigned below) { return static_cast<int>(random() % below); };
  for (int i = 0; i < 400; ++i) {
    const auto id = std::to_string(pick(60));
    switch (pick(6)) {
      case 0:
      case 1:
        // Also of items that are known: two processes may both have taken one for new.
        entries.capture(small_post(id, "words " + std::to_string(i), i), "{" + std::to_string(i) + "}");
        break;
      case 2:
        entries.edit(small_post(id, "other words " + std::to_string(i), i), "{" + std::to_string(i) + "}");
        break;
      case 3:
        entries.event(ledger::kind::kSeenAgain, "mastodon", id, "{" + std::to_string(i) + "}");
        break;
      case 4:
        entries.event(ledger::kind::kDeletion, "mastodon", id);
        break;
      default:
        entries.event(ledger::kind::kBarred, "mastodon", id);
    }
  }
  follow("small", 1);
  follow("large", 1000);
  ASSERT_GT(count("small", "item_old"), 40);
  ASSERT_EQ(count("large", "item_old"), 0);
  auto moved = catalogue("small");
  auto unmoved = catalogue("large");
  for (int i = 0; i < 60; ++i) {
    SCOPED_TRACE(i);
    const auto a = moved.lookup("mastodon", std::to_string(i));
    const auto b = unmoved.lookup("mastodon", std::to_string(i));
    ASSERT_TRUE(a && b);
    ASSERT_EQ(a->has_value(), b->has_value());
    if (!*a) continue;
    EXPECT_EQ((*a)->seq, (*b)->seq);
    EXPECT_EQ((*a)->raw_seq, (*b)->raw_seq);
    EXPECT_EQ((*a)->state, (*b)->state);
    EXPECT_EQ((*a)->digests.content, (*b)->digests.content);
    EXPECT_EQ((*a)->digests.raw, (*b)->digests.raw);
    const auto holders = moved.holders(moved.keys().item("mastodon", std::to_string(i)), 1000);
    const auto expected = unmoved.holders(unmoved.keys().item("mastodon", std::to_string(i)), 1000);
    ASSERT_TRUE(holders && expected);
    EXPECT_EQ(*holders, *expected);
  }
}

}  // namespace
}  // namespace muniment::index
