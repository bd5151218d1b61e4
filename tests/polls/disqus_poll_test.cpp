#include "polls/disqus_poll.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/scripted_server.hpp"

namespace muniment::polls {
namespace {

using sources::Fate;
using sources::Held;
using sources::Poll;

using test::ScriptedServer;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kApi = "https://disqus.com/api/3.0";
const std::string kList = kApi + "/posts/list.json?forum=quay-news&limit=100&order=desc&related=thread";

std::string post(const std::string& id, const std::string& more = "") {
  return R"({"id":")" + id +
         R"(","message":"<p>words &amp; <a href=\"https://quay.example/\">more</a></p>","raw_message":"words & more",)" +
         R"("createdAt":"2026-11-01T10:0)" + id +
         R"(:00","author":{"id":"77","username":"ann","name":"Ann","profileUrl":"https://disqus.com/by/ann/"},)" +
         R"("parent":null,"thread":{"id":"900","link":"https://quay.example/news"},"likes":2,"isDeleted":false,"isSpam":false,"isApproved":true)" +
         more + "}";
}
std::string page(const std::string& posts, const std::string& next = "") {
  return R"({"cursor":{"hasNext":)" + std::string(next.empty() ? "false" : "true") + R"(,"next":")" + next +
         R"("},"code":0,"response":[)" + posts + "]}";
}

class Disqus : public testing::Test {
 protected:
  std::unique_ptr<Poll> poll(const std::string& cursor = "") {
    auto made =
        new_disqus_poll({"https://disqus.com/home/forum/quay-news/", cursor, "2026-11-22T00:00:00Z", true});
    EXPECT_TRUE(made);
    return made ? *std::move(made) : nullptr;
  }
  ScriptedServer server;
};

TEST_F(Disqus, IsReadByCursorsAndInTheTermsOfItsExport) {
  server.answers[kList] = {200, page(post("9", R"(,"parent":8)") + "," + post("8"), "c:2")};
  server.answers[kList + "&cursor=c%3A2"] = {200, page(post("1"))};
  const auto it = poll();
  const auto out = server.play(*it);
  EXPECT_THAT(server.unknown, IsEmpty());
  ASSERT_THAT(out.items, SizeIs(3));
  const auto& item = out.items[0].interaction;
  EXPECT_EQ(item.platform, "disqus");
  EXPECT_EQ(item.id, "9");
  EXPECT_EQ(item.type, "reply");
  EXPECT_EQ(item.reply_to, "8");
  EXPECT_EQ(item.thread, "thread/900");
  EXPECT_EQ(item.url, "https://quay.example/news#comment-9");
  EXPECT_EQ(item.posted, "2026-11-01T10:09:00.000Z");
  EXPECT_EQ(item.text, "words & more");
  EXPECT_THAT(item.links, testing::ElementsAre("https://quay.example/"));
  EXPECT_EQ(item.author.id, "77");
  EXPECT_EQ(item.visibility, "approved");
}

TEST_F(Disqus, SaysItselfWhatWasDeleted) {
  server.answers[kList] = {200, page(post("9"))};
  const auto it = poll();
  server.play(*it);
  const auto held = [](const std::string& id) { return Held{id, "", "", "2026-11-01T10:00:00.000Z", ""}; };
  const auto asks = it->ask_after({held("5"), held("6"), held("7"), held("9")});
  ASSERT_THAT(asks, SizeIs(3)) << "the list came to its end";
  const auto single = kApi + "/posts/details.json?related=thread&post=";
  server.answers[single + "5"] = {200, R"({"code":0,"response":)" + post("5", R"(,"isDeleted":true)") + "}"};
  server.answers[single + "6"] = {200, R"({"code":0,"response":)" + post("6", R"(,"isSpam":true)") + "}"};
  server.answers[single + "7"] = {400, R"({"code":2,"response":"Invalid argument, 'post'"})"};
  const auto out = server.play(*it, asks);
  ASSERT_THAT(out.verdicts, SizeIs(3));
  EXPECT_EQ(out.verdicts[0].fate, Fate::kGone);
  EXPECT_EQ(out.verdicts[1].fate, Fate::kBarred);
  EXPECT_EQ(out.verdicts[2].fate, Fate::kUnclear);
  EXPECT_THAT(out.items, IsEmpty());
}

TEST_F(Disqus, ItsErrorsAreErrors) {
  server.answers[kList] = {200, R"({"code":5,"response":"Invalid API key"})"};
  EXPECT_THAT(server.play(*poll()).errors, SizeIs(1));
}

TEST(DisqusAddress, ThatNamesNoForumIsRefused) {
  EXPECT_EQ(new_disqus_poll({"https://disqus.com/", "", "", true}).error().code, Code::kInvalid);
}

}  // namespace
}  // namespace muniment::polls
