#include "records/interaction.hpp"

#include <gtest/gtest.h>

namespace muniment::records {
namespace {

Interaction repost() {
  Interaction item;
  item.platform = "mastodon";
  item.id = "https://town.example/7";
  item.type = "repost";
  item.author = {"https://town.example/@council", "council@town.example", "Council",
                 "https://town.example/@council"};
  item.repost_of = "https://elsewhere.example/42";
  item.repost_author = {"https://elsewhere.example/users/jo", "jo@elsewhere.example", "Jo Bright",
                        "https://elsewhere.example/@jo"};
  item.text = "Mind the quay.";
  return item;
}

TEST(ARepost, KeepsWhoSaidItFirstApartFromWhoRepeatsIt) {
  BodyBuilder builder;
  add_fields(builder, repost());
  const auto body = builder.build();
  EXPECT_EQ(value_of(body, "repost.author.handle"), "jo@elsewhere.example");
  EXPECT_EQ(text_of(body, "repost.author.name"), "Jo Bright");
  const auto read = interaction_of(body);
  EXPECT_EQ(read.author.name, "Council");
  EXPECT_EQ(read.repost_author.id, "https://elsewhere.example/users/jo");
  EXPECT_EQ(read.repost_author.handle, "jo@elsewhere.example");
  EXPECT_EQ(read.repost_author.name, "Jo Bright");
  EXPECT_EQ(read.repost_author.url, "https://elsewhere.example/@jo");
}

TEST(ARepost, IsNoOtherVersionBecauseItsOriginalsAuthorHasAnotherName) {
  auto renamed = repost();
  renamed.repost_author.name = "Jo B.";
  EXPECT_EQ(version_content(renamed), version_content(repost()));
  EXPECT_TRUE(leaves_out_only(renamed, repost()));
  auto another = repost();
  another.repost_of = "https://elsewhere.example/43";
  EXPECT_NE(version_content(another), version_content(repost()));
}

}  // namespace
}  // namespace muniment::records
