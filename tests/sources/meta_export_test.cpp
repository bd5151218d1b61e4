#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/meta_text.hpp"
#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::contents_of;
using support::fault_of;
using support::only_item;
using support::platforms_folder;
using support::read_file_of;
using testing::ElementsAre;
using testing::SizeIs;

TEST(MetaText, ReadsBytesThatWereWrittenAsCharacters) {
  EXPECT_EQ(meta_text("A\u00c3\u00b1o \u00f0\u009f\u008e\u0089"), "Año \U0001F389");
  EXPECT_EQ(meta_text("plain"), "plain");
  EXPECT_EQ(meta_text(""), "");
}

TEST(MetaText, LeavesTextThatWasNotWrittenThatWay) {
  EXPECT_EQ(meta_text("Caf\u00e9"), "Caf\u00e9");
  EXPECT_EQ(meta_text("Año \U0001F389"), "Año \U0001F389");
  EXPECT_EQ(meta_text("\u00c3\u00b1 and \u0416"), "\u00c3\u00b1 and \u0416");
}

constexpr std::string_view kPosts =
    "\xef\xbb\xbf"
    R"([{"timestamp":1777629600,"data":[{"post":"A\u00c3\u00b1o nuevo"},{"update_timestamp":1777633200}],"title":"Town updated its status.",
   "attachments":[{"data":[{"media":{"uri":"posts/media/1.jpg","creation_timestamp":1,"description":"a r\u00c3\u00ado"}},{"external_context":{"url":"https://town.example/"}}]}],"tags":[{"name":"Jos\u00c3\u00a9"}]},
  {"timestamp":1777629601,"attachments":[{"data":[{"media":{"uri":"posts/media/2.jpg"}}]}]},
  {"timestamp":1777629602,"data":[],"title":"Town likes a page."}, 42])";

TEST(FacebookExport, ReadsPostsWithRepairedTextsAndKeepsTheBytes) {
  const auto reading = read_file_of("facebook-export", kPosts);
  EXPECT_EQ(fault_of(reading, kPosts), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.others, 1U);
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.text, "Año nuevo");
  EXPECT_EQ(post.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(post.edited, "2026-05-01T11:00:00.000Z");
  EXPECT_EQ(post.summary, "Town updated its status.");
  EXPECT_EQ(post.media[0].alt, "a río");
  EXPECT_THAT(post.links, ElementsAre("https://town.example/"));
  EXPECT_THAT(post.mentions, ElementsAre("José"));
  EXPECT_NE(kPosts.substr(reading.items[0].offset, reading.items[0].length).find("A\\u00c3\\u00b1o"),
            std::string::npos);
}

TEST(FacebookExport, NamesTheSamePostTheSameInEveryCopyOfTheExport) {
  const auto once = read_file_of("facebook-export", kPosts);
  const auto again =
      read_file_of("facebook-export",
                   std::string("[") + std::string(kPosts.substr(kPosts.find("{\"timestamp\":1777629601"))));
  ASSERT_THAT(once.items, SizeIs(2));
  ASSERT_THAT(again.items, SizeIs(1));
  EXPECT_EQ(once.items[1].interaction.id, again.items[0].interaction.id);
  EXPECT_NE(once.items[0].interaction.id, once.items[1].interaction.id);
}

TEST(FacebookExport, ReadsCommentsUnderTheNameOfTheirAuthor) {
  SavedContext context;
  learn(
      R"({"profile_v2":{"name":{"full_name":"Town Council"},"username":"town","profile_uri":"https://www.facebook.com/town"}})",
      context);
  const auto comment = only_item(
      "facebook-export",
      R"({"comments_v2":[{"timestamp":1777629600,"data":[{"comment":{"timestamp":1777629600,"comment":"Gracias, Jos\u00c3\u00a9","author":"Town Council"}}],"title":"Town Council replied to Jos\u00c3\u00a9's comment."}]})",
      context);
  EXPECT_EQ(comment.type, "comment");
  EXPECT_EQ(comment.text, "Gracias, José");
  EXPECT_EQ(comment.author.handle, "town");
}

TEST(FacebookExport, ReadsACommentThatShowsAPictureAlone) {
  const auto comment = only_item(
      "facebook-export",
      R"({"comments_v2":[{"timestamp":1777629600,"attachments":[{"data":[{"media":{"uri":"photos/1.jpg","creation_timestamp":1777629600}}]}],"title":"Town Council commented on Jo's post."}]})");
  EXPECT_EQ(comment.type, "comment");
  ASSERT_THAT(comment.media, SizeIs(1));
}

TEST(FacebookExport, TakesWhatWasWrittenInAGroupForPrivate) {
  const auto group = read_file_of(
      "facebook-export",
      R"({"group_posts_v2":[{"timestamp":1777629600,"data":[{"post":"For members"}],"title":"Town posted in Quay Users."}]})");
  ASSERT_THAT(group.items, SizeIs(1));
  EXPECT_EQ(group.items[0].why_private, "written in a group");
  EXPECT_EQ(group.items[0].interaction.visibility, "group");
  const auto comments = read_file_of(
      "facebook-export",
      R"({"comments_v2":[{"timestamp":1777629600,"data":[{"comment":{"timestamp":1777629600,"comment":"Yes","author":"Town","group":"Quay Users"}}]},
     {"timestamp":1777629601,"data":[{"comment":{"timestamp":1777629601,"comment":"No","author":"Town"}}]}]})");
  ASSERT_THAT(comments.items, SizeIs(2));
  EXPECT_EQ(comments.items[0].why_private, "written in a group");
  EXPECT_EQ(comments.items[1].why_private, "");
}

TEST(InstagramExport, ReadsStories) {
  for (const std::string list : {"ig_stories", "ig_other_media"}) {
    const auto story = only_item(
        "instagram-export",
        "{\"" + list +
            R"(":[{"uri":"media/stories/1.jpg","creation_timestamp":1777629600,"title":"The quay \u00e2\u0080\u00a6"}]})");
    EXPECT_EQ(story.type, "post") << list;
    EXPECT_EQ(story.text, "The quay …");
    EXPECT_EQ(story.posted, "2026-05-01T10:00:00.000Z");
    ASSERT_THAT(story.media, SizeIs(1));
    EXPECT_EQ(story.media[0].url, "media/stories/1.jpg");
  }
}

TEST(InstagramExport, ReadsFilmsOfItsOlderKind) {
  EXPECT_EQ(
      only_item(
          "instagram-export",
          R"({"ig_igtv_media":[{"media":[{"uri":"media/igtv/1.mp4","creation_timestamp":1777629600,"title":"The quay"}]}]})")
          .text,
      "The quay");
}

TEST(MetaMessages, ArePrivate) {
  constexpr std::string_view kMessages = R"({"participants":[{"name":"Jo"},{"name":"Town"}],"messages":[
    {"sender_name":"Jo","timestamp_ms":1777629600123,"content":"Mi calle est\u00c3\u00a1 rota","type":"Generic"},42,
    {"sender_name":"Town","timestamp_ms":1777629500000,"photos":[{"uri":"messages/p.jpg","creation_timestamp":1}]}],"title":"Jo","thread_path":"inbox/jo_1"})";
  const auto reading = read_file_of("meta-messages", kMessages);
  EXPECT_EQ(fault_of(reading, kMessages), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[0].interaction.text, "Mi calle está rota");
  EXPECT_EQ(reading.items[0].interaction.posted, "2026-05-01T10:00:00.123Z");
  EXPECT_EQ(reading.items[0].why_private, "a direct message");
  EXPECT_EQ(reading.items[0].interaction.thread, "conversation/inbox/jo_1");
}

TEST(MetaMessages, ThatWereEncryptedAreSpelledOtherwise) {
  const auto reading = read_file_of("meta-messages",
                                    R"({"participants":["Jo","Town"],"threadName":"Jo_1","messages":[
    {"isUnsent":false,"media":[],"reactions":[],"senderName":"Jo","text":"Is the café open?","timestamp":1777629600123,"type":"text"},
    {"isUnsent":false,"media":[{"uri":"./media/1.jpg"}],"reactions":[],"senderName":"Town","text":"","timestamp":1777629700000,"type":"media"},
    {"isUnsent":true,"media":[],"reactions":[],"senderName":"Jo","text":"","timestamp":1777629800000,"type":"placeholder"}]})");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.others, 1U);
  const auto& message = reading.items[0].interaction;
  EXPECT_EQ(message.text, "Is the café open?");
  EXPECT_EQ(message.author.name, "Jo");
  EXPECT_EQ(message.posted, "2026-05-01T10:00:00.123Z");
  EXPECT_EQ(message.thread, "conversation/Jo_1");
  EXPECT_EQ(reading.items[0].why_private, "a direct message");
  EXPECT_EQ(reading.items[1].interaction.media[0].url, "./media/1.jpg");
}

TEST(MetaMessages, WithoutWordsSayWhatTheyPassOn) {
  const auto reading = read_file_of(
      "meta-messages",
      R"({"participants":[{"name":"Jo"}],"messages":[{"sender_name":"Jo","timestamp_ms":1777629600123,"share":{"share_text":"Mind the quay"}},
     {"sender_name":"Jo","timestamp_ms":1777629600124,"sticker":{"uri":"stickers/1.png"}}],"thread_path":"inbox/jo_1"})");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[0].interaction.text, "Mind the quay");
  EXPECT_EQ(reading.items[1].interaction.media[0].url, "stickers/1.png");
}

TEST(MetaMessages, SayThatHalfACharacterWasMended) {
  const auto reading = read_file_of(
      "meta-messages",
      R"({"participants":[{"name":"Jo"}],"messages":[{"sender_name":"Jo","timestamp_ms":1777629600123,"content":"a\ud800b"}],"thread_path":"inbox/jo_1"})");
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.items[0].interaction.text,
            "a\xef\xbf\xbd"
            "b");
  EXPECT_TRUE(reading.recovered);
}

TEST(InstagramExport, ReadsPicturesAndComments) {
  SavedContext context;
  learn(
      R"({"profile_user":[{"title":"","media_map_data":{},"string_map_data":{"Username":{"href":"","value":"town"},"Name":{"value":"Town Council"}}}]})",
      context);
  const auto picture = only_item(
      "instagram-export",
      R"([{"media":[{"uri":"media/posts/1.jpg","creation_timestamp":1777629600,"title":"El r\u00c3\u00ado"},{"uri":"media/posts/2.jpg","creation_timestamp":1777629601,"title":""}]}])",
      context);
  EXPECT_EQ(picture.text, "El río");
  EXPECT_THAT(picture.media, SizeIs(2));
  EXPECT_EQ(picture.author.handle, "town");
  EXPECT_EQ(picture.posted, "2026-05-01T10:00:00.000Z");
  const auto comment = only_item(
      "instagram-export",
      R"([{"media_list_data":[{"uri":""}],"string_map_data":{"Comment":{"value":"Merci \u00c3\u00a0 tous"},"Media Owner":{"value":"jo"},"Time":{"timestamp":1777629600}}}])",
      context);
  EXPECT_EQ(comment.text, "Merci à tous");
  EXPECT_EQ(comment.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_THAT(comment.mentions, ElementsAre("jo"));
}

TEST(FacebookExport, OfTheRecordedOneGivesItsThreePosts) {
  const auto path = platforms_folder() / "facebook/pedrofuentes__kawsay/posts/your_posts_1.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "the recorded payloads are not here";
  const auto reading = read_file_of("facebook-export", contents_of(path));
  ASSERT_THAT(reading.items, SizeIs(3));
  EXPECT_TRUE(reading.items[0].interaction.text.starts_with("Feliz Año Nuevo \U0001F389"));
}

}  // namespace
}  // namespace muniment::sources
