#include "polls/discourse_poll.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/scripted_server.hpp"

namespace muniment::polls {
namespace {

using sources::Fate;
using sources::Held;
using sources::Poll;

using test::ScriptedServer;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string kForum = "https://forum.example";

std::string post(int id, const std::string& more = "", const std::string& text = "words") {
  const auto n = std::to_string(id);
  return R"({"id":)" + n + R"(,"username":"ann","user_id":5,"created_at":"2026-11-01T00:)" +
         (id < 10 ? "0" : "") + n + R"(:00.000Z","cooked":"<p>)" + text + R"(</p>","post_number":)" + n +
         R"(,"updated_at":"2026-11-01T00:00:00.000Z","version":1,"topic_id":7,"topic_slug":"quay")" + more +
         "}";
}
Held held(int id) {
  return {"forum.example/post/" + std::to_string(id), "forum.example/t/7/" + std::to_string(id), "",
          "2026-11-01T00:" + std::string(id < 10 ? "0" : "") + std::to_string(id) + ":00.000Z", ""};
}

class Forum : public testing::Test {
 protected:
  std::unique_ptr<Poll> poll(const std::string& url = kForum + "/", const std::string& cursor = "",
                             bool login = false) {
    auto made = new_discourse_poll({url, cursor, "2026-11-22T00:00:00Z", login});
    EXPECT_TRUE(made) << made.error().what;
    return made ? *std::move(made) : nullptr;
  }
  ScriptedServer server;
};

TEST_F(Forum, AForumIsReadFromTheNewestPostToWhatIsKnown) {
  server.answers[kForum + "/posts.json"] = {200, R"({"latest_posts":[)" + post(9) + "," + post(8) + "]}"};
  server.answers[kForum + "/posts.json?before=7"] = {200,
                                                     R"({"latest_posts":[)" + post(7) + "," + post(1) + "]}"};
  const auto it = poll();
  const auto out = server.play(*it);
  ASSERT_THAT(out.items, SizeIs(4));
  EXPECT_EQ(out.items[0].interaction.id, "forum.example/post/9");
  EXPECT_THAT(server.unknown, IsEmpty());
  server.asked.clear();
  server.play(*poll(kForum + "/", it->cursor()));
  EXPECT_THAT(server.asked, ElementsAre(kForum + "/posts.json"));
}

TEST_F(Forum, ATopicIsReadWholeTwentyPostsAtATime) {
  std::string stream = "1", rest;
  for (int id = 2; id <= 22; ++id) stream += "," + std::to_string(id);
  server.answers[kForum + "/t/7.json"] = {200, R"({"id":7,"title":"The quay","post_stream":{"posts":[)" +
                                                   post(1) + R"(],"stream":[)" + stream + "]}}"};
  std::string first = kForum + "/t/7/posts.json?post_ids[]=2";
  for (int id = 3; id <= 21; ++id) first += "&post_ids[]=" + std::to_string(id);
  for (int id = 2; id <= 21; ++id) rest += (id == 2 ? "" : ",") + post(id);
  server.answers[first] = {200, R"({"post_stream":{"posts":[)" + rest + "]}}"};
  server.answers[kForum + "/t/7/posts.json?post_ids[]=22"] = {
      200, R"({"post_stream":{"posts":[)" + post(22) + "]}}"};
  EXPECT_THAT(server.play(*poll(kForum + "/t/quay/7")).items, SizeIs(22));
  EXPECT_THAT(server.unknown, IsEmpty());
}

TEST_F(Forum, APageOfNumbersThatAreNotForEverybodyIsNoEnd) {
  server.answers[kForum + "/posts.json"] = {200, R"({"latest_posts":[)" + post(99, "", "news") + "]}"};
  server.answers[kForum + "/posts.json?before=98"] = {200, R"({"latest_posts":[]})"};
  server.answers[kForum + "/posts.json?before=48"] = {200, R"({"latest_posts":[)" + post(7) + "]}"};
  server.answers[kForum + "/posts.json?before=6"] = {200, R"({"latest_posts":[]})"};
  const auto out = server.play(*poll());
  EXPECT_THAT(out.items, SizeIs(2));
  EXPECT_THAT(server.unknown, IsEmpty());
  EXPECT_THAT(out.faults, IsEmpty());
}

TEST_F(Forum, ANewestPageWithoutAnythingIsAFaultWhereSomethingWasKnown) {
  server.answers[kForum + "/posts.json"] = {200, R"({"latest_posts":[]})"};
  EXPECT_THAT(server.play(*poll()).faults, IsEmpty());
  EXPECT_THAT(server.play(*poll(kForum + "/", "posts 2026-11-01T00:00:00.000Z\n")).faults, SizeIs(1));
}

TEST_F(Forum, ATopicTooLongToNameItsPostsIsReadPageByPage) {
  server.answers[kForum + "/t/7.json"] = {
      200,
      R"({"id":7,"posts_count":45,"highest_post_number":45,"post_stream":{"isMegaTopic":true,"posts":[)" +
          post(1) + "]}}"};
  server.answers[kForum + "/t/7.json?page=2"] = {
      200, R"({"id":7,"post_stream":{"isMegaTopic":true,"posts":[)" + post(21) + "]}}"};
  server.answers[kForum + "/t/7.json?page=3"] = {
      200, R"({"id":7,"post_stream":{"isMegaTopic":true,"posts":[)" + post(41) + "]}}"};
  const auto it = poll(kForum + "/t/quay/7");
  EXPECT_THAT(server.play(*it).items, SizeIs(3));
  EXPECT_THAT(server.unknown, IsEmpty());
}

TEST_F(Forum, OfATopicOfMorePostsThanAreReadTheNewestAreAndItSaysSo) {
  std::string stream = "1";
  for (int id = 2; id <= 20'010; ++id) stream += "," + std::to_string(id);
  server.answers[kForum + "/t/7.json"] = {
      200, R"({"id":7,"post_stream":{"posts":[)" + post(1) + R"(],"stream":[)" + stream + "]}}"};
  const auto out = server.play(*poll(kForum + "/t/quay/7"));
  EXPECT_THAT(out.faults, SizeIs(1));
  EXPECT_THAT(server.asked.back(), testing::EndsWith("post_ids[]=20010"));
}

TEST_F(Forum, ACategoryGivesTheTopicsThatMoved) {
  const auto list = kForum + "/c/harbour/3.json";
  const auto topic = [](int id, const std::string& day) {
    return R"({"id":)" + std::to_string(id) + R"(,"last_posted_at":"2026-11-)" + day + R"(T00:00:00.000Z"})";
  };
  server.answers[list] = {200,
                          R"({"topic_list":{"topics":[)" + topic(7, "20") + "," + topic(6, "10") + "]}}"};
  server.answers[kForum + "/t/7.json"] = {
      200, R"({"id":7,"post_stream":{"posts":[)" + post(1) + R"(],"stream":[1]}})"};
  server.answers[kForum + "/t/6.json"] = {200, R"({"id":6,"post_stream":{"posts":[],"stream":[]}})"};
  const auto it = poll(kForum + "/c/harbour/3");
  server.play(*it);
  EXPECT_THAT(server.unknown, IsEmpty());
  server.asked.clear();
  server.answers[list].body = R"({"topic_list":{"topics":[)" + topic(6, "21") + "," + topic(7, "20") + "]}}";
  server.play(*poll(kForum + "/c/harbour/3", it->cursor()));
  EXPECT_THAT(server.asked, ElementsAre(list, kForum + "/t/6.json"));
}

TEST_F(Forum, WhatIsGoneIsSaidByTheForumAndNotByAProxy) {
  server.answers[kForum + "/posts.json"] = {200, R"({"latest_posts":[)" + post(9) + "," + post(1) + "]}"};
  const auto it = poll();
  server.play(*it);
  const auto asks = it->ask_after({held(9), held(2), held(3), held(4), held(5)});
  EXPECT_THAT(asks, SizeIs(4)) << "all but the one that came";
  server.answers[kForum + "/posts/2.json"] = {
      404, R"({"errors":["The requested URL could not be found."],"error_type":"not_found"})"};
  server.answers[kForum + "/posts/3.json"] = {403, R"({"errors":["no"],"error_type":"invalid_access"})"};
  server.answers[kForum + "/posts/4.json"] = {404, "<html>nginx</html>"};
  server.answers[kForum + "/posts/5.json"] = {200,
                                              post(5, R"(,"user_deleted":true)", "(post deleted by author)")};
  const auto out = server.play(*it, asks);
  ASSERT_THAT(out.verdicts, SizeIs(4));
  EXPECT_EQ(out.verdicts[0].fate, Fate::kGone);
  EXPECT_EQ(out.verdicts[1].fate, Fate::kBarred);
  EXPECT_EQ(out.verdicts[2].fate, Fate::kUnclear);
  EXPECT_EQ(out.verdicts[3].fate, Fate::kGone);
  EXPECT_EQ(out.verdicts[3].words, "user_deleted");
  EXPECT_THAT(out.items, IsEmpty()) << "a note that something was deleted is no version of it";
}

TEST_F(Forum, ANoteInAListThatAPostWasDeletedLeadsToAQuestion) {
  server.answers[kForum + "/posts.json"] = {
      200, R"({"latest_posts":[)" + post(9) + "," +
               post(1, R"(,"user_deleted":true)", "(post deleted by author)") + "]}"};
  const auto it = poll();
  EXPECT_THAT(server.play(*it).items, SizeIs(1));
  const auto asks = it->ask_after({held(1)});
  ASSERT_THAT(asks, SizeIs(1));
  EXPECT_EQ(asks[0].about, "forum.example/post/1");
}

TEST_F(Forum, ALoginIsShownInHeaders) {
  const auto asks = poll(kForum + "/", "", true)->start();
  ASSERT_THAT(asks, SizeIs(1));
  ASSERT_THAT(asks[0].shows, SizeIs(2));
  EXPECT_EQ(asks[0].shows[0].name, "Api-Username");
  EXPECT_EQ(asks[0].shows[1].name, "Api-Key");
  EXPECT_EQ(asks[0].shows[1].part, "key");
}

TEST(DiscourseAddress, ThatNamesNothingIsRefused) {
  EXPECT_EQ(new_discourse_poll({kForum + "/u/ann", ""}).error().code, Code::kInvalid);
  EXPECT_EQ(new_discourse_poll({kForum + "/t/no-number", ""}).error().code, Code::kInvalid);
}

}  // namespace
}  // namespace muniment::polls
