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
  EXPECT_EQ(reading.items[1].interaction.thread, "users/1/posts/abc");
  auto closed = std::string(kPost);
  closed.replace(closed.find("CIRCLE_TYPE_PUBLIC"), 18, "CIRCLE_TYPE_USER_CIRCLE");
  EXPECT_EQ(read_file_of("googleplus", closed).items[0].why_private, "shared with chosen people only");
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
  const auto open = with(R"({"communityAcl":{"community":{"displayName":"Fishers"}},"isPublic":true})");
  EXPECT_EQ(open.items[0].why_private, "");
  EXPECT_EQ(open.items[0].interaction.visibility, "public");
}

}  // namespace
}  // namespace muniment::sources
