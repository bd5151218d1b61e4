// Every platform whose lists come newest first, cut off after so many questions and gone on with, until all
// is read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

#include "polls/platform.hpp"
#include "support/long_list.hpp"

namespace muniment::polls {
namespace {

using sources::Ask;
using sources::Poll;
using test::LongList;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr int kPosts = 30;
constexpr std::size_t kSome = 8;  // questions, after which no list is read to its end

class ALongList : public testing::TestWithParam<LongList> {
 protected:
  struct Played {
    bool is_complete = false;
    std::string cursor, resume;
    std::vector<std::string> remarks, faults;
  };

  // A poll that may ask so many questions, as the harvest loop asks them.
  Played play(std::size_t most) {
    auto poll =
        new_poll(GetParam().platform, {GetParam().url, cursor, "2026-11-22T00:00:00Z", has_login(), resume});
    EXPECT_TRUE(poll) << poll.error().what;
    Played out;
    const auto start = (*poll)->start();
    std::deque<Ask> queue(start.begin(), start.end());
    std::vector<Ask> unanswered;
    for (; most > 0 && !queue.empty(); --most) {
      const auto ask = queue.front();
      queue.pop_front();
      auto reading = read(**poll, ask);
      if (!reading) {
        if (!ask.optional) out.faults.push_back(reading.error().what);
        if (!ask.optional) unanswered.push_back(ask);
        continue;
      }
      for (const auto& item : reading->items) items.insert(item.interaction.id);
      out.remarks.insert(out.remarks.end(), reading->remarks.begin(), reading->remarks.end());
      out.faults.insert(out.faults.end(), reading->faults.begin(), reading->faults.end());
      auto& next = reading->next;
      const auto later =
          std::stable_partition(next.begin(), next.end(), [](const Ask& one) { return one.at_once; });
      queue.insert(queue.end(), later, next.end());
      queue.insert(queue.begin(), next.begin(), later);
    }
    unanswered.insert(unanswered.end(), queue.begin(), queue.end());
    out.is_complete = unanswered.empty() && out.faults.empty();
    out.cursor = out.is_complete ? (*poll)->cursor() : "";
    out.resume = out.is_complete ? "" : (*poll)->resume(unanswered);
    return out;
  }

  // With its coverage entry written.
  Played poll(std::size_t most) {
    auto out = play(most);
    if (out.is_complete) cursor = out.cursor;
    resume = out.resume;
    return out;
  }

  Result<sources::Reading> read(Poll& poll, const Ask& ask) {
    ++asked;
    if (GetParam().is_list(ask.url)) ++times_listed[ask.url];
    auto scripted = GetParam().answer(ask.url, newest);
    if (refuses_next && GetParam().is_list(ask.url) && names_page(ask.url)) {
      refuses_next = false;
      scripted = {400, R"({"error":"InvalidRequest"})"};
    }
    return poll.read(ask, {scripted.status, ask.url, scripted.link, "application/json", scripted.body, ""});
  }

  // The top of a list is another when the list grows.
  bool names_page(const std::string& url) const {
    return GetParam().answer(url, newest).body == GetParam().answer(url, newest + 1).body;
  }

  bool has_login() const { return platform_named(GetParam().platform)->login == Login::kNeeded; }

  // Of those that are missing, the first.
  std::string first_missing() const {
    for (int post = newest; post > 0; --post) {
      if (!items.contains(GetParam().id(post))) return GetParam().id(post);
      if (post % 2 == 0 && GetParam().answer_id && !items.contains(GetParam().answer_id(post)))
        return GetParam().answer_id(post);
    }
    return "";
  }

  int newest = kPosts;
  std::size_t asked = 0;
  std::string cursor, resume;
  std::set<std::string> items;
  std::map<std::string, int> times_listed;
  bool refuses_next = false;  // the next page of the list that is not its top
};

TEST_P(ALongList, IsReadWholeHoweverOftenItIsCutOff) {
  poll(1'000);
  ASSERT_EQ(first_missing(), "");
  const auto in_one_go = asked;
  for (std::size_t most = 6; most <= in_one_go + 1; ++most) {
    cursor = resume = "";
    items.clear();
    times_listed.clear();
    int polls = 1;
    while (!poll(most).is_complete) ASSERT_LT(++polls, 60) << most << " questions a poll: " << resume;
    EXPECT_EQ(first_missing(), "") << most << " questions a poll";
    int again = 0;
    for (const auto& [url, times] : times_listed)
      if (names_page(url)) again += times - 1;
    EXPECT_LT(again, polls) << "only the page where a poll was cut off; " << most;
  }
}

TEST_P(ALongList, ThatGrowsMeanwhileIsReadWholeToo) {
  for (const std::size_t most : {9U, 12U, 17U}) {
    cursor = resume = "";
    items.clear();
    newest = kPosts;
    int polls = 1;
    while (!poll(most).is_complete) {
      ASSERT_LT(++polls, 60) << most << ": " << resume;
      if (newest < kPosts + 20) newest += 4;
    }
    EXPECT_EQ(first_missing(), "") << most << " questions a poll";
  }
}

TEST_P(ALongList, IsKnownOnceItIsRead) {
  while (!poll(10).is_complete) {
  }
  const auto before = times_listed;
  EXPECT_TRUE(poll(1'000).is_complete);
  int pages = 0;
  for (const auto& [url, times] : times_listed) pages += times - before.at(url);
  EXPECT_LE(pages, 1) << "the top is enough";
}

TEST_P(ALongList, APollThatWasKilledIsGoneOnWithFromTheOneBeforeIt) {
  poll(10);
  play(14);  // leaves nothing behind
  while (!poll(10).is_complete) {
  }
  EXPECT_EQ(first_missing(), "");
  cursor = resume = "";
  items.clear();
  play(14);
  items.clear();
  EXPECT_TRUE(poll(1'000).is_complete);
  EXPECT_EQ(first_missing(), "") << "killed at first, it begins anew";
}

TEST_P(ALongList, WhosePageIsNoLongerKnownIsReadAnewAndSaysSo) {
  poll(kSome);
  refuses_next = true;
  const auto out = poll(1'000);
  EXPECT_FALSE(refuses_next);
  EXPECT_THAT(out.remarks, Contains(HasSubstr("no longer knows the page")));
  EXPECT_TRUE(out.is_complete);
  EXPECT_EQ(first_missing(), "");
}

TEST_P(ALongList, LeavesNothingSecretWhereItGoesOn) {
  poll(kSome);
  EXPECT_THAT(resume, Not(HasSubstr("SECRET")));
  EXPECT_THAT(resume, HasSubstr("backfill."));
}

TEST_P(ALongList, OfAnOlderProgramHasNothingToGoOnWith) {
  resume = "unread.posts 1 2 3\nuser 7\nbackfill.x\nbackfill. - \nanswered\n";
  EXPECT_TRUE(poll(1'000).is_complete);
  EXPECT_EQ(first_missing(), "");
}

INSTANTIATE_TEST_SUITE_P(OfEveryPlatform, ALongList, testing::ValuesIn(test::long_lists()),
                         [](const auto& one) {
                           return std::string(one.param.platform) + std::to_string(one.index);
                         });

}  // namespace
}  // namespace muniment::polls
