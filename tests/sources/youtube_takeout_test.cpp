#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::only_item;
using support::read_file_of;
using testing::ElementsAre;
using testing::SizeIs;

constexpr std::string_view kPage =
    "<html><head><title>Comments</title></head><body><ul><li>You added a <a "
    "href=\"http://www.youtube.com/watch?v=Quay1&amp;lc=Ugx1\">comment</a> on a <a "
    "href=\"http://www.youtube.com/watch?v=Quay1\">video</a> at 2020-05-24 20:10:05 UTC.<br/>The quay &amp; "
    "the "
    "ferry<br>see <a href=\"https://tide.example/\">here</a></li><li>You <a "
    "href=\"http://www.youtube.com/watch?v=Quay1&amp;lc=Ugx2.R7\">replied</a> to a <a "
    "href=\"http://www.youtube.com/watch?v=Quay1&amp;lc=Ugx2\">comment</a> on a <a "
    "href=\"http://www.youtube.com/watch?v=Quay1\">video</a> at 2020-05-25 20:10:05 UTC.<br/>At "
    "ten\xef\xbb\xbf</li><li>You added a <a "
    "href=\"http://www.youtube.com/channel/UCwex/discussion?lc=z9\">comment</a> on a <a "
    "href=\"http://www.youtube.com/channel/UCwex/discussion\">channel</a> at 2016-01-02 03:04:05 "
    "UTC.<br/>Hello</li><li>nothing</li></ul></body></html>";

SavedContext of_the_town() {
  SavedContext context;
  learn(
      "Channel ID,Channel Description (Original),Channel Title (Original)\nUCtown,\"The town, its "
      "quay\",Wexcombe\n",
      context);
  return context;
}

TEST(YouTubeTakeoutPage, GivesCommentsTheNamesThatTheInterfaceGivesThem) {
  const auto reading = read_file_of("youtube-takeout-page", kPage, of_the_town());
  EXPECT_EQ(fault_of(reading, kPage), "");
  ASSERT_THAT(reading.items, SizeIs(3));
  EXPECT_EQ(reading.others, 1U);
  const auto& comment = reading.items[0].interaction;
  EXPECT_EQ(comment.platform, "youtube");
  EXPECT_EQ(comment.id, "Ugx1");
  EXPECT_EQ(comment.type, "comment");
  EXPECT_EQ(comment.thread, "video/Quay1");
  EXPECT_EQ(comment.url, "https://www.youtube.com/watch?v=Quay1&lc=Ugx1");
  EXPECT_EQ(comment.posted, "2020-05-24T20:10:05.000Z");
  EXPECT_EQ(comment.text, "The quay & the ferry\nsee here");
  EXPECT_THAT(comment.links, ElementsAre("https://tide.example/"));
  EXPECT_EQ(comment.author.id, "UCtown");
  EXPECT_EQ(comment.author.name, "Wexcombe");
  EXPECT_FALSE(reading.items[0].has_made_name);
}

TEST(YouTubeTakeoutPage, IsKnownBehindALongStyleSheetToo) {
  std::string page(kPage);
  page.insert(page.find("</head>"), "<style>" + std::string(100'000, 'a') + "</style>");
  EXPECT_THAT(read_file_of("youtube-takeout-page", page).items, SizeIs(3));
}

TEST(YouTubeTakeoutPage, SaysWhatAReplyAnswersAndWhereAChannelsCommentStands) {
  const auto reading = read_file_of("youtube-takeout-page", kPage);
  ASSERT_THAT(reading.items, SizeIs(3));
  const auto& reply = reading.items[1].interaction;
  EXPECT_EQ(reply.id, "Ugx2.R7");
  EXPECT_EQ(reply.reply_to, "Ugx2");
  EXPECT_EQ(reply.type, "reply");
  EXPECT_EQ(reply.text, "At ten");
  EXPECT_EQ(reading.items[2].interaction.id, "z9");
  EXPECT_EQ(reading.items[2].interaction.thread, "channel/UCwex");
  EXPECT_EQ(reading.items[2].interaction.author.id, "");
}

TEST(YouTubeTakeout, KeepsWordsThatHappenToBeJson) {
  for (const std::string_view words : {"42", "true", "[1]", "\"at ten\"", "null"}) {
    std::string cell;
    for (const char c : words) cell.append(c == '"' ? 2 : 1, c);
    const auto comment =
        only_item("youtube-takeout", "Comment ID,Channel ID,Comment Text\nUgx1,UC1,\"" + cell + "\"\n");
    EXPECT_EQ(comment.text, words);
  }
}

TEST(YouTubeTakeoutPage, MakesNamesForWhatWasSaidInALiveChat) {
  const auto chat =
      only_item("youtube-takeout-page",
                "<ul><li>Sent at 2020-04-27 23:18:23 UTC while watching <a "
                "href=\"http://www.youtube.com/watch?v=Live1\">a video</a>.<br/>Is the sound on?</li></ul>");
  EXPECT_EQ(chat.text, "Is the sound on?");
  EXPECT_EQ(chat.posted, "2020-04-27T23:18:23.000Z");
  EXPECT_EQ(chat.thread, "video/Live1");
  EXPECT_TRUE(chat.id.starts_with("chat/")) << chat.id;
}

TEST(YouTubeTakeoutPage, IsNotAnyListOfLinks) {
  EXPECT_FALSE(detect("<html><body><ul><li><a href=\"https://www.youtube.com/watch?v=1\">one</a></li></ul>"));
}

TEST(YouTubeTakeout, WithSeveralChannelsDoesNotSayWhoseCommentsTheyAre) {
  SavedContext context;
  learn("Channel ID,Channel Title (Original)\nUC1,One\nUC2,Two\n", context);
  EXPECT_TRUE(context.owners.empty());
}

TEST(YouTubeTakeout, ReadsLiveChats) {
  constexpr std::string_view kChats =
      "Live Chat ID,Channel ID,Live Chat Create Timestamp,Price,Currency code,Video ID,Live Chat Text\r\n"
      "L1,UCann,2026-02-01T10:00:00+00:00,5,USD,Live1,\"{\"\"takeoutSegments\"\":[{\"\"text\"\":\"\"Good "
      "\"\"},{"
      "\"\"text\"\":\"\"day\"\"}]}\"\r\n"
      "L2,UCann,2026-02-01T10:01:00+00:00,0,,Live1,\"{\"\"text\"\":\"\"Is the sound on?\"\"}\"\r\n";
  const auto reading = read_file_of("youtube-takeout", kChats);
  EXPECT_EQ(fault_of(reading, kChats), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  const auto& chat = reading.items[0].interaction;
  EXPECT_EQ(chat.id, "L1");
  EXPECT_EQ(chat.text, "Good day");
  EXPECT_EQ(chat.author.id, "UCann");
  EXPECT_EQ(chat.thread, "video/Live1");
  EXPECT_EQ(chat.url, "https://www.youtube.com/watch?v=Live1");
  EXPECT_EQ(chat.posted, "2026-02-01T10:00:00.000Z");
  EXPECT_EQ(reading.items[1].interaction.text, "Is the sound on?");
}

TEST(YouTubeTakeout, ReadsCommentsAsTheyWereSpelledBefore2024) {
  const auto comment = only_item(
      "youtube-takeout",
      "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text\n"
      "Ugx1.R7,UCann,2023-09-19T17:42:53.434647+00:00,0,Ugx1,Quay1,\"{\"\"takeoutSegments\"\":[{\"\"text\"\":"
      "\"\"At ten\"\"}]}\"\n\n\n");
  EXPECT_EQ(comment.text, "At ten");
  EXPECT_EQ(comment.reply_to, "Ugx1");
}

}  // namespace
}  // namespace muniment::sources
