#include "polls/youtube_poll.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/scripted_server.hpp"

namespace muniment::polls {
namespace {

using sources::Fate;
using sources::Held;
using sources::Poll;
using sources::Showing;

using test::ScriptedServer;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kApi = "https://www.googleapis.com/youtube/v3";
const std::string kChannel = kApi + "/channels?part=id,contentDetails&forHandle=wexcombe";
const std::string kThreads = kApi +
                             "/commentThreads?part=snippet,replies&order=time&textFormat=html&maxResults=100&"
                             "allThreadsRelatedToChannelId=UC1";
const std::string kUploads = kApi + "/playlistItems?part=contentDetails,snippet&maxResults=50&playlistId=UU1";
const std::string kVideos = kApi + "/videos?part=snippet,statistics,status&maxResults=50&id=";
const std::string kComments = kApi + "/comments?part=snippet&textFormat=html&maxResults=50&id=";
const std::string kOlder = kApi + "/commentThreads?part=snippet,replies&textFormat=html&id=";
const std::string kReplies = kApi + "/comments?part=snippet&textFormat=html&maxResults=100&parentId=";

std::string comment(const std::string& id, const std::string& parent = "") {
  return R"({"kind":"youtube#comment","id":")" + id +
         R"(","snippet":{"textDisplay":"words","videoId":"V1",)" +
         (parent.empty() ? "" : R"("parentId":")" + parent + "\",") +
         R"("authorDisplayName":"@ann","authorChannelId":{"value":"UCann"},"publishedAt":"2026-11-01T00:00:00Z"}})";
}
std::string thread(const std::string& id, int replies, const std::string& inlined = "") {
  return R"({"kind":"youtube#commentThread","id":")" + id +
         R"(","snippet":{"videoId":"V1","topLevelComment":)" + comment(id) + R"(,"totalReplyCount":)" +
         std::to_string(replies) + "}" +
         (inlined.empty() ? "" : R"(,"replies":{"comments":[)" + inlined + "]}") + "}";
}
std::string items(const std::string& inside, const std::string& token = "") {
  return R"({"kind":"youtube#x",)" + (token.empty() ? "" : R"("nextPageToken":")" + token + "\",") +
         R"("items":[)" + inside + "]}";
}
Held held(const std::string& id, const std::string& parent = "") {
  return {id, "", parent, "2020-01-01T00:00:00.000Z", ""};
}

class Channel : public testing::Test {
 protected:
  Channel() {
    server.answers[kChannel] = {
        200, R"({"items":[{"id":"UC1","contentDetails":{"relatedPlaylists":{"uploads":"UU1"}}}]})"};
    server.answers[kThreads] = {200, items(thread("T1", 0) + "," + thread("T2", 2, comment("T2.a", "T2")))};
    server.answers[kReplies + "T2"] = {200, items(comment("T2.a", "T2") + "," + comment("T2.b", "T2"))};
    server.answers[kUploads] = {
        200, items(R"({"contentDetails":{"videoId":"V1","videoPublishedAt":"2026-10-01T00:00:00Z"}})")};
    server.answers[kVideos + "V1"] = {
        200,
        items(
            R"({"kind":"youtube#video","id":"V1","snippet":{"title":"The quay","description":"…","publishedAt":"2026-10-01T00:00:00Z","channelId":"UC1"},"statistics":{"viewCount":"7"}})")};
  }
  std::unique_ptr<Poll> poll(const std::string& cursor = "") {
    auto made = new_youtube_poll({"https://www.youtube.com/@wexcombe", cursor, "2026-11-22T00:00:00Z", true});
    EXPECT_TRUE(made);
    return made ? *std::move(made) : nullptr;
  }
  ScriptedServer server;
};

TEST_F(Channel, GivesItsVideosAndEveryCommentWithItsAnswers) {
  const auto it = poll();
  const auto out = server.play(*it);
  EXPECT_THAT(server.unknown, IsEmpty());
  EXPECT_THAT(out.errors, IsEmpty());
  std::set<std::string> ids;
  for (const auto& item : out.items) ids.insert(item.interaction.id);
  EXPECT_EQ(ids, (std::set<std::string>{"T1", "T2", "T2.a", "T2.b", "video/V1"}));
  EXPECT_THAT(out.remarks, IsEmpty());
}

TEST_F(Channel, ShowsItsKeyAsAParameterOnly) {
  for (const auto& ask : poll()->start()) {
    ASSERT_THAT(ask.shows, SizeIs(1));
    EXPECT_EQ(ask.shows[0].place, Showing::Place::kParameter);
    EXPECT_EQ(ask.url.find("key"), std::string::npos);
  }
}

TEST_F(Channel, AMissingAnswerIsLookedForAndAnEmptyAnswerSaysThatItIsGone) {
  const auto it = poll();
  server.play(*it);
  const auto asks = it->ask_after({held("T2.z", "T2"), held("T2.a", "T2"), held("T9")});
  ASSERT_THAT(asks, SizeIs(2));
  EXPECT_EQ(asks[0].url, kOlder + "T9");
  EXPECT_EQ(asks[1].url, kComments + "T2.z");
  server.answers[asks[0].url] = {200, items(thread("T9", 0))};
  server.answers[kComments + "T2.z"] = {200, items("")};
  const auto out = server.play(*it, asks);
  ASSERT_THAT(out.verdicts, SizeIs(1));
  EXPECT_EQ(out.verdicts[0].id, "T2.z");
  EXPECT_EQ(out.verdicts[0].fate, Fate::kGone);
}

TEST_F(Channel, AnswersToAnOldCommentAreReadWhenItsTurnComesAndThereAreMoreThanAreHeld) {
  const auto it = poll();
  server.play(*it);
  const auto asks = it->ask_after({held("T8"), held("T9"), held("T8.a", "T8"), held("T9.a", "T9")});
  ASSERT_THAT(asks, SizeIs(2));
  server.asked.clear();
  server.answers[kOlder + "T8,T9"] = {200, items(thread("T8", 1) + "," + thread("T9", 2))};
  server.answers[kComments + "T8.a,T9.a"] = {200, items(comment("T8.a", "T8") + "," + comment("T9.a", "T9"))};
  server.answers[kReplies + "T9"] = {200, items(comment("T9.a", "T9") + "," + comment("T9.b", "T9"))};
  const auto out = server.play(*it, asks);
  EXPECT_THAT(server.unknown, IsEmpty());
  EXPECT_THAT(server.asked, testing::ElementsAre(asks[0].url, asks[1].url, kReplies + "T9"));
  EXPECT_EQ(out.items.back().interaction.id, "T9.b");
}

TEST_F(Channel, AVideoThatIsNotShownMayBePrivateAndIsNoDeletion) {
  const auto it = poll();
  server.play(*it);
  const auto asks = it->ask_after({held("video/V7")});
  ASSERT_THAT(asks, SizeIs(1));
  server.answers[asks[0].url] = {200, items("")};
  const auto out = server.play(*it, asks);
  ASSERT_THAT(out.verdicts, SizeIs(1));
  EXPECT_EQ(out.verdicts[0].fate, Fate::kBarred);
}

// A comment is hidden with its film, and while the film takes no comments.
TEST_F(Channel, ACommentWhoseFilmShowsNoneIsNoDeletion) {
  const auto film = [](const std::string& statistics) {
    return items(
        R"({"kind":"youtube#video","id":"V7","snippet":{"title":"The pier","publishedAt":"2020-10-01T00:00:00Z","channelId":"UC1"},"statistics":{)" +
        statistics + "}}");
  };
  auto comment = held("T9");
  comment.thread = "video/V7";
  const auto fate = [&](const test::Scripted& answer) {
    const auto it = poll();
    server.play(*it);
    const auto asks = it->ask_after({comment});
    server.answers[kOlder + "T9"] = server.answers[kComments + "T9"] = {200, items("")};
    server.answers[kVideos + "V7"] = answer;
    const auto out = server.play(*it, asks);
    return out.verdicts.size() == 1 ? out.verdicts[0].fate : Fate::kPresent;
  };
  EXPECT_EQ(fate({200, film(R"("viewCount":"7","commentCount":"3")")}), Fate::kGone);
  EXPECT_EQ(fate({200, film(R"("viewCount":"7")")}), Fate::kBarred);
  EXPECT_EQ(fate({200, items("")}), Fate::kBarred);
  EXPECT_EQ(fate({500, "<html>"}), Fate::kUnclear);
}

TEST_F(Channel, ASpentQuotaIsForLaterAndProvesNothing) {
  const auto it = poll();
  server.play(*it);
  const auto asks = it->ask_after({held("T9")});
  server.answers[kOlder + "T9"] = {
      403,
      R"({"error":{"code":403,"message":"The request cannot be completed","errors":[{"reason":"quotaExceeded"}]}})"};
  const auto out = server.play(*it, asks);
  EXPECT_THAT(out.verdicts, IsEmpty());
  ASSERT_THAT(out.errors, SizeIs(1));
  EXPECT_EQ(out.errors[0].code, Code::kUnavailable);
}

TEST_F(Channel, WithCommentsSwitchedOffSaysSo) {
  server.answers[kThreads] = {403, R"({"error":{"errors":[{"reason":"commentsDisabled"}]}})"};
  const auto out = server.play(*poll());
  ASSERT_THAT(out.errors, SizeIs(1));
  EXPECT_THAT(out.errors[0].what, testing::HasSubstr("commentsDisabled"));
  EXPECT_THAT(out.items, SizeIs(1)) << "videos are read all the same";
}

TEST(YouTubeAddress, ThatNamesNoChannelIsRefused) {
  for (const auto* url :
       {"https://www.youtube.com/", "https://www.youtube.com/watch?v=V1", "https://www.youtube.com/channel/"})
    EXPECT_EQ(new_youtube_poll({url, "", "", true}).error().code, Code::kInvalid) << url;
}

}  // namespace
}  // namespace muniment::polls
