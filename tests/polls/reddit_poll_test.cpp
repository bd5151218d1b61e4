#include "polls/reddit_poll.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "support/scripted_server.hpp"

namespace muniment::polls {
namespace {

using sources::Fate;
using sources::Held;
using sources::Poll;
using sources::Showing;

using test::ScriptedServer;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string kSite = "https://www.reddit.com";
const std::string kList = kSite + "/r/wexcombe/new.json?limit=100&raw_json=1";
const std::string kThread = kSite + "/comments/p1.json?limit=500&depth=50&raw_json=1";
const std::string kInfo = kSite + "/api/info.json?raw_json=1&id=";

std::string link(const std::string& id, int comments = 0, const std::string& text = "words") {
  return R"({"kind":"t3","data":{"name":"t3_)" + id + R"(","id":")" + id + R"(","title":"Title )" + id +
         R"(","selftext":")" + text +
         R"(","author":"ann","author_fullname":"t2_a","created_utc":1761955200.0,"edited":false,)" +
         R"("is_self":true,"num_comments":)" + std::to_string(comments) +
         R"(,"permalink":"/r/wexcombe/comments/)" + id + "/\"}}";
}
std::string comment(const std::string& id, const std::string& parent, const std::string& replies = "\"\"",
                    const std::string& text = "words", const std::string& by = "bob") {
  const std::string author = text.starts_with("[") && by == "bob" ? "[deleted]" : by;
  return R"({"kind":"t1","data":{"name":"t1_)" + id + R"(","id":")" + id + R"(","body":")" + text +
         R"(","author":")" + author + R"(","created_utc":1761955300.0,"edited":1761955400.0,"parent_id":")" +
         parent + R"(","link_id":"t3_p1","replies":)" + replies + "}}";
}
std::string listing(const std::vector<std::string>& things, const std::string& after = "") {
  std::string out = R"({"kind":"Listing","data":{"children":[)";
  for (const auto& one : things) out += (out.ends_with('[') ? "" : ",") + one;
  return out + R"(],"after":)" + (after.empty() ? "null" : "\"" + after + "\"") + "}}";
}
std::string more(const std::vector<std::string>& children, const std::string& parent = "t3_p1") {
  std::string out = R"({"kind":"more","data":{"id":"m","parent_id":")" + parent + R"(","children":[)";
  for (const auto& one : children) out += (out.ends_with('[') ? "" : ",") + ("\"" + one + "\"");
  return out + "]}}";
}
Held held(const std::string& id, const std::string& parent = "") {
  return {id, "", parent, "2020-01-01T00:00:00.000Z", ""};
}

class Subreddit : public testing::Test {
 protected:
  Subreddit() { server.answers[kList] = {200, listing({link("p2"), link("p1", 3)})}; }
  std::unique_ptr<Poll> poll(const std::string& cursor = "", bool login = false) {
    auto made = new_reddit_poll({kSite + "/r/wexcombe", cursor, "2026-11-22T00:00:00Z", login});
    EXPECT_TRUE(made);
    return made ? *std::move(made) : nullptr;
  }
  ScriptedServer server;
};

TEST_F(Subreddit, IsReadWithTheThreadsThatMoved) {
  server.answers[kThread] = {
      200, "[" + listing({link("p1", 3)}) + "," +
               listing({comment("c1", "t3_p1", listing({comment("c2", "t1_c1")})), comment("c3", "t3_p1")}) +
               "]"};
  const auto it = poll();
  const auto out = server.play(*it);
  EXPECT_THAT(out.items, SizeIs(6));
  EXPECT_THAT(server.unknown, IsEmpty());
  server.asked.clear();
  server.play(*poll(it->cursor()));
  EXPECT_THAT(server.asked, ElementsAre(kList)) << "nothing moved";
}

TEST_F(Subreddit, WithMoreThreadsThanAPollAsksForGoesOnBelowTheOlderOnesInTheNext) {
  // Six pages of forty: each post has a comment.
  constexpr int kNewest = 240;
  const auto at = [](std::string thing, int number) {
    const std::string any = "1761955200.0";
    return thing.replace(thing.find(any), any.size(), std::to_string(1'761'955'200 + number * 3'600) + ".0");
  };
  const auto page_url = [](int below) {
    return below > kNewest ? kList : kList + "&after=t3_p" + std::to_string(below);
  };
  for (int below = kNewest + 1; below > 1; below -= 40) {
    std::vector<std::string> links;
    for (int number = below - 1; number >= below - 40; --number) {
      const auto id = "p" + std::to_string(number);
      links.push_back(at(link(id, 1), number));
      server.answers[kSite + "/comments/" + id + ".json?limit=500&depth=50&raw_json=1"] = {
          200, "[" + listing({links.back()}) + "," +
                   listing({comment("c" + std::to_string(number), "t3_" + id)}) + "]"};
    }
    server.answers[page_url(below)] = {200,
                                       listing(links, below > 41 ? "t3_p" + std::to_string(below - 40) : "")};
  }
  std::map<std::string, int> asked_for;
  std::set<std::string> items;
  std::string resume;
  for (std::size_t polls = 1; polls <= 3; ++polls) {
    const auto it = *new_reddit_poll({kSite + "/r/wexcombe", "", "2026-11-22T00:00:00Z", false, resume});
    server.asked.clear();
    const auto out = server.play(*it);
    EXPECT_THAT(server.unknown, IsEmpty());
    for (const auto& item : out.items) items.insert(item.interaction.id);
    for (const auto& url : server.asked)
      if (url.find("/comments/") != std::string::npos) ++asked_for[url];
    if (polls < 3) {
      ASSERT_THAT(out.faults, SizeIs(1)) << polls;
      EXPECT_THAT(out.faults[0], HasSubstr("the next poll goes on below others"));
      EXPECT_THAT(asked_for, SizeIs(polls * kRedditThreads));
      resume = it->resume({});
    } else {
      EXPECT_THAT(out.faults, IsEmpty());
    }
  }
  EXPECT_THAT(asked_for, SizeIs(kNewest));
  for (const auto& [url, times] : asked_for) EXPECT_EQ(times, 1) << url;
  EXPECT_THAT(items, SizeIs(2 * kNewest)) << "each post, and its comment";
}

TEST_F(Subreddit, StubsAreFetchedBranchByBranchWithoutALogin) {
  server.answers[kThread] = {200, "[" + listing({link("p1", 3)}) + "," + listing({more({"c1", "c2"})}) + "]"};
  for (const auto* id : {"c1", "c2"})
    server.answers[kSite + "/comments/p1/_/" + id + ".json?limit=500&depth=50&raw_json=1"] = {
        200, "[" + listing({link("p1", 3)}) + "," + listing({comment(id, "t3_p1")}) + "]"};
  const auto out = server.play(*poll());
  EXPECT_THAT(server.unknown, IsEmpty());
  std::vector<std::string> ids;
  for (const auto& item : out.items) ids.push_back(item.interaction.id);
  EXPECT_THAT(ids, Contains("t1_c1"));
  EXPECT_THAT(ids, Contains("t1_c2"));
}

TEST_F(Subreddit, StubsAreFetchedTogetherWithALogin) {
  const std::string oauth = "https://oauth.reddit.com";
  server.answers[kSite + "/api/v1/access_token"] = {200, R"({"access_token":"withheld","expires_in":86400})"};
  server.answers[oauth + "/r/wexcombe/new?limit=100&raw_json=1"] = {200, listing({link("p1", 2)})};
  server.answers[oauth + "/comments/p1?limit=500&depth=50&raw_json=1"] = {
      200, "[" + listing({link("p1", 2)}) + "," + listing({more({"c1", "c2"})}) + "]"};
  server.answers[oauth + "/api/morechildren?api_type=json&raw_json=1&link_id=t3_p1&children=c1,c2"] = {
      200, R"({"json":{"errors":[],"data":{"things":[)" + comment("c1", "t3_p1") + "," +
               comment("c2", "t1_c1") + "]}}}"};
  const auto it = poll("", true);
  const auto start = it->start();
  ASSERT_THAT(start, SizeIs(1));
  EXPECT_EQ(start[0].body, "grant_type=client_credentials");
  EXPECT_EQ(start[0].shows[0].place, Showing::Place::kBasic);
  EXPECT_EQ(start[0].learns[0].field, "access_token");
  EXPECT_THAT(server.play(*it, start).items, SizeIs(4));
  EXPECT_THAT(server.unknown, IsEmpty());
}

TEST_F(Subreddit, ADeletedAndARemovedCommentAreNoNewVersionsOfThem) {
  server.answers[kThread] = {200, "[" + listing({link("p1", 3)}) + "," +
                                      listing({comment("c1", "t3_p1", "\"\"", "[deleted]"),
                                               comment("c2", "t3_p1", "\"\"", "[removed]")}) +
                                      "]"};
  const auto it = poll();
  EXPECT_THAT(server.play(*it).items, SizeIs(3));
  const auto asks = it->ask_after({held("t1_c1", "t3_p1"), held("t1_c2", "t3_p1")});
  ASSERT_THAT(asks, SizeIs(2));
  server.answers[kInfo + "t1_c1"] = {200, listing({comment("c1", "t3_p1", "\"\"", "[deleted]")})};
  server.answers[kInfo + "t1_c2"] = {200, listing({comment("c2", "t3_p1", "\"\"", "[removed]")})};
  const auto out = server.play(*it, asks);
  ASSERT_THAT(out.verdicts, SizeIs(2));
  EXPECT_EQ(out.verdicts[0].fate, Fate::kGone);
  EXPECT_EQ(out.verdicts[1].fate, Fate::kBarred);
  EXPECT_THAT(out.items, IsEmpty());
}

TEST_F(Subreddit, OldItemsAreAskedAfterTogetherAndOneThatIsGoneByItself) {
  server.answers[kList] = {200, listing({link("p2")})};
  const auto it = poll();
  server.play(*it);
  const auto asks = it->ask_after({held("t1_a"), held("t1_b"), held("not a name")});
  ASSERT_THAT(asks, SizeIs(1));
  EXPECT_EQ(asks[0].url, kInfo + "t1_a,t1_b");
  server.answers[asks[0].url] = {
      200, listing({comment("a", "t3_p1"), comment("b", "t3_p1", "\"\"", "[deleted]")})};
  server.answers[kInfo + "t1_b"] = {200, listing({comment("b", "t3_p1", "\"\"", "[deleted]")})};
  const auto out = server.play(*it, asks);
  EXPECT_THAT(out.items, SizeIs(1));
  ASSERT_THAT(out.verdicts, SizeIs(1));
  EXPECT_EQ(out.verdicts[0].id, "t1_b");
}

TEST_F(Subreddit, WhoWritesTheWordsOfATombIsHeardLikeAnybody) {
  server.answers[kThread] = {200, "[" + listing({link("p1", 3)}) + "," +
                                      listing({comment("c1", "t3_p1", "\"\"", "[deleted]", "ann"),
                                               comment("c2", "t3_p1", "\"\"", "[removed]", "ann")}) +
                                      "]"};
  const auto it = poll();
  EXPECT_THAT(server.play(*it).items, SizeIs(5));
  EXPECT_THAT(it->ask_after({}), IsEmpty());
}

TEST_F(Subreddit, WhatAnAnswerPassesOverInSilenceIsNotExplained) {
  server.answers[kList] = {200, listing({link("p2")})};
  const auto it = poll();
  server.play(*it);
  const auto asks = it->ask_after({held("t1_a"), held("t1_b")});
  server.answers[kInfo + "t1_a,t1_b"] = {200, listing({comment("a", "t3_p1")})};
  const auto out = server.play(*it, asks);
  ASSERT_THAT(out.verdicts, SizeIs(1));
  EXPECT_EQ(out.verdicts[0].id, "t1_b");
  EXPECT_EQ(out.verdicts[0].fate, Fate::kUnclear);
}

TEST_F(Subreddit, TheThreadOfAnOldPostIsReadWhenMoreIsSaidBelowItThanIsHeld) {
  server.answers[kList] = {200, listing({link("p2")})};
  server.answers[kInfo + "t1_c1,t1_c2,t3_p0,t3_p1"] = {200, listing({link("p0", 1), link("p1", 3)})};
  server.answers[kThread] = {200, "[" + listing({link("p1", 3)}) + "," +
                                      listing({comment("c1", "t3_p1"), comment("c3", "t3_p1")}) + "]"};
  const auto it = poll();
  server.play(*it);
  server.asked.clear();
  // Below p0 one comment is held, below p1 one with an answer.
  const auto asks = it->ask_after(
      {held("t3_p0"), held("t3_p1"), held("t1_c1", "t3_p1"), held("t1_c2", "t1_c1"), held("t1_x", "t3_p0")});
  ASSERT_THAT(asks, SizeIs(1));
  server.answers[asks[0].url] = server.answers[kInfo + "t1_c1,t1_c2,t3_p0,t3_p1"];
  const auto out = server.play(*it, asks);
  EXPECT_THAT(server.asked, ElementsAre(asks[0].url, kThread));
  EXPECT_THAT(server.unknown, IsEmpty());
  EXPECT_TRUE(
      std::ranges::any_of(out.items, [](const auto& item) { return item.interaction.id == "t1_c3"; }));
}

TEST_F(Subreddit, StubsBeyondWhatOnePollFetchesAreFetchedByTheNext) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < kRedditStubs + 30; ++i) ids.push_back("c" + std::to_string(i));
  server.answers[kThread] = {200, "[" + listing({link("p1", 230)}) + "," + listing({more(ids)}) + "]"};
  for (const auto& id : ids)
    server.answers[kSite + "/comments/p1/_/" + id + ".json?limit=500&depth=50&raw_json=1"] = {
        200, "[" + listing({link("p1", 230)}) + "," + listing({comment(id, "t3_p1")}) + "]"};
  std::set<std::string> came;
  std::string resume;
  for (const bool is_first : {true, false}) {
    const auto it = *new_reddit_poll({kSite + "/r/wexcombe", "", "2026-11-22T00:00:00Z", false, resume});
    const auto out = server.play(*it);
    for (const auto& item : out.items) came.insert(item.interaction.id);
    EXPECT_EQ(out.faults.size(), is_first ? 1U : 0U);
    resume = it->resume({});
  }
  EXPECT_THAT(came, SizeIs(ids.size() + 2)) << "two posts, and every comment";
}

TEST_F(Subreddit, ABranchThatIsTooDeepIsAskedForByItsParentWithALoginToo) {
  const std::string oauth = "https://oauth.reddit.com";
  server.answers[kSite + "/api/v1/access_token"] = {200, R"({"access_token":"withheld","expires_in":86400})"};
  server.answers[oauth + "/r/wexcombe/new?limit=100&raw_json=1"] = {200, listing({link("p1", 2)})};
  server.answers[oauth + "/comments/p1?limit=500&depth=50&raw_json=1"] = {
      200, "[" + listing({link("p1", 2)}) + "," +
               listing({comment("c1", "t3_p1", listing({more({}, "t1_c1")}))}) + "]"};
  server.answers[oauth + "/comments/p1/_/c1?limit=500&depth=50&raw_json=1"] = {
      200, "[" + listing({link("p1", 2)}) + "," +
               listing({comment("c1", "t3_p1", listing({comment("c2", "t1_c1")}))}) + "]"};
  const auto it = poll("", true);
  const auto out = server.play(*it, it->start());
  EXPECT_THAT(server.unknown, IsEmpty());
  EXPECT_TRUE(
      std::ranges::any_of(out.items, [](const auto& item) { return item.interaction.id == "t1_c2"; }));
}

TEST_F(Subreddit, AWebPageInsteadOfJsonIsAnError) {
  server.answers[kList] = {200, "<html>whoa there</html>"};
  const auto out = server.play(*poll());
  ASSERT_THAT(out.errors, SizeIs(1));
  EXPECT_EQ(out.errors[0].code, Code::kInvalid);
}

TEST_F(Subreddit, ThatDoesNotExistIsNotFoundThoughRedditListsOthers) {
  server.answers[kList] = {
      200,
      R"({"kind":"Listing","data":{"after":null,"children":[{"kind":"t5","data":{"name":"t5_1","display_name":"wexcomb"}}]}})"};
  const auto out = server.play(*poll());
  ASSERT_THAT(out.errors, SizeIs(1));
  EXPECT_EQ(out.errors[0].code, Code::kNotFound);
}

TEST(RedditAddress, GivesAListOrIsRefused) {
  const auto first = [](const std::string& url) {
    const auto made = new_reddit_poll({url, ""});
    return made ? (*made)->start().front().url : made.error().what;
  };
  EXPECT_EQ(first(kSite + "/user/ann/"), kSite + "/user/ann/overview.json?sort=new&limit=100&raw_json=1");
  EXPECT_EQ(first(kSite + "/r/wexcombe/search?q=low+tide"),
            kSite + "/r/wexcombe/search.json?q=low%20tide&restrict_sr=1&sort=new&limit=100&raw_json=1");
  EXPECT_THAT(first(kSite + "/"), HasSubstr("names no subreddit"));
  EXPECT_THAT(first(kSite + "/r/wexcombe/comments/p1/"), HasSubstr("names no subreddit"));
}

}  // namespace
}  // namespace muniment::polls
