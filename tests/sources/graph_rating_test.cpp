#include "sources/graph_rating.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::only_item;
using support::read_file_of;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

constexpr std::string_view kRatings =
    R"({"data":[{"created_time":"2026-05-01T10:00:00+0000","recommendation_type":"negative","review_text":"Closed again","reviewer":{"name":"Jo Bright","id":"81"}},
  {"created_time":"2016-01-25T12:17:43+0000","has_rating":true,"has_review":true,"rating":2,"review_text":"Dear ferry","reviewer":{"name":"Ann","id":"82"},
    "open_graph_story":{"id":"98","type":"places.rates","data":{"rating":{"value":2,"scale":5},"review_text":"Dear ferry","language":"en"},
      "comments":{"data":[{"id":"98_1","created_time":"2016-01-26T09:00:00+0000","message":"We are sorry","from":{"name":"Town","id":"7"}}]}}},
  {"created_time":"2026-05-03T10:00:00+0000","recommendation_type":"positive","reviewer":{"name":"Ben","id":"83"}}],"paging":{}})";

TEST(GraphRating, IsAReviewWithItsWordsWhoseItIsAndHowItRates) {
  const auto reading = read_file_of("graph", kRatings);
  EXPECT_EQ(fault_of(reading, kRatings), "");
  ASSERT_THAT(reading.items, SizeIs(4));
  const auto& bad = reading.items[0].interaction;
  EXPECT_EQ(bad.platform, "facebook");
  EXPECT_EQ(bad.type, "review");
  EXPECT_EQ(bad.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(bad.author.name, "Jo Bright");
  EXPECT_EQ(bad.author.id, "81");
  EXPECT_EQ(bad.text, "Closed again");
  EXPECT_EQ(bad.summary, "not recommended");
  EXPECT_THAT(bad.counts, IsEmpty());
  EXPECT_TRUE(reading.items[0].has_made_name);
  EXPECT_TRUE(bad.id.starts_with("review/2026-05-01T10:00:00.000Z/")) << bad.id;
  EXPECT_EQ(reading.items[3].interaction.summary, "recommended");
  EXPECT_EQ(reading.items[3].interaction.text, "");
}

TEST(GraphRating, HasTheNameOfItsStoryAndItsAnswers) {
  const auto reading = read_file_of("graph", kRatings);
  ASSERT_THAT(reading.items, SizeIs(4));
  const auto& rated = reading.items[1].interaction;
  EXPECT_EQ(rated.id, "98");
  EXPECT_FALSE(reading.items[1].has_made_name);
  EXPECT_EQ(rated.text, "Dear ferry");
  EXPECT_EQ(rated.summary, "rated 2 of 5");
  EXPECT_EQ(rated.lang, "en");
  EXPECT_THAT(rated.counts, ElementsAre(Pair("rating", 2U)));
  const auto& answer = reading.items[2].interaction;
  EXPECT_EQ(answer.id, "98_1");
  EXPECT_EQ(answer.type, "comment");
  EXPECT_EQ(answer.thread, "98");
  EXPECT_EQ(answer.reply_to, "98");
}

TEST(GraphRating, IsReadFromAStoryAlone) {
  const auto it = only_item(
      "graph",
      R"({"id":"98","type":"places.rates","message":"Nice","publish_time":"2015-11-29T11:03:21+0000","from":{"name":"Ann","id":"82"},
        "data":{"rating":{"value":3,"scale":5},"review_text":"Nice, mostly"}})");
  EXPECT_EQ(it.id, "98");
  EXPECT_EQ(it.type, "review");
  EXPECT_EQ(it.posted, "2015-11-29T11:03:21.000Z");
  EXPECT_EQ(it.text, "Nice, mostly");
  EXPECT_EQ(it.author.id, "82");
  EXPECT_EQ(it.summary, "rated 3 of 5");
}

TEST(GraphRating, IsPrivateWhereThePageHidesIt) {
  const auto reading =
      read_file_of("graph",
                   R"({"data":[{"created_time":"2018-07-07T04:35:18+0000","recommendation_type":"negative",
        "open_graph_story":{"id":"99","type":"sellers.rates","data":{"is_hidden":true,"recommendation_type":"negative"}}}]})");
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.items[0].why_private, "a review that is hidden");
  EXPECT_EQ(reading.items[0].interaction.summary, "not recommended");
}

TEST(GraphRating, OfAPostThatIsRatedIsNone) {
  const auto it = only_item(
      "graph",
      R"({"data":[{"id":"7_1","created_time":"2026-05-01T10:00:00+0000","message":"Five stars","rating":5,
        "from":{"name":"Town","id":"7"}}]})");
  EXPECT_EQ(it.type, "post");
  EXPECT_EQ(it.id, "7_1");
}

}  // namespace
}  // namespace muniment::sources
