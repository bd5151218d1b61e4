#include "polls/graph_poll.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "support/scripted_server.hpp"

namespace muniment::polls {
namespace {

using sources::Ask;
using sources::Fate;
using sources::Item;
using sources::Poll;
using sources::Verdict;

using test::Scripted;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kFace = "https://graph.facebook.com/v21.0";
const std::string kThreadsApi = "https://graph.threads.net/v1.0";

std::string comment(const std::string& id, const std::string& inside = "") {
  return R"({"id":")" + id +
         R"(","created_time":"2026-11-01T10:00:00+0000","message":"words","from":{"id":"9","name":"Ann"})" +
         (inside.empty() ? "" : R"(,"comments":)" + inside) + "}";
}
std::string list(const std::vector<std::string>& entries, const std::string& next = "") {
  std::string out = R"({"data":[)";
  for (const auto& one : entries) out += (out.ends_with('[') ? "" : ",") + one;
  return out + "]" + (next.empty() ? "" : R"(,"paging":{"cursors":{"after":"x"},"next":")" + next + "\"}") +
         "}";
}
std::string post(const std::string& id, const std::string& comments) {
  return R"({"id":")" + id + R"(","created_time":"2026-11-01T09:00:00+0000","message":"The quay is open",)" +
         R"("permalink_url":"https://www.facebook.com/1","comments":)" + comments + "}";
}

// An answer for every address that begins so; the longest beginning counts.
class Graph : public testing::Test {
 protected:
  struct Outcome {
    std::vector<Item> items;
    std::vector<Verdict> verdicts;
    std::vector<Error> errors;
    std::vector<std::string> faults;
    std::string expires;
  };
  Outcome play(Poll& poll, std::vector<Ask> asks) {
    Outcome out;
    for (std::size_t i = 0; i < asks.size() && i < 500; ++i) {
      asked.push_back(asks[i].url);
      Scripted scripted{404, "<html>"};
      std::size_t length = 0;
      for (const auto& [beginning, answer] : answers)
        if (asks[i].url.starts_with(beginning) && beginning.size() >= length)
          scripted = answer, length = beginning.size();
      auto reading =
          poll.read(asks[i], {scripted.status, asks[i].url, "", "application/json", scripted.body, ""});
      if (!reading) {
        out.errors.push_back(reading.error());
        continue;
      }
      if (!reading->credential_expires.empty()) out.expires = reading->credential_expires;
      for (auto& item : reading->items) out.items.push_back(std::move(item));
      for (auto& verdict : reading->verdicts) out.verdicts.push_back(std::move(verdict));
      for (auto& fault : reading->faults) out.faults.push_back(std::move(fault));
      asks.insert(asks.end(), reading->next.begin(), reading->next.end());
    }
    return out;
  }
  static std::unique_ptr<Poll> page(const std::string& cursor = "") {
    auto made =
        new_facebook_poll({"https://www.facebook.com/wexcombe", cursor, "2026-11-22T00:00:00Z", true});
    EXPECT_TRUE(made);
    return made ? *std::move(made) : nullptr;
  }
  std::map<std::string, Scripted> answers;
  std::vector<std::string> asked;
};

TEST_F(Graph, APageGivesItsPostsWithTheCommentsInsideAndThoseOnFurtherPages) {
  const auto further = kFace + "/1_1/comments?access_token=withheld&limit=100&after=x";
  answers[kFace + "/debug_token"] = {
      200, R"({"data":{"is_valid":true,"expires_at":1798675200,"data_access_expires_at":1793000000}})"};
  answers[kFace + "/wexcombe/feed"] = {
      200, list({post("1_1", list({comment("1_2", list({comment("1_3")}))}, further))})};
  answers[further] = {200, list({comment("1_4")})};
  answers[kFace + "/wexcombe/tagged"] = {200, list({})};
  const auto it = page();
  const auto out = play(*it, it->start());
  EXPECT_THAT(out.errors, IsEmpty());
  ASSERT_THAT(out.items, SizeIs(4));
  std::map<std::string, records::Interaction> by_id;
  for (const auto& item : out.items) by_id[item.interaction.id] = item.interaction;
  EXPECT_EQ(by_id["1_2"].thread, "1_1");
  EXPECT_EQ(by_id["1_3"].reply_to, "1_2");
  EXPECT_EQ(by_id["1_4"].thread, "1_1") << "its page does not say what it stands below";
  EXPECT_EQ(by_id["1_4"].reply_to, "1_1");
  EXPECT_EQ(by_id["1_4"].type, "comment");
  EXPECT_EQ(out.expires, "2026-10-26T07:33:20.000Z") << "the earlier of two";
  EXPECT_THAT(asked, Contains(further)) << "with the token's place kept";
}

TEST_F(Graph, ThePagesThatFollowAreAskedForOnTheSameServerOnly) {
  answers[kFace + "/wexcombe/tagged"] = {200, list({})};
  answers[kFace + "/wexcombe/feed"] = {
      200, list({post("1_1", "[]")}, "https://evil.example/?access_token=withheld")};
  const auto it = page();
  play(*it, it->start());
  for (const auto& url : asked) EXPECT_THAT(url, HasSubstr(kFace));
}

TEST_F(Graph, ANextPageThatIsNamedInAnUnknownWayIsAFault) {
  answers[kFace + "/wexcombe/tagged"] = {200, list({})};
  answers[kFace + "/wexcombe/feed"] = {
      200, list({post("1_1", "[]")}, kFace + "/wexcombe/feed?access_token=withheld&offset=25")};
  const auto it = page();
  EXPECT_THAT(play(*it, it->start()).faults, testing::Contains(HasSubstr("in a way that is not known")));
}

TEST_F(Graph, FurtherCommentsAtAnotherServerAreAFault) {
  answers[kFace + "/wexcombe/tagged"] = {200, list({})};
  answers[kFace + "/wexcombe/feed"] = {
      200, list({post("1_1", R"({"data":[],"paging":{"next":"https://evil.example/comments?after=x"}})")})};
  const auto it = page();
  EXPECT_THAT(play(*it, it->start()).faults, testing::Contains(HasSubstr("at another server")));
}

TEST_F(Graph, ATokenThatIsNoLongerGoodIsDeniedAndALimitIsForLater) {
  answers[kFace + "/wexcombe/tagged"] = {
      400, R"({"error":{"message":"Application request limit reached","code":4}})"};
  answers[kFace + "/wexcombe/feed"] = {
      400,
      R"({"error":{"message":"Error validating access token: Session has expired","type":"OAuthException","code":190}})"};
  const auto it = page();
  const auto out = play(*it, it->start());
  ASSERT_THAT(out.errors, SizeIs(3));
  EXPECT_EQ(out.errors[1].code, Code::kDenied);
  EXPECT_EQ(out.errors[2].code, Code::kUnavailable);
}

TEST_F(Graph, WhatCannotBeLoadedIsUnavailableBecauseNobodySaysThatItIsGone) {
  answers[kFace + "/wexcombe"] = {200, list({})};
  const auto it = page();
  play(*it, it->start());
  const auto asks = it->ask_after({{"1_7", "", "", "2020-01-01T00:00:00.000Z", ""}});
  ASSERT_THAT(asks, SizeIs(1));
  answers[kFace + "/1_7"] = {
      400, R"({"error":{"message":"Unsupported get request","code":100,"error_subcode":33}})"};
  const auto out = play(*it, asks);
  ASSERT_THAT(out.verdicts, SizeIs(1));
  EXPECT_EQ(out.verdicts[0].fate, Fate::kBarred);
  EXPECT_EQ(out.verdicts[0].words, "100/33");
}

TEST_F(Graph, OfAnOldPostWhoseTurnItIsTheFurtherCommentsAreReadToo) {
  const auto further = kFace + "/1_7/comments?access_token=withheld&limit=100&after=x";
  answers[kFace + "/wexcombe"] = {200, list({})};
  const auto it = page();
  play(*it, it->start());
  const auto asks = it->ask_after({{"1_7", "", "", "2020-01-01T00:00:00.000Z", ""}});
  ASSERT_THAT(asks, SizeIs(1));
  answers[kFace + "/1_7?"] = {200, post("1_7", list({comment("1_8")}, further))};
  answers[further] = {200, list({comment("1_9")})};
  const auto out = play(*it, asks);
  ASSERT_THAT(out.items, SizeIs(3));
  EXPECT_EQ(out.items[2].interaction.id, "1_9");
  EXPECT_EQ(out.items[2].interaction.thread, "1_7");
}

TEST_F(Graph, FurtherPagesThatAreTooManyAreLeftToTheNextPoll) {
  std::string page_url = kFace + "/1_1/comments?access_token=withheld&after=";
  answers[kFace + "/debug_token"] = {200, R"({"data":{}})"};
  answers[kFace + "/wexcombe/tagged"] = {200, list({})};
  answers[kFace + "/wexcombe/feed"] = {200, list({post("1_1", list({comment("1_2")}, page_url + "0z"))})};
  const std::size_t all = kGraphInner + 5;
  for (std::size_t i = 0; i < all; ++i)
    answers[page_url + std::to_string(i) + "z"] = {
        200, list({comment("2_" + std::to_string(i))},
                  i + 1 < all ? page_url + std::to_string(i + 1) + "z" : std::string())};
  const auto first = page();
  std::set<std::string> ids;
  for (const auto& item : play(*first, first->start()).items) ids.insert(item.interaction.id);
  EXPECT_THAT(ids, SizeIs(kGraphInner + 2));
  auto second = new_facebook_poll({"https://www.facebook.com/wexcombe", "", "2026-11-22T00:00:00Z", true,
                                   first->resume({})})
                    .value();
  for (const auto& item : play(*second, second->start()).items) ids.insert(item.interaction.id);
  EXPECT_THAT(ids, SizeIs(all + 2));
}

TEST_F(Graph, AnAccountOfThreadsGivesItsConversations) {
  const auto entry = [](const std::string& id, const std::string& more = "") {
    return R"({"id":")" + id +
           R"(","media_product_type":"THREADS","permalink":"https://www.threads.net/@a/post/x","username":"wexcombe","text":"words","timestamp":"2026-11-01T10:00:00+0000")" +
           more + "}";
  };
  answers[kThreadsApi + "/me?fields=id,username"] = {200, R"({"id":"5","username":"wexcombe"})"};
  answers[kThreadsApi + "/me/threads"] = {200, list({entry("1", R"(,"has_replies":true)")})};
  answers[kThreadsApi + "/me/replies"] = {200, list({})};
  answers[kThreadsApi + "/me/mentions"] = {200, list({})};
  answers[kThreadsApi + "/1/conversation"] = {
      200, list({entry("2", R"(,"root_post":{"id":"1"},"replied_to":{"id":"1"})"),
                 entry("3", R"(,"root_post":{"id":"1"},"replied_to":{"id":"2"})")})};
  auto it = new_threads_poll({"https://www.threads.net/@wexcombe", "", "2026-11-22T00:00:00Z", true});
  ASSERT_TRUE(it);
  const auto out = play(**it, (*it)->start());
  EXPECT_THAT(out.errors, IsEmpty());
  ASSERT_THAT(out.items, SizeIs(3));
  EXPECT_EQ(out.items[0].interaction.platform, "threads");
  EXPECT_EQ(out.items[2].interaction.reply_to, "2");
  EXPECT_EQ(out.items[2].interaction.thread, "1");
}

TEST_F(Graph, AnotherAccountsTokenIsNotUsed) {
  answers["https://graph.instagram.com/v21.0/me?fields=id,username"] = {
      200, R"({"id":"5","username":"somebody"})"};
  auto it = new_instagram_poll({"https://www.instagram.com/wexcombe/", "", "2026-11-22T00:00:00Z", true});
  ASSERT_TRUE(it);
  const auto out = play(**it, (*it)->start());
  ASSERT_THAT(out.errors, SizeIs(1));
  EXPECT_EQ(out.errors[0].code, Code::kDenied);
  EXPECT_THAT(asked, SizeIs(1));
}

TEST(GraphAddress, ThatNamesNoAccountIsRefused) {
  for (const auto* url : {"https://www.facebook.com/", "https://www.facebook.com/wexcombe/posts/1",
                          "https://www.facebook.com/a%20b"})
    EXPECT_EQ(new_facebook_poll({url, "", "", true}).error().code, Code::kInvalid) << url;
}

}  // namespace
}  // namespace muniment::polls
