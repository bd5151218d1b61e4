#include "polls/recheck.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muniment::polls {
namespace {

using sources::Held;

using testing::ElementsAre;
using testing::IsEmpty;

Held held(const std::string& id, const std::string& posted) {
  return {id, "", "", posted, ""};
}
std::vector<std::string> ids(const std::vector<const Held*>& chosen) {
  std::vector<std::string> out;
  for (const auto* one : chosen) out.push_back(one->id);
  return out;
}
const auto kAny = [](const Held&) { return true; };

TEST(Recheck, AsksAfterFewOfEachAge) {
  std::vector<Held> all;
  for (int i = 0; i < 200; ++i) {
    const auto n = std::to_string(1000 + i);
    all.push_back(held("d" + n, "2026-11-22T01:00:00Z"));
    all.push_back(held("w" + n, "2026-11-18T01:00:00Z"));
    all.push_back(held("q" + n, "2026-10-01T01:00:00Z"));
    all.push_back(held("o" + n, "2019-01-01T01:00:00Z"));
  }
  std::map<char, std::size_t> chosen;
  Recheck recheck({}, "2026-11-22T02:00:00Z");
  for (const auto& id : ids(recheck.choose(all, kAny))) ++chosen[id[0]];
  EXPECT_EQ(chosen['d'], kRecheckRules[0].a_poll);
  EXPECT_EQ(chosen['w'], kRecheckRules[1].a_poll);
  EXPECT_EQ(chosen['q'], kRecheckRules[2].a_poll);
  EXPECT_EQ(chosen['o'], kRecheckRules[3].a_poll);
}

TEST(Recheck, LetsEveryItemHaveItsTurnTheLongestWaitingFirst) {
  std::vector<Held> all;
  for (int i = 0; i < 12; ++i) all.push_back(held("o" + std::to_string(10 + i), "2019-01-01T00:00:00Z"));
  MemoryLines memory;
  std::vector<std::string> order;
  for (int poll = 0; poll < 3; ++poll) {
    Recheck recheck(memory, "2026-11-22T02:00:00Z");
    for (const auto& id : ids(recheck.choose(all, kAny))) order.push_back(id);
    recheck.remember(memory);
  }
  EXPECT_THAT(order, ElementsAre("o10", "o11", "o12", "o13", "o14", "o15", "o16", "o17", "o18", "o19", "o20",
                                 "o21", "o10", "o11", "o12"));
}

TEST(Recheck, WhoWasNotAskedAfterComesFirstInTheNextPoll) {
  std::vector<Held> all;
  for (int i = 0; i < 12; ++i) all.push_back(held("o" + std::to_string(10 + i), "2019-01-01T00:00:00Z"));
  MemoryLines memory, left;
  std::vector<std::string> order;
  for (int poll = 0; poll < 4; ++poll) {
    Recheck recheck(memory, "2026-11-22T02:00:00Z");
    recheck.carry_on(left);
    const auto chosen = ids(recheck.choose(all, kAny));
    EXPECT_TRUE(recheck.has_chosen(chosen.front()));
    const std::set<std::string, std::less<>> asked(chosen.begin(), chosen.begin() + 2);
    order.insert(order.end(), asked.begin(), asked.end());
    recheck.remember(memory);
    left.clear();
    recheck.resume([&](std::string_view id) { return !asked.contains(id); }, left);
  }
  EXPECT_THAT(order, ElementsAre("o10", "o11", "o12", "o13", "o14", "o15", "o16", "o17"));
}

TEST(Recheck, OfWhomNobodyWasAskedAfterTheTurnStaysWhereItWas) {
  const std::vector<Held> all = {held("a", "2019-01-01T00:00:00Z"), held("b", "2019-01-01T00:00:00Z")};
  const MemoryLines memory = {{"recheck.older", "a"}};
  Recheck recheck(memory, "2026-11-22T02:00:00Z");
  EXPECT_THAT(ids(recheck.choose(all, kAny)), ElementsAre("b", "a"));
  MemoryLines left;
  recheck.resume([](std::string_view) { return true; }, left);
  EXPECT_EQ(left, memory);
}

TEST(Recheck, AsksOnlyAfterWhatItMay) {
  const std::vector<Held> all = {held("a", "2026-11-22T00:00:00Z"), held("b", "no date")};
  Recheck recheck({}, "2026-11-22T02:00:00Z");
  EXPECT_THAT(recheck.choose(all, [](const Held&) { return false; }), IsEmpty());
  EXPECT_THAT(ids(Recheck({}, "").choose(all, kAny)), ElementsAre("a", "b"));
}

}  // namespace
}  // namespace muniment::polls
