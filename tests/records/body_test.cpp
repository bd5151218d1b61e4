#include "records/body.hpp"

#include <gtest/gtest.h>

#include "base/check.hpp"
#include "records/interaction.hpp"
#include "records/segments.hpp"

namespace muniment::records {
namespace {

TEST(BodyBuilder, PutsFieldsInOrderAndLeavesOutWhatIsNotGiven) {
  const Body body = BodyBuilder().add("url", "u").add("lang", "").add("actor", "a").build();
  ASSERT_EQ(body.size(), 2U);
  EXPECT_EQ(body[0].name, "actor");
  EXPECT_EQ(body[1].name, "url");
}

TEST(BodyBuilder, RefusesABadNameATwiceNamedFieldAndAnEmptyBody) {
  EXPECT_THROW(BodyBuilder().add("Upper", "x").build(), base::BrokenInvariant);
  EXPECT_THROW(BodyBuilder().add("a", "x").add("a", "y").build(), base::BrokenInvariant);
  EXPECT_THROW(BodyBuilder().build(), base::BrokenInvariant);
}

TEST(BodyBuilder, KeepsBytesThatAreNotUtf8AsBase64) {
  const std::string bytes = "caf\xe9";
  const Body body = BodyBuilder().add_bytes("raw", bytes).build();
  EXPECT_EQ(body[0].name, "raw.b64");
  EXPECT_EQ(bytes_of(body, "raw"), bytes);
}

TEST(BodyBuilder, SpreadsALongTextOfIdeographsAtItsFullStops) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += i == 180 ? "\u3002" : "\u6c34";
  BodyBuilder builder;
  builder.add_text("text", text);
  const auto body = builder.build();
  const auto first = value_of(body, "text.0000");
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->ends_with("\u3002"));
  EXPECT_EQ(segment_count(*find(body, "text.0000")), 181U);
  EXPECT_EQ(text_of(body, "text"), text);
}

TEST(BodyBuilder, SpreadsALongTextOverFieldsAndPutsItTogetherAgain) {
  std::string text;
  for (int i = 0; i < 900; ++i) text += i % 20 == 19 ? "end. " : "word ";
  const Body body = BodyBuilder().add_text("text", text).build();
  ASSERT_GT(body.size(), 3U);
  EXPECT_EQ(body[0].name, "text.0000");
  EXPECT_TRUE(body[0].value.ends_with(". "));
  for (const auto& field : body) EXPECT_LE(segment_count(field), kSegmentsPerField);
  EXPECT_EQ(text_of(body, "text"), text);
}

TEST(Interaction, SurvivesTheWayIntoABodyAndBack) {
  Interaction item;
  item.platform = "mastodon";
  item.id = "https://town.example/users/a/statuses/1";
  item.author = {"7", "ann@town.example", "Ann \U0001F33B", "https://town.example/@ann"};
  item.posted = "2026-11-22T02:45:57.000Z";
  item.text = "No water in Mill Lane since six.";
  item.mentions = {"water@town.example"};
  item.tags = {"water", "outage"};
  item.media = {{"https://town.example/m/1.jpg", "image", "a dry tap"},
                {"https://town.example/m/2.jpg", "", ""}};
  item.counts = {{"replies", 3}, {"reposts", 0}};
  BodyBuilder builder;
  add_fields(builder, Interaction(item));
  const Interaction back = interaction_of(std::move(builder).build());
  EXPECT_EQ(version_content(back), version_content(item));
  EXPECT_EQ(back.counts, item.counts);
}

TEST(Interaction, ANewCountIsNotANewVersionButAChangedWordIs) {
  Interaction a;
  a.text = "one";
  Interaction b = a;
  b.counts = {{"likes", 5}};
  EXPECT_EQ(version_content(a), version_content(b));
  b.text = "two";
  EXPECT_NE(version_content(a), version_content(b));
}

TEST(Interaction, ContentCannotSlideFromOneFieldIntoAnother) {
  Interaction a;
  a.author.name = "ab";
  a.text = "c";
  Interaction b;
  b.author.name = "a";
  b.text = "bc";
  EXPECT_NE(version_content(a), version_content(b));
}

}  // namespace
}  // namespace muniment::records
