#include "records/made_name.hpp"

#include <gtest/gtest.h>

namespace muniment::records {
namespace {

TEST(MadeName, IsTheSameForTheSameItemAndSaysThatItWasMade) {
  const auto name =
      made_name("message", "2026-03-04T05:06:07.000Z", {"Ottoline Marsh", "The water is brown."});
  EXPECT_EQ(name,
            made_name("message", "2026-03-04T05:06:07.000Z", {"Ottoline Marsh", "The water is brown."}));
  EXPECT_NE(name,
            made_name("message", "2026-03-04T05:06:07.000Z", {"Ottoline", "Marsh The water is brown."}));
  EXPECT_TRUE(is_made_from_content(name));
  EXPECT_TRUE(is_made_from_content(made_name("row", "", {"12"})));
  EXPECT_TRUE(is_made_from_content(made_feed_name("brown")));
}

TEST(MadeName, IsKnownBehindAFeedsAddressAndBeforeAReplaysTime) {
  EXPECT_TRUE(is_made_from_content("https://wexcombe.example/feed#" + made_feed_name("brown")));
  EXPECT_TRUE(is_made_from_content(made_name("row", "", {"12"}) + "#2026-03-04T05:06:07.000Z"));
}

TEST(MadeName, IsKnownWhereItSetsOneOfTwoApart) {
  EXPECT_TRUE(is_made_from_content(made_name("row", "", {"12"}) + "-2"));
  EXPECT_TRUE(is_made_from_content("a@b.example#" + made_mark("Dear clerk")));
  EXPECT_FALSE(is_made_from_content("a@b.example#2026-03-04T05:06:07.000Z"));
}

TEST(MadeName, IsAlsoWhatBlueskyCallsAVersion) {
  EXPECT_TRUE(is_made_from_content("bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"));
  EXPECT_TRUE(is_made_from_content("QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKPbdG"));
}

TEST(MadeName, IsNotWhatAPlatformNames) {
  for (const auto* name :
       {"", "1589681856941002753", "https://social.example/users/amy/statuses/116169000007926919",
        "at://did:plc:abc/app.bsky.feed.post/3kabcdefghi2x", "chat/123/456", "a@b.example",
        "https://wexcombe.example/?p=12#comment-0123456789abcdef", "t3_abc12"})
    EXPECT_FALSE(is_made_from_content(name)) << name;
}

}  // namespace
}  // namespace muniment::records
