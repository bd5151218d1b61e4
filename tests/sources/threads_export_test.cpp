#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::read_file_of;
using testing::SizeIs;

constexpr std::string_view kPosts = R"({"text_post_app_text_posts": [
  {"media": [{"uri": "", "creation_timestamp": 1777629600, "title": "The quay is open \u00e2\u0080\u0094 come and see", "text_app_post": {"reply_control": "everyone", "is_reply": false}}]},
  {"title": "Two views", "creation_timestamp": 1777629700, "media": [{"uri": "media/posts/a.jpg", "creation_timestamp": 1777629701, "title": ""}, {"uri": "media/posts/b.jpg", "creation_timestamp": 1777629702, "title": ""}]},
  {"media": [{"uri": "", "creation_timestamp": 1777629800, "title": "@ann until ten", "text_app_post": {"is_reply": true}}]},
  {"media": [{"uri": "", "creation_timestamp": 1777629900, "title": ""}]}, 42]})";

SavedContext of_the_town() {
  SavedContext context;
  learn(
      R"({"text_post_app_text_post_app_profile":[{"media_map_data":{},"string_map_data":{"Username":{"href":"","value":"wexcombe"},"Name":{"value":"Wexcombe T\u00c3\u00b6wn"}}}]})",
      context);
  return context;
}

TEST(ThreadsExport, GivesPostsWithMendedWordsUnderTheNameOfTheirOwner) {
  const auto reading = read_file_of("threads-export", kPosts, of_the_town());
  EXPECT_EQ(fault_of(reading, kPosts), "");
  ASSERT_THAT(reading.items, SizeIs(3));
  EXPECT_EQ(reading.others, 1U);
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.platform, "threads");
  EXPECT_EQ(post.type, "post");
  EXPECT_EQ(post.text, "The quay is open \u2014 come and see");
  EXPECT_EQ(post.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(post.author.name, "Wexcombe T\u00f6wn");
  EXPECT_EQ(post.author.url, "https://www.threads.net/@wexcombe");
  EXPECT_TRUE(reading.items[0].has_made_name);
}

TEST(ThreadsExport, TakesTheWordsFromWhereTheyStand) {
  const auto reading = read_file_of("threads-export", kPosts, of_the_town());
  ASSERT_THAT(reading.items, SizeIs(3));
  const auto& two = reading.items[1].interaction;
  EXPECT_EQ(two.text, "Two views");
  EXPECT_EQ(two.posted, "2026-05-01T10:01:40.000Z");
  EXPECT_THAT(two.media, SizeIs(2));
}

TEST(ThreadsExport, TellsAnAnswerFromAPostThoughNotWhatItAnswers) {
  const auto reading = read_file_of("threads-export", kPosts, of_the_town());
  ASSERT_THAT(reading.items, SizeIs(3));
  EXPECT_EQ(reading.items[2].interaction.type, "comment");
  EXPECT_EQ(reading.items[2].interaction.reply_to, "");
}

TEST(ThreadsExport, IsOfTheAccountOfInstagramWhereItsOwnProfileIsNotThere) {
  SavedContext context;
  learn(
      R"({"profile_user":[{"string_map_data":{"Username":{"value":"wexcombe"},"Name":{"value":"Wexcombe"}}}]})",
      context);
  const auto reading = read_file_of("threads-export", kPosts, context);
  ASSERT_THAT(reading.items, SizeIs(3));
  EXPECT_EQ(reading.items[0].interaction.author.id, "https://www.threads.net/@wexcombe");
  EXPECT_EQ(read_file_of("threads-export", kPosts).items.at(0).interaction.author.id, "");
}

TEST(ThreadsExport, OfOtherThingsIsNotTakenForPosts) {
  EXPECT_FALSE(
      detect(R"({"text_post_app_media_likes":[{"title":"ann","string_list_data":[{"timestamp":1}]}]})"));
}

}  // namespace
}  // namespace muniment::sources
