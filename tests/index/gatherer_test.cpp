#include "index/gatherer.hpp"

#include <gtest/gtest.h>

#include "base/check.hpp"
#include "index/part.hpp"
#include "support/followed_entries.hpp"

namespace muniment::index {
namespace {

using support::small_post;

const Keys kKeys("0123456789abcdef");

Gathered gathered(const support::FollowedEntries& entries) {
  Gatherer gatherer(kKeys);
  for (const auto& entry : entries.all()) gatherer.add(entry);
  return gatherer.take();
}

TEST(Gatherer, RefusesEntriesThatDoNotFollowEachOther) {
  support::FollowedEntries entries;
  for (int i = 0; i < 3; ++i) entries.capture(small_post(std::to_string(i), "x"));
  const auto all = entries.all();
  Gatherer gatherer(kKeys);
  gatherer.add(all[0]);
  EXPECT_THROW(gatherer.add(all[2]), base::BrokenInvariant);
}

TEST(Gatherer, BeginsAnewAnywhereOnceItWasEmptied) {
  support::FollowedEntries entries;
  for (int i = 0; i < 3; ++i) entries.capture(small_post(std::to_string(i), "x"));
  const auto all = entries.all();
  Gatherer gatherer(kKeys);
  gatherer.add(all[2]);
  EXPECT_EQ(gatherer.next(), 3U);
  EXPECT_EQ(gatherer.take().first, 2U);
  EXPECT_TRUE(gatherer.empty());
  gatherer.add(all[1]);
  EXPECT_EQ(gatherer.take().first, 1U);
}

TEST(Gatherer, HandsOutTheNamesOfAnAccountOnceAndAgainWhenTheyChange) {
  support::FollowedEntries entries;
  auto post = small_post("1", "x");
  entries.capture(post);
  entries.capture(post);
  post.author.name = "Wexcombe Town Council";
  entries.capture(post);
  const auto out = gathered(entries);
  ASSERT_EQ(out.accounts.size(), 2U);
  EXPECT_EQ(out.accounts[0].account, out.accounts[1].account);
  EXPECT_EQ(out.accounts[1].name, "Wexcombe Town Council");
}

TEST(Gatherer, IsFullWithAPartOrWithMuchText) {
  support::FollowedEntries entries;
  const std::string words(1U << 20, 'w');
  for (int i = 0; i < 33; ++i) entries.capture(small_post(std::to_string(i), words));
  Gatherer gatherer(kKeys);
  int taken = 0;
  for (const auto& entry : entries.all()) {
    if (gatherer.full()) break;
    gatherer.add(entry);
    ++taken;
  }
  EXPECT_EQ(taken, 32);
  gatherer.reset();
  EXPECT_FALSE(gatherer.full());
  records::Body nothing;
  for (ledger::Seq seq = 0; seq < static_cast<ledger::Seq>(kPartDocuments); ++seq) {
    EXPECT_FALSE(gatherer.full());
    Decoded entry;
    entry.entry.seq = seq;
    gatherer.add(entry);
  }
  EXPECT_TRUE(gatherer.full());
}

TEST(Gathered, LeavesOutWhatAnotherProcessHasWritten) {
  support::FollowedEntries entries;
  entries.capture(small_post("1", "first"));
  entries.event(ledger::kind::kDeletion, "mastodon", "1");
  entries.capture(small_post("2", "second"));
  records::BodyBuilder poll;
  poll.add("source", "town").add("outcome", "complete");
  entries.add(ledger::kind::kCoverage, poll.build());
  auto out = gathered(entries);
  ASSERT_EQ(out.events.size(), 3U);
  out.drop_before(2);
  EXPECT_EQ(out.first, 2U);
  ASSERT_EQ(out.versions.size(), 1U);
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].seq, 2U);
  EXPECT_EQ(out.events[0].version, 0U);
  EXPECT_EQ(out.rows.size(), 1U);
  out.drop_before(9);
  EXPECT_TRUE(out.empty());
  EXPECT_TRUE(out.rows.empty());
}

}  // namespace
}  // namespace muniment::index
