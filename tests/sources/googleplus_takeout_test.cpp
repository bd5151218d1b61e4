#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::read_file_of;
using testing::SizeIs;

TEST(GooglePlus, ReadsAPostWithItsCommentsAndWhoMaySeeIt) {
  constexpr std::string_view kPost =
      R"({"url":"https://plus.google.com/+Town/posts/abc","creationTime":"2018-10-09 13:10:11+0000","updateTime":"2018-10-09 13:10:11+0000",
    "author":{"displayName":"Town","profilePageUrl":"https://plus.google.com/+Town","resourceName":"users/1"},"content":"Roads are <b>closed</b>.<br>Sorry",
    "link":{"title":"Map","url":"https://maps.example/"},"comments":[{"creationTime":"2018-10-09 14:00:00+0000","author":{"displayName":"Jo","resourceName":"users/2"},"content":"Why?","postUrl":"https://plus.google.com/+Town/posts/abc","resourceName":"users/1/posts/abc/comments/c1"}],
    "resourceName":"users/1/posts/abc","activityId":"abc","postAcl":{"visibleToStandardAcl":{"circles":[{"type":"CIRCLE_TYPE_PUBLIC"}]}}})";
  const auto reading = read_file_of("googleplus", kPost);
  EXPECT_EQ(fault_of(reading, kPost), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[0].interaction.text, "Roads are closed.\nSorry");
  EXPECT_EQ(reading.items[0].interaction.posted, "2018-10-09T13:10:11.000Z");
  EXPECT_EQ(reading.items[0].interaction.visibility, "public");
  EXPECT_EQ(reading.items[0].why_private, "");
  EXPECT_EQ(reading.items[0].interaction.id, "https://plus.google.com/+Town/posts/abc");
  EXPECT_EQ(reading.items[0].interaction.local, "users/1/posts/abc");
  EXPECT_EQ(reading.items[1].interaction.thread, "https://plus.google.com/+Town/posts/abc");
  EXPECT_EQ(reading.items[1].interaction.local, "users/1/posts/abc/comments/c1");
  EXPECT_EQ(reading.items[1].interaction.author.url, "https://plus.google.com/2");
  auto closed = std::string(kPost);
  closed.replace(closed.find("CIRCLE_TYPE_PUBLIC"), 18, "CIRCLE_TYPE_USER_CIRCLE");
  EXPECT_EQ(read_file_of("googleplus", closed).items[0].why_private, "shared with chosen people only");
}

TEST(GooglePlus, NamesAPostAndItsCommentsAsTheHtmlDoes) {
  const auto json = read_file_of(
      "googleplus",
      R"({"url":"https://plus.google.com/+Town/posts/Ab1","creationTime":"2014-06-30 14:04:00+0000","author":{"displayName":"Town","profilePageUrl":"https://plus.google.com/+Town","resourceName":"users/1"},"content":"The quay<br>is wet",
        "comments":[{"creationTime":"2014-07-01 01:51:39+0000","author":{"displayName":"Jo","profilePageUrl":"https://plus.google.com/+Jo","resourceName":"users/2"},"content":"Why &amp; when?","resourceName":"users/1/posts/x/comments/y"},
          {"creationTime":"2014-07-01 02:00:00+0000","author":{"displayName":"Ben","resourceName":"users/3"},"content":"Ah","resourceName":"users/1/posts/x/comments/z"}],
        "resharedPost":{"url":"https://plus.google.com/+Ann/posts/Zz9","resourceName":"users/4/posts/q"},
        "resourceName":"users/1/posts/x","postAcl":{"isPublic":true}})");
  const auto html = read_file_of(
      "googleplus-page",
      R"(<html><body><div><a href="https://plus.google.com/+Town" class="author">Town</a> - <a href="https://plus.google.com/+Town/posts/Ab1">2014-06-30 14:04:00+0000</a><div class="main-content">The quay<br>is wet</div>
        <a class="reshare-attribution" href="https://plus.google.com/+Ann/posts/Zz9">Originally shared by Ann</a></div><div class="visibility">Shared with: Public</div>
        <div class="comments"><div class="comment"><a href="https://plus.google.com/+Jo" class="author">Jo</a><span class="time"> - 2014-07-01 01:51:39+0000</span><div class="comment-content">Why &amp; when?</div></div>
        <div class="comment"><a href="https://plus.google.com/3" class="author">Ben</a><span class="time"> - 2014-07-01 02:00:00+0000</span><div class="comment-content">Ah</div></div></div></body></html>)");
  ASSERT_THAT(json.items, SizeIs(3));
  ASSERT_THAT(html.items, SizeIs(3));
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(json.items[i].interaction.id, html.items[i].interaction.id);
    EXPECT_EQ(json.items[i].has_made_name, html.items[i].has_made_name);
  }
  EXPECT_EQ(json.items[0].interaction.quote_of, html.items[0].interaction.quote_of);
}

TEST(GooglePlus, WithoutAnAddressHasItsResourceName) {
  const auto reading = read_file_of(
      "googleplus",
      R"({"url":"","creationTime":"2018-10-09 13:10:11+0000","author":{"displayName":"Jo"},"content":"Ice","resourceName":"users/1/posts/a","postAcl":{"isPublic":true}})");
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.items[0].interaction.id, "users/1/posts/a");
  EXPECT_EQ(reading.items[0].interaction.local, "");
}

TEST(GooglePlus, OfACommunityOrCollectionIsPrivateUnlessTheFileSaysThatEverybodyMaySeeIt) {
  const auto with = [](std::string_view acl) {
    return read_file_of(
        "googleplus",
        R"({"url":"https://plus.google.com/1/posts/a","creationTime":"2018-10-09 13:10:11+0000","author":{"displayName":"Jo"},"content":"Ice","resourceName":"users/1/posts/a","postAcl":)" +
            std::string(acl) + "}");
  };
  for (const auto* acl : {R"({"communityAcl":{"community":{"displayName":"Fishers"}}})",
                          R"({"collectionAcl":{"collection":{"displayName":"Ice"}}})"})
    EXPECT_EQ(with(acl).items[0].why_private, "shared with chosen people only") << acl;
  EXPECT_EQ(with("null").items[0].why_private, "who may see it is not said");
  const auto open = with(R"({"communityAcl":{"community":{"displayName":"Fishers"}},"isPublic":true})");
  EXPECT_EQ(open.items[0].why_private, "");
  EXPECT_EQ(open.items[0].interaction.visibility, "public");
}

}  // namespace
}  // namespace muniment::sources
