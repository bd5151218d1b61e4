// What a list's pages lead to; whole polls that are cut off are tested in resumed_poll_test.cpp.
#include "polls/backfill.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muniment::polls {
namespace {

using testing::IsEmpty;
using testing::UnorderedElementsAre;

bool is_older(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}
Backfill list(const MemoryLines& resume = {}, const std::string& known = "", std::size_t most = 100) {
  return {known.empty() ? MemoryLines{} : MemoryLines{{"posts", known}}, resume, most, is_older};
}
// The page of these two keys, above a cursor.
ListPage page(const std::string& newest, const std::string& oldest, const std::string& next = "") {
  return {newest, oldest, next};
}

TEST(Backfill, ReadsAListToItsEndAtFirst) {
  auto it = list();
  const auto top = it.top("posts");
  EXPECT_EQ(top.cursor, "");
  const auto second = it.read(top.number, page("9", "8", "below 8")).next;
  ASSERT_TRUE(second);
  EXPECT_EQ(second->cursor, "below 8");
  EXPECT_FALSE(it.has_ended("posts"));
  EXPECT_FALSE(it.read(second->number, page("7", "6")).next);
  EXPECT_TRUE(it.has_ended("posts"));
  EXPECT_TRUE(it.is_within("posts", "1"));
  MemoryLines memory;
  it.remember(memory);
  EXPECT_EQ(memory["posts"], "9");
}

TEST(Backfill, ReadsToWhatIsKnownFromThenOn) {
  auto it = list({}, "8");
  EXPECT_FALSE(it.read(it.top("posts").number, page("8", "7", "below 7")).next);
  EXPECT_FALSE(it.has_ended("posts"));
}

TEST(Backfill, GoesOnBelowWhatIsNewWhereItWasCutOff) {
  auto first = list();
  const auto top = first.top("posts");
  const auto second = first.read(top.number, page("9", "8", "below 8"));
  const auto left = first.resume({});
  EXPECT_THAT(left, UnorderedElementsAre(std::pair("backfill.posts", "9 below%208 -")));

  auto it = list(left);
  const auto again = it.top("posts");
  const auto resumed = it.read(again.number, page("9", "8", "another below 8")).next;
  ASSERT_TRUE(resumed);
  EXPECT_EQ(resumed->cursor, "below 8");
  EXPECT_TRUE(it.is_resumed(resumed->number));
  EXPECT_FALSE(it.read(resumed->number, page("3", "2")).next);
  EXPECT_FALSE(it.has_ended("posts")) << "what lies between was not listed by this poll";
  EXPECT_TRUE(it.is_within("posts", "9"));
  EXPECT_FALSE(it.is_within("posts", "5"));
  EXPECT_TRUE(it.is_within("posts", "1"));
}

TEST(Backfill, CutOffAboveAStretchLeavesTwo) {
  const MemoryLines left{{"backfill.posts", "9 below%208 2"}};
  auto it = list(left, "2");
  it.read(it.top("posts").number, page("20", "19", "below 19"));
  const auto two = it.resume({});
  EXPECT_EQ(two.at("backfill.posts"), "20 below%2019 9 below%208 2");
  auto next = list(two, "2");
  const auto first = next.read(next.top("posts").number, page("20", "19", "x")).next;
  ASSERT_TRUE(first);
  EXPECT_EQ(first->cursor, "below 19");
  const auto second = next.read(first->number, page("10", "9", "y")).next;
  ASSERT_TRUE(second) << "down to the nine that was read";
  const auto third = next.read(second->number, page("7", "6", "z")).next;
  ASSERT_TRUE(third);
  EXPECT_EQ(third->cursor, "below 8");
  EXPECT_FALSE(next.read(third->number, page("2", "1", "w")).next) << "down to what is known";
  EXPECT_EQ(next.resume({}).at("backfill.posts"), "20") << "read, though the poll may fail elsewhere";
}

TEST(Backfill, APageThatLeftSomethingOpenIsReadAgain) {
  auto it = list();
  const auto top = it.top("posts");
  const auto second = it.read(top.number, page("9", "8", "b8")).next;
  const auto third = it.read(second->number, page("7", "6", "b6")).next;
  EXPECT_EQ(it.resume({third->number}).at("backfill.posts"), "9 b6 -");
  EXPECT_EQ(it.resume({second->number, third->number}).at("backfill.posts"), "9 b8 -");
  EXPECT_EQ(it.resume({top.number}).at("backfill.posts"), "") << "as if nothing had been read";
  EXPECT_TRUE(it.is_read_again(top.number, {}));
  EXPECT_FALSE(it.is_read_again(second->number, {}));
  EXPECT_TRUE(it.is_read_again(third->number, {second->number}));
}

TEST(Backfill, StopsAfterItsNumberOfPagesAndSaysSo) {
  auto it = list({}, "", 2);
  const auto second = it.read(it.top("posts").number, page("9", "8", "b8")).next;
  const auto turn = it.read(second->number, page("7", "6", "b6"));
  EXPECT_FALSE(turn.next);
  EXPECT_TRUE(turn.is_cut_off);
  EXPECT_EQ(it.resume({}).at("backfill.posts"), "9 b6 -");
}

TEST(Backfill, NeverReadsInACircle) {
  auto it = list();
  const auto second = it.read(it.top("posts").number, page("9", "8", "b8")).next;
  const auto turn = it.read(second->number, page("9", "8", "b8"));
  EXPECT_FALSE(turn.next);
  EXPECT_TRUE(turn.is_circular);
}

TEST(Backfill, AnEmptyPageWhereItStoppedIsTheEnd) {
  auto it = list({{"backfill.posts", "9 b8 -"}});
  const auto resumed = it.read(it.top("posts").number, page("9", "8", "b8")).next;
  ASSERT_TRUE(resumed);
  EXPECT_TRUE(it.read(resumed->number, page("", "")).is_empty);
  EXPECT_EQ(it.resume({}).at("backfill.posts"), "9");
}

TEST(Backfill, AnEmptyPageAboveOthersIsNotTheEnd) {
  auto it = list();
  const auto second = it.read(it.top("posts").number, page("9", "8", "b8")).next;
  const auto third = it.read(second->number, page("", "", "b6")).next;
  ASSERT_TRUE(third) << "what stood there is hidden, and more stands below";
  EXPECT_EQ(third->cursor, "b6");
  EXPECT_FALSE(it.has_ended("posts"));
  EXPECT_EQ(it.resume({}).at("backfill.posts"), "9 b6 -");
  EXPECT_FALSE(it.read(third->number, page("5", "4")).next);
  EXPECT_TRUE(it.has_ended("posts"));
}

TEST(Backfill, AnEmptyTopIsReadOnToWhatIsKnown) {
  auto it = list({}, "5");
  const auto second = it.read(it.top("posts").number, page("", "", "b8")).next;
  ASSERT_TRUE(second);
  const auto third = it.read(second->number, page("7", "6", "b6")).next;
  ASSERT_TRUE(third) << "the seven is new";
  EXPECT_FALSE(it.read(third->number, page("5", "4", "b4")).next);
}

TEST(Backfill, EmptyPagesWithoutEndAreTakenForTheEndAtLast) {
  auto it = list({{"backfill.posts", "9 b8 -"}});
  auto turn = it.read(it.top("posts").number, page("9", "8", "b8"));
  std::size_t pages = 0;
  for (; turn.next; ++pages) {
    ASSERT_LT(pages, kMostEmptyPages);
    turn = it.read(turn.next->number, page("", "", "e" + std::to_string(pages)));
  }
  EXPECT_EQ(pages, kMostEmptyPages);
  EXPECT_TRUE(turn.is_barren);
  EXPECT_EQ(it.resume({}).at("backfill.posts"), "9");
}

TEST(Backfill, WhatComesBelowAnEmptyPageWhereItStoppedIsApartFromTheTop) {
  auto it = list({{"backfill.posts", "9 b8 -"}});
  const auto resumed = it.read(it.top("posts").number, page("9", "8", "b8")).next;
  const auto below = it.read(resumed->number, page("", "", "b3")).next;
  ASSERT_TRUE(below);
  it.read(below->number, page("2", "1"));
  EXPECT_FALSE(it.is_within("posts", "5")) << "what lies between was not listed by this poll";
  EXPECT_TRUE(it.is_within("posts", "1"));
}

TEST(Backfill, ACursorThatIsRefusedLeadsBelowWhatWasRead) {
  auto it = list({{"backfill.posts", "9 stale 2"}}, "2");
  const auto second = it.read(it.top("posts").number, page("11", "10", "b10")).next;
  ASSERT_TRUE(second) << "down to the nine that was read";
  const auto resumed = it.read(second->number, page("9", "8", "x")).next;
  ASSERT_TRUE(resumed);
  ASSERT_TRUE(it.is_resumed(resumed->number));
  const auto instead = it.refused(resumed->number).next;
  ASSERT_TRUE(instead);
  EXPECT_EQ(instead->cursor, "x");
  EXPECT_FALSE(it.is_resumed(instead->number));
  EXPECT_FALSE(it.read(instead->number, page("2", "1", "y")).next);
  EXPECT_TRUE(it.is_within("posts", "5")) << "read without a gap";
}

TEST(Backfill, KeepsNoCursorThatIsTooLong) {
  auto it = list();
  const auto second = it.read(it.top("posts").number, page("9", "8", "b8")).next;
  it.read(second->number, page("7", "6", std::string(5'000, 'x')));
  EXPECT_EQ(it.resume({}).at("backfill.posts"), "9 b8 -") << "one page is read again";
}

TEST(Backfill, KeepsOnlySoManyStretches) {
  MemoryLines left;
  for (int i = 10; i < 40; ++i) {
    auto it = list(left);
    const auto newest = std::to_string(i);
    it.read(it.top("posts").number, page(newest, newest, "below " + newest));
    left = it.resume({});
  }
  const auto& line = left.at("backfill.posts");
  EXPECT_EQ(std::ranges::count(line, ' '), 2 * static_cast<long>(kMostStretches));
  EXPECT_TRUE(line.starts_with("39 below%2039 ")) << line;
  EXPECT_TRUE(line.ends_with(" below%2010 -")) << line;
}

TEST(Backfill, PassesOverLinesThatAreNone) {
  auto it = list({{"backfill.posts", "9 odd"}, {"unread.posts", "1 2 3"}, {"backfill.", ""}});
  EXPECT_THAT(list({{"unread.posts", "1 2 3"}}).resume({}), IsEmpty());
  EXPECT_TRUE(it.read(it.top("posts").number, page("9", "8", "b8")).next);
}

}  // namespace
}  // namespace muniment::polls
