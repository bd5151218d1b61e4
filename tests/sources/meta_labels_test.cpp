// Newer exports of Facebook and Instagram, and reviews in older ones.  The files are ours, in the shape that
// is known from descriptions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::read_file_of;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr std::string_view kLabelled = R"([
 {"timestamp":1777629600,"media":[{"uri":"media/1.jpg","description":"a stall"}],"fbid":"77","label_values":[{"label":"Text","value":"Caf\u00c3\u00a9 fair"},{"label":"URL","value":"https://www.facebook.com/77","href":"https://www.facebook.com/77"}]},
 {"timestamp":1777629601,"media":[],"label_values":[{"label":"Comment","value":"Well said."},{"label":"Audience","value":"Friends"}]},
 {"timestamp":1777629602,"media":[],"label_values":[{"title":"Review","dict":[{"label":"Page","value":"Quay Caf\u00c3\u00a9"},{"label":"Rating","value":"4"},{"label":"Review text","value":"Good tea."}]}]},
 {"timestamp":1777629603,"media":[],"label_values":[{"label":"Caption","value":"Not ours"},{"title":"Owner","dict":[{"dict":[{"label":"Username","value":"jo"}],"title":""}]}]},
 {"timestamp":1777629604,"media":[],"label_values":[{"label":"IP address","value":"192.0.2.7"}]}])";

TEST(MetaLabels, SayWhatStandsInAnElement) {
  SavedContext context;
  context.owners["facebook"] = {"", "", "Wexcombe Town", ""};
  const auto reading = read_file_of("meta-labels", kLabelled, context);
  EXPECT_EQ(fault_of(reading, kLabelled), "");
  ASSERT_THAT(reading.items, SizeIs(3));
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.platform, "facebook");
  EXPECT_EQ(post.type, "post");
  EXPECT_EQ(post.text, "Café fair");
  EXPECT_EQ(post.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(post.author.name, "Wexcombe Town");
  EXPECT_EQ(post.media[0].alt, "a stall");
  EXPECT_THAT(post.links, ElementsAre("https://www.facebook.com/77"));
  EXPECT_EQ(reading.items[1].interaction.type, "comment");
  EXPECT_EQ(reading.items[1].why_private, "a post for chosen people only");
  const auto& review = reading.items[2].interaction;
  EXPECT_EQ(review.type, "review");
  EXPECT_EQ(review.text, "Good tea.");
  EXPECT_EQ(review.summary, "Page: Quay Café, Rating: 4");
}

TEST(MetaLabels, OfWhatIsNotUnderstoodNameTheLabelsAndNotTheValues) {
  const auto reading = read_file_of("meta-labels", kLabelled);
  EXPECT_EQ(reading.others, 2U) << "what somebody else wrote, and a login";
  EXPECT_THAT(reading.remarks, Contains(HasSubstr("IP address")));
  EXPECT_THAT(reading.remarks, testing::Not(Contains(HasSubstr("192.0.2.7"))));
}

TEST(MetaLabels, ArePrivateUnlessTheAudienceIsEverybodyWhereverItStandsAndInWhicheverLanguage) {
  const auto why = [](const std::string& audience) {
    const auto reading = read_file_of(
        "meta-labels",
        R"([{"timestamp":1777629600,"label_values":[{"label":"Text","value":"Fair"},)" + audience + "]}]");
    return reading.items.size() == 1 ? std::string(reading.items[0].why_private) : "not read";
  };
  const std::string closed = "a post for chosen people only";
  EXPECT_EQ(why(R"({"dict":[{"dict":[{"label":"Audience","value":"Friends"}]}]})"), closed);
  EXPECT_EQ(why(R"({"label":"Zielgruppe","value":"Freunde"})"), closed);
  EXPECT_EQ(why(R"({"label":"Privatsph\u00c3\u00a4re","value":"Nur ich"})"), closed);
  EXPECT_EQ(why(R"({"label":"Doelgroep","value":"Vrienden"})"), closed);
  EXPECT_EQ(why(R"({"label":"Zielgruppe","value":"\u00c3\u0096ffentlich"})"), "");
  EXPECT_EQ(why(R"({"label":"Audience","value":"Public"})"), "");
}

TEST(MetaLabels, OfAPrivateElementNothingIsLeftBehindEvenIfItsWordsAreNotFound) {
  constexpr std::string_view kClosed =
      R"([{"timestamp":1777629600,"label_values":[{"label":"Beitrag","value":"Unter uns"},{"label":"Zielgruppe","value":"Freunde"}]}])";
  const auto reading = read_file_of("meta-labels", kClosed);
  ASSERT_THAT(reading.asides, SizeIs(1));
  EXPECT_EQ(reading.asides[0].place.offset, 1U);
  EXPECT_EQ(reading.asides[0].place.length, kClosed.size() - 2);
}

TEST(MetaLabels, GiveOnePostOneNameWhateverItsWords) {
  const auto name = [](const std::string& words) {
    return support::only_item(
               "meta-labels",
               R"([{"timestamp":1777629600,"fbid":"77","label_values":[{"label":"Text","value":")" + words +
                   "\"}]}]")
        .id;
  };
  EXPECT_EQ(name("Fair"), name("Fair, edited"));
}

TEST(FacebookReviews, SayWhatWasWrittenAndHowItWasRated) {
  constexpr std::string_view kReviews = R"({"reviews_v2":[
    {"timestamp":1580000000,"title":"Wexcombe Town reviewed Quay.","data":[{"review":{"text":"Caf\u00c3\u00a9 and quay","rating":5,"name":"Quay","url":"https://www.facebook.com/quay"}}]},
    {"timestamp":1580000001,"data":[]}]})";
  const auto reading = read_file_of("facebook-reviews", kReviews);
  EXPECT_EQ(fault_of(reading, kReviews), "");
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.others, 1U);
  const auto& it = reading.items[0].interaction;
  EXPECT_EQ(it.type, "review");
  EXPECT_EQ(it.text, "Café and quay");
  EXPECT_EQ(it.summary, "reviewed: Quay, rated 5");
  EXPECT_THAT(it.counts, ElementsAre(testing::Pair("rating", 5U)));
}

}  // namespace
}  // namespace muniment::sources
