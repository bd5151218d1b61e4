#include "polls/owed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

#include "polls/platform.hpp"

namespace muniment::polls {
namespace {

using sources::Ask;
using sources::Later;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::string_view kThread = "https://www.reddit.com/comments/p1.json?limit=500&depth=50&raw_json=1";

std::string link(const std::string& id, int comments) {
  return R"({"kind":"t3","data":{"name":"t3_)" + id +
         R"(","title":"Quay","selftext":"words","author":"ann",)" +
         R"("created_utc":1761955200.0,"is_self":true,"num_comments":)" + std::to_string(comments) + "}}";
}
std::string listing(const std::string& things) {
  return R"({"kind":"Listing","data":{"children":[)" + things + R"(],"after":null}})";
}

// A subreddit, polled as the harvest loop does it.
class OwedThread : public testing::Test {
 protected:
  void play(bool is_busy = false) {
    const sources::PollSettings settings{"https://www.reddit.com/r/wexcombe", cursor, "2026-11-22T00:00:00Z",
                                         false, resume};
    const auto poll = new_poll("reddit", settings).value();
    items.clear();
    asked.clear();
    later.clear();
    const auto start = poll->start();
    std::deque<Ask> queue(start.begin(), start.end());
    for (; !queue.empty(); queue.pop_front()) {
      const auto ask = queue.front();
      asked.push_back(ask.url);
      const bool is_thread = ask.url == kThread;
      const auto reading = poll->read(
          ask, {is_thread ? thread_status : 200, ask.url, "", "", is_thread ? thread : front_page, ""});
      if (!reading) {
        later.push_back(poll->not_answered(ask, reading.error()));
        continue;
      }
      for (const auto& item : reading->items) items.push_back(item.interaction.id);
      queue.insert(queue.end(), reading->next.begin(), reading->next.end());
    }
    if (is_busy)
      resume = poll->resume({});
    else
      cursor = poll->cursor(), resume.clear();
  }
  std::string front_page = listing(link("p1", 3));
  std::string thread =
      "[" + listing(link("p1", 3)) + "," +
      listing(
          R"({"kind":"t1","data":{"name":"t1_c1","body":"words","author":"bob","created_utc":1761955300.0,"parent_id":"t3_p1","link_id":"t3_p1"}})") +
      "]";
  int thread_status = 503;
  std::string cursor, resume;
  std::vector<std::string> items, asked;
  std::vector<Later> later;
};

TEST_F(OwedThread, IsAskedForAgainWhenItsPostIsListedNoMore) {
  play();
  EXPECT_THAT(later, testing::ElementsAre(Later::kAgain));
  front_page = listing(link("p2", 0));
  thread_status = 200;
  play();
  EXPECT_THAT(asked, Contains(std::string(kThread)));
  EXPECT_THAT(items, Contains("t1_c1"));
  EXPECT_THAT(cursor, Not(HasSubstr("owed")));
  play();
  EXPECT_THAT(asked, SizeIs(1)) << "it has come";
}

TEST_F(OwedThread, IsAskedForOnceInAPollThatListsItsPostAgain) {
  play();
  play();
  EXPECT_EQ(std::ranges::count(asked, kThread), 1);
}

TEST_F(OwedThread, IsGivenUpAfterSomePollsAndThatIsSaid) {
  play();
  front_page = listing(link("p2", 0));
  for (std::size_t polls = 1; polls < kOwedPolls; ++polls) {
    play();
    EXPECT_THAT(later, testing::ElementsAre(Later::kAgain)) << polls;
  }
  play();
  EXPECT_THAT(later, testing::ElementsAre(Later::kNever));
  play();
  EXPECT_THAT(asked, SizeIs(1));
}

TEST_F(OwedThread, ThatIsNotThereIsAnAnswer) {
  thread_status = 404;
  play();
  EXPECT_THAT(later, testing::ElementsAre(Later::kNothing));
  EXPECT_THAT(cursor, Not(HasSubstr("owed")));
}

TEST_F(OwedThread, IsKnownToThePollAfterAnUnfinishedOne) {
  play();
  front_page = listing(link("p2", 0));
  play(true);
  EXPECT_THAT(resume, HasSubstr("owed.000 2 thread t3_p1 https://www.reddit.com/comments/p1.json"));
  thread_status = 200;
  play(true);
  EXPECT_THAT(resume, HasSubstr("owed -")) << "for the cursor still names it";
  play();
  EXPECT_THAT(asked, SizeIs(1));
  EXPECT_THAT(cursor, Not(HasSubstr("owed")));
}

TEST(Owed, KeepsNoMoreThanItsNumberAndSaysSo) {
  Owed owed({}, {});
  for (std::size_t i = 0; i < kMostOwed; ++i)
    EXPECT_TRUE(owed.add({.url = "https://town.example/" + std::to_string(i), .accept = "", .about = ""}));
  const Ask more{.url = "https://town.example/more", .accept = "", .about = ""};
  EXPECT_FALSE(owed.add(more));
  EXPECT_EQ(owed.failed(more), Later::kNever);
  const auto none = [](auto) { return false; };
  EXPECT_THAT(owed.take(none), IsEmpty()) << "what this poll left is for the next";
  MemoryLines lines;
  owed.write(lines, true);
  EXPECT_THAT(lines, SizeIs(kMostOwed));
  EXPECT_THAT(Owed(lines, {}).take(none), SizeIs(kOwedAPoll));
}

}  // namespace
}  // namespace muniment::polls
