#include "polls/x_poll.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "polls/backfill.hpp"
#include "polls/x_lookup.hpp"
#include "support/scripted_server.hpp"

namespace muniment::polls {
namespace {

using sources::Answer;
using sources::Ask;
using sources::Fate;
using sources::Held;
using sources::Poll;

using test::ScriptedServer;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// Addresses are long: an answer is told by how its address begins; the longest beginning that fits counts.
class XServer : public ScriptedServer {
 public:
  std::map<std::string, test::Scripted> beginnings;
  void tell(const std::string& url) {
    std::size_t length = 0;
    for (const auto& [beginning, scripted] : beginnings)
      if (url.starts_with(beginning) && beginning.size() >= length) {
        answers[url] = scripted;
        length = beginning.size();
      }
  }
};

const std::string kApi = "https://api.x.com/2";

std::string post(const std::string& id, const std::string& more = "") {
  return R"({"id":")" + id + R"(","text":"words of )" + id +
         R"(","author_id":"44","created_at":"2026-11-20T10:00:00.000Z",)" + R"("conversation_id":")" + id +
         R"(","public_metrics":{"reply_count":0})" + more + "}";
}
std::string page(const std::vector<std::string>& posts, const std::string& token = "",
                 const std::string& errors = "") {
  std::string out = R"({"data":[)";
  for (const auto& one : posts) out += (out.ends_with('[') ? "" : ",") + one;
  out +=
      R"(],"includes":{"users":[{"id":"44","username":"wexcombe","name":"Wexcombe","protected":false}]},"meta":{"result_count":)" +
      std::to_string(posts.size()) + (token.empty() ? "" : R"(,"next_token":")" + token + "\"") + "}";
  return out + (errors.empty() ? "" : R"(,"errors":[)" + errors + "]") + "}";
}
std::string problem(const std::string& id, const std::string& type) {
  return R"({"value":")" + id + R"(","detail":"Could not find tweet with ids: [)" + id + R"(].","title":")" +
         type + R"(","resource_type":"tweet","parameter":"ids","type":"https://api.twitter.com/2/problems/)" +
         type + "\"}";
}
Held held(const std::string& id, const std::string& local = "") {
  return {id, local, "", "2020-01-01T00:00:00.000Z", "44"};
}

class XAccount : public testing::Test {
 protected:
  XAccount() {
    server.beginnings[kApi + "/users/by/username/wexcombe"] = {
        200, R"({"data":{"id":"44","username":"wexcombe"}})"};
    server.beginnings[kApi + "/users/44/tweets"] = {200, page({post("30"), post("20")})};
    server.beginnings[kApi + "/users/44/mentions"] = {200, page({post("25")})};
  }
  std::unique_ptr<Poll> poll(const std::string& cursor = "",
                             const std::string& url = "https://x.com/wexcombe") {
    auto made = new_x_poll({url, cursor, "2026-11-22T00:00:00Z", true});
    EXPECT_TRUE(made) << made.error().what;
    return made ? *std::move(made) : nullptr;
  }
  // Plays with answers looked up as the questions come.
  ScriptedServer::Outcome play(Poll& it, std::vector<Ask> asks) {
    ScriptedServer::Outcome all;
    for (std::size_t i = 0; i < asks.size() && i < 200; ++i) {
      server.tell(asks[i].url);
      server.asked.push_back(asks[i].url);
      const auto found = server.answers.find(asks[i].url);
      const auto scripted = found == server.answers.end() ? test::Scripted{404, "<html>"} : found->second;
      if (found == server.answers.end()) server.unknown.push_back(asks[i].url);
      const Answer answer{scripted.status, asks[i].url, "", "application/json", scripted.body, ""};
      auto reading = it.read(asks[i], answer);
      if (!reading) {
        all.errors.push_back(reading.error());
        continue;
      }
      charged += reading->charged;
      for (auto& item : reading->items) all.items.push_back(std::move(item));
      for (auto& one : reading->verdicts) all.verdicts.push_back(std::move(one));
      for (auto& one : reading->faults) all.faults.push_back(std::move(one));
      asks.insert(asks.end(), reading->next.begin(), reading->next.end());
    }
    return all;
  }
  XServer server;
  std::size_t charged = 0;
};

TEST_F(XAccount, IsLookedUpOnceAndThenAskedForWhatIsNewer) {
  const auto first = poll();
  const auto out = play(*first, first->start());
  EXPECT_THAT(out.items, SizeIs(3));
  EXPECT_THAT(out.errors, IsEmpty());
  EXPECT_EQ(charged, 3U) << "X charges for each";
  server.asked.clear();
  const auto second = poll(first->cursor());
  play(*second, second->start());
  ASSERT_THAT(server.asked, SizeIs(2));
  EXPECT_THAT(server.asked[0], HasSubstr("/users/44/tweets?max_results=100"));
  EXPECT_THAT(server.asked[0], HasSubstr("&since_id=30"));
  EXPECT_THAT(server.asked[1], HasSubstr("&since_id=25"));
}

TEST_F(XAccount, IsReadOnlyAsFarAsThePollMayCost) {
  std::vector<std::string> many;
  for (int i = 0; i < 100; ++i) many.push_back(post(std::to_string(900'000 - i)));
  const auto it = poll();
  auto asks = it->start();
  ScriptedServer::Outcome out;
  // Each page names another one after it.
  for (int i = 0; i < 60 && !asks.empty(); ++i) {
    const auto ask = asks.front();
    asks.erase(asks.begin());
    const auto body = ask.step == "user"    ? std::string(R"({"data":{"id":"44"}})")
                      : ask.step == "posts" ? page(many, "t" + std::to_string(i))
                                            : page({});
    const auto reading = it->read(ask, {200, ask.url, "", "", body, ""});
    ASSERT_TRUE(reading) << reading.error().what;
    charged += reading->charged;
    out.faults.insert(out.faults.end(), reading->faults.begin(), reading->faults.end());
    asks.insert(asks.end(), reading->next.begin(), reading->next.end());
  }
  EXPECT_EQ(charged, kXReads);
  EXPECT_THAT(out.faults, Contains(HasSubstr("stopped after 2000 posts")));
}

// An account of 4,500 posts, 100 a page, as since_id and until_id cut it.
class LongXAccount : public testing::Test {
 protected:
  // Plays until the poll asks no more, or `stop_after` answers came; remembers which ids were read.
  std::unique_ptr<Poll> play(const std::string& cursor, const std::string& resume,
                             std::size_t stop_after = 1000) {
    auto it = new_x_poll({"https://x.com/wexcombe", cursor, "2026-12-22T00:00:00Z", true, resume}).value();
    auto asks = it->start();
    faults.clear();
    for (std::size_t i = 0; i < asks.size() && i < stop_after; ++i) {
      const auto ask = asks[i];
      const auto body = ask.step == "user" ? std::string(R"({"data":{"id":"44"}})")
                        : ask.url.find("/tweets?") != std::string::npos ? listed(ask.url)
                                                                        : page({});
      const auto reading =
          it->read(ask, {refuse_until && ask.url.find("until_id") != std::string::npos ? 400 : 200, ask.url,
                         "", "", body, ""});
      EXPECT_TRUE(reading) << reading.error().what;
      for (const auto& item : reading->items) ++times_read[item.interaction.id];
      faults.insert(faults.end(), reading->faults.begin(), reading->faults.end());
      asks.insert(asks.end(), reading->next.begin(), reading->next.end());
    }
    return it;
  }
  std::string listed(const std::string& url) {
    const auto number = [&](const std::string& name, unsigned long otherwise) {
      const auto at = url.find("&" + name + "=");
      return at == std::string::npos ? otherwise : std::stoul(url.substr(at + name.size() + 2));
    };
    const auto since = number("since_id", 99'999);
    auto from = std::min(number("until_id", newest + 1), number("pagination_token", newest + 1));
    std::vector<std::string> posts;
    for (; from > since + 1 && posts.size() < 100; --from) posts.push_back(post(std::to_string(from - 1)));
    return page(posts, from > since + 1 ? std::to_string(from) : "");
  }
  unsigned long newest = 104'499;  // the oldest is 100,000
  bool refuse_until = false;
  std::map<std::string, int> times_read;
  std::vector<std::string> faults;
};

TEST_F(LongXAccount, WhatOnePollMayNotReadTheNextReadsAndNothingIsPaidForTwice) {
  const auto first = play("", "");
  EXPECT_THAT(times_read, SizeIs(2'000));
  EXPECT_THAT(faults, Contains(HasSubstr("the next one reads on from there")));
  newest += 30;  // posted meanwhile
  const auto second = play("", first->resume({}));
  EXPECT_THAT(times_read, SizeIs(4'000));
  const auto third = play("", second->resume({}));
  EXPECT_THAT(faults, IsEmpty());
  EXPECT_THAT(times_read, SizeIs(4'530));
  for (const auto& [id, times] : times_read) EXPECT_EQ(times, 1) << id;
  EXPECT_EQ(third->resume({}), "");
  newest += 1;
  play(third->cursor(), "");
  EXPECT_THAT(times_read, SizeIs(4'531)) << "the cursor stands at the newest";
}

TEST_F(LongXAccount, APollThatWasStoppedIsGoneOnWithWhereItWas) {
  const auto first = play("", "", 5);  // the account, and pages of both lists
  const auto read = times_read.size();
  EXPECT_GT(read, 0U);
  const auto second = play("", first->resume({}));
  EXPECT_GT(times_read.size(), read);
  for (const auto& [id, times] : times_read) EXPECT_EQ(times, 1) << id;
}

TEST_F(LongXAccount, WhatXNoLongerListsIsAFaultOnceAndNotForEver) {
  const auto first = play("", "");
  refuse_until = true;
  const auto second = play("", first->resume({}));
  EXPECT_THAT(faults, Contains(HasSubstr("no longer lists")));
  EXPECT_EQ(second->resume({}), "");
}

TEST_F(XAccount, WhatItRepeatsIsKeptAndNothingIsAskedForByItsNumber) {
  const auto original =
      R"({"id":"3","text":"Mind the quay.","author_id":"9","created_at":"2026-11-21T10:00:00.000Z","conversation_id":"3","public_metrics":{"reply_count":5}})";
  auto answer =
      page({post("30", R"(,"referenced_tweets":[{"type":"retweeted","id":"3"}])"), post("20")}, "more");
  answer.insert(answer.find(R"("users")"), R"("tweets":[)" + std::string(original) + "],");
  auto it = new_x_poll({"https://x.com/wexcombe", "", "2026-11-22T00:00:00Z", true}).value();
  const auto lists = it->read(it->start().at(0), {200, "", "", "", R"({"data":{"id":"44"}})", ""})->next;
  const auto reading = it->read(lists.at(0), {200, lists.at(0).url, "", "", answer, ""});
  ASSERT_TRUE(reading);
  ASSERT_THAT(reading->items, SizeIs(3));
  EXPECT_EQ(reading->items[2].interaction.id, "3");
  EXPECT_EQ(reading->charged, 3U) << "two posts, and the one that came along";
  EXPECT_THAT(reading->next, SizeIs(1)) << "the next page, and no conversation of somebody else's post";
  EXPECT_THAT(it->resume({}), testing::AllOf(HasSubstr("20"), testing::Not(HasSubstr(" 3 "))))
      << "what is left unread ends with the list's own oldest";
}

TEST_F(XAccount, ItsConversationsOfTheLastDaysAreSearchedFor) {
  auto talked = post("30");
  talked.replace(talked.find("\"reply_count\":0"), 15, "\"reply_count\":2");
  server.beginnings[kApi + "/users/44/tweets"] = {200, page({talked})};
  server.beginnings[kApi + "/tweets/search/recent?query=conversation_id%3A30"] = {
      200, page({post("31"), post("32")})};
  const auto it = poll();
  EXPECT_THAT(play(*it, it->start()).items, SizeIs(4));
  EXPECT_THAT(server.unknown, IsEmpty());
}

TEST_F(XAccount, WithMoreConversationsThanAPollAsksForTheOthersWaitForTheNext) {
  std::vector<std::string> posts;
  for (int id = 125; id > 100; --id) {
    auto talked = post(std::to_string(id));
    talked.replace(talked.find("\"reply_count\":0"), 15, "\"reply_count\":2");
    posts.push_back(talked);
  }
  server.beginnings[kApi + "/users/44/tweets"] = {200, page(posts)};
  server.beginnings[kApi + "/tweets/search/recent?query=conversation_id"] = {200, page({post("900")})};
  std::string cursor;
  std::set<std::string> searched;
  for (const std::size_t many : {10U, 10U, 5U, 0U}) {
    server.asked.clear();
    const auto it = poll(cursor);
    EXPECT_THAT(play(*it, it->start()).errors, IsEmpty());
    std::size_t count = 0;
    for (const auto& url : server.asked)
      count += url.find("query=conversation_id") != url.npos && searched.insert(url).second;
    EXPECT_EQ(count, many);
    cursor = it->cursor();
    server.beginnings[kApi + "/users/44/tweets"] = {200, page({})};
  }
  EXPECT_THAT(searched, SizeIs(25));
  EXPECT_EQ(cursor.find("conversations"), std::string::npos) << cursor;
}

TEST_F(XAccount, ConversationsThatWaitedTooLongAreAFaultOnce) {
  const auto it = poll("user 44\nconversations 101=2026-11-14T10:00:00.000Z 102=2026-11-21T10:00:00.000Z\n");
  server.beginnings[kApi + "/tweets/search/recent?query=conversation_id"] = {200, page({})};
  EXPECT_THAT(play(*it, it->start()).faults, ElementsAre(HasSubstr("below 1 older post")));
  auto next = new_x_poll({"https://x.com/wexcombe", "user 44\nconversations 101=2026-11-14T10:00:00.000Z\n",
                          "2026-11-22T00:00:00Z", true, it->resume({})});
  ASSERT_TRUE(next);
  EXPECT_THAT(play(**next, (*next)->start()).faults, IsEmpty());
}

TEST_F(XAccount, APageOnWhichNothingStandsIsNoEndOfTheList) {
  server.beginnings[kApi + "/users/44/mentions"] = {200, page({}, "m2")};
  server.beginnings[kApi + "/users/44/mentions?max_results=100" + std::string(kXFields) +
                    "&pagination_token=m2"] = {200, page({post("24")})};
  const auto it = poll();
  const auto out = play(*it, it->start());
  EXPECT_THAT(out.items, SizeIs(3)) << "two posts, and the mention below the empty page";
  EXPECT_THAT(out.faults, IsEmpty());
  EXPECT_EQ(it->resume({}), "");
}

TEST_F(XAccount, AListThatNamesEmptyPagesForEverEndsAfterTen) {
  const auto it = poll();
  auto asks = it->start();
  std::size_t many = 0;
  std::vector<std::string> remarks;
  for (std::size_t i = 0; i < asks.size() && i < 100; ++i) {
    const auto ask = asks[i];
    const auto body = ask.step == "user"    ? std::string(R"({"data":{"id":"44"}})")
                      : ask.step == "posts" ? page({}, "t" + std::to_string(++many))
                                            : page({});
    const auto reading = it->read(ask, {200, ask.url, "", "", body, ""});
    ASSERT_TRUE(reading) << reading.error().what;
    remarks.insert(remarks.end(), reading->remarks.begin(), reading->remarks.end());
    asks.insert(asks.end(), reading->next.begin(), reading->next.end());
  }
  EXPECT_EQ(many, kMostEmptyPages);
  EXPECT_THAT(remarks, Contains(HasSubstr("taken for the list's end")));
}

TEST_F(XAccount, AConversationOfWhichAPageDidNotComeIsGoneOnWithInTheNextPoll) {
  auto talked = post("30");
  talked.replace(talked.find("\"reply_count\":0"), 15, "\"reply_count\":2");
  const auto search = kApi + "/tweets/search/recent?query=conversation_id%3A30";
  server.beginnings[kApi + "/users/44/tweets"] = {200, page({talked})};
  server.beginnings[search] = {200, page({post("40"), post("39")}, "c2")};
  server.beginnings[search + "&max_results=100" + std::string(kXFields) + "&next_token=c2"] = {503, ""};
  const auto first = poll();
  EXPECT_THAT(play(*first, first->start()).errors, SizeIs(1));
  server.beginnings[search + "&max_results=100" + std::string(kXFields) + "&until_id=39"] = {
      200, page({post("38")})};
  auto second =
      new_x_poll({"https://x.com/wexcombe", "", "2026-11-22T00:00:00Z", true, first->resume({})}).value();
  server.asked.clear();
  const auto out = play(*second, second->start());
  EXPECT_THAT(out.errors, IsEmpty());
  EXPECT_THAT(server.asked, Contains(HasSubstr("conversation_id%3A30")));
  EXPECT_TRUE(std::ranges::any_of(out.items, [](const auto& item) { return item.interaction.id == "38"; }));
  EXPECT_EQ(second->cursor().find("conversations"), std::string::npos);
}

TEST_F(XAccount, ASearchWhoseNewestPostIsTooOldForXIsAskedForAllOfIt) {
  const auto search = kApi + "/tweets/search/recent?query=%23quay&max_results=100" + std::string(kXFields);
  server.beginnings[search] = {200, page({post("90")})};
  server.beginnings[search + "&since_id=3"] = {
      400, R"({"title":"Invalid Request","detail":"'since_id' must be a tweet id created after [DAY]."})"};
  const auto it = poll("search 2026-10-01T10:00:00.000Z\nsearch.id 3\n", "https://x.com/hashtag/quay");
  const auto out = play(*it, it->start());
  EXPECT_THAT(out.errors, IsEmpty());
  EXPECT_THAT(out.items, SizeIs(1));
  EXPECT_THAT(it->cursor(), HasSubstr("search.id 90\n"));
}

TEST_F(XAccount, AListOfMorePagesThanAPollReadsIsGoneOnWithInTheNext) {
  const auto it = poll("user 44\n");
  auto asks = it->start();
  std::size_t number = 900'000;
  std::vector<std::string> faults;
  for (std::size_t i = 0; i < asks.size() && i < 100; ++i) {
    const auto ask = asks[i];
    --number;
    const auto body =
        ask.step == "posts" ? page({post(std::to_string(number))}, "t" + std::to_string(number)) : page({});
    const auto reading = it->read(ask, {200, ask.url, "", "", body, ""});
    ASSERT_TRUE(reading) << reading.error().what;
    faults.insert(faults.end(), reading->faults.begin(), reading->faults.end());
    asks.insert(asks.end(), reading->next.begin(), reading->next.end());
  }
  EXPECT_THAT(faults, SizeIs(1));
  EXPECT_THAT(it->resume({}), HasSubstr("unread.posts - " + std::to_string(number)));
}

TEST_F(XAccount, AnEditIsANewNumberOfTheSamePost) {
  const auto it = poll("user 44\n");
  play(*it, it->start());
  const auto asks = it->ask_after({held("7")});
  ASSERT_THAT(asks, SizeIs(1));
  server.beginnings[kApi + "/tweets?ids=7&"] = {200,
                                                page({post("7", R"(,"edit_history_tweet_ids":["7","8"])")})};
  server.beginnings[kApi + "/tweets?ids=8&"] = {200,
                                                page({post("8", R"(,"edit_history_tweet_ids":["7","8"])")})};
  const auto out = play(*it, asks);
  ASSERT_THAT(out.items, SizeIs(1)) << "the old words are not what the post says now";
  EXPECT_EQ(out.items[0].interaction.id, "7");
  EXPECT_EQ(out.items[0].interaction.local, "8");
  EXPECT_EQ(out.items[0].interaction.text, "words of 8");
}

TEST_F(XAccount, WhatIsNotFoundIsGoneAndWhatMayNotBeSeenIsNot) {
  const auto it = poll("user 44\n");
  play(*it, it->start());
  server.beginnings[kApi + "/tweets?ids=5,6,7&"] = {
      200, page({post("7")}, "",
                problem("5", "resource-not-found") + "," + problem("6", "not-authorized-for-resource"))};
  server.beginnings[kApi + "/tweets?ids=5&"] = {200,
                                                R"({"errors":[)" + problem("5", "resource-not-found") + "]}"};
  server.beginnings[kApi + "/tweets?ids=6&"] = {
      200, R"({"errors":[)" + problem("6", "not-authorized-for-resource") + "]}"};
  const auto out = play(*it, it->ask_after({held("5"), held("6"), held("7")}));
  ASSERT_THAT(out.verdicts, SizeIs(2));
  EXPECT_EQ(out.verdicts[0].id, "5");
  EXPECT_EQ(out.verdicts[0].fate, Fate::kGone);
  EXPECT_EQ(out.verdicts[1].fate, Fate::kBarred);
}

TEST_F(XAccount, WhatASuspendedAccountWroteIsNoDeletion) {
  const auto it = poll("user 44\n");
  play(*it, it->start());
  auto suspended = problem("5", "resource-not-found");
  suspended.replace(suspended.find("\"title\":\"resource-not-found\""), 28, "\"title\":\"Forbidden\"");
  server.beginnings[kApi + "/tweets?ids=5,7&"] = {200, page({post("7")}, "", suspended)};
  server.beginnings[kApi + "/tweets?ids=5&"] = {200, R"({"errors":[)" + suspended + "]}"};
  const auto out = play(*it, it->ask_after({held("5"), held("7")}));
  ASSERT_THAT(out.verdicts, SizeIs(1));
  EXPECT_EQ(out.verdicts[0].fate, Fate::kBarred);
}

TEST_F(XAccount, ARefusedTokenIsDenied) {
  server.beginnings[kApi + "/users/by"] = {
      401, R"({"title":"Unauthorized","status":401,"detail":"Unauthorized"})"};
  server.beginnings.erase(kApi + "/users/by/username/wexcombe");
  const auto it = poll();
  const auto out = play(*it, it->start());
  ASSERT_THAT(out.errors, SizeIs(1));
  EXPECT_EQ(out.errors[0].code, Code::kDenied);
}

TEST_F(XAccount, ASearchIsOneList) {
  server.beginnings[kApi + "/tweets/search/recent?query=%23quay"] = {200, page({post("3")})};
  const auto it = poll("", "https://x.com/hashtag/quay");
  EXPECT_THAT(play(*it, it->start()).items, SizeIs(1));
}

TEST(XAddress, ThatNamesNothingIsRefused) {
  for (const auto* url :
       {"https://x.com/", "https://x.com/a/status/1", "https://x.com/search", "https://api.x.com/2/users/me"})
    EXPECT_EQ(new_x_poll({url, "", "", true}).error().code, Code::kInvalid) << url;
}

}  // namespace
}  // namespace muniment::polls
