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

constexpr std::string_view kComments =
    R"({"media_comments": [["2019-05-01T10:00:00", "It opens at ten", "ann.wexcombe"],
 ["2019-05-02T10:00:00+00:00", "Merci \u00c3\u00a0 tous", "ferry"], ["2019-05-03T10:00:00"], 42, []],
 "live_comments": [["2019-05-04T10:00:00", "Hello from the quay", "ben"]]})";

constexpr std::string_view kMedia =
    R"({"stories": [{"caption": "", "taken_at": "2019-05-01T09:00:00", "path": "stories/201905/a.jpg"}],
 "photos": [{"caption": "The quay", "taken_at": "2019-05-01T10:00:00", "location": "Quay", "path": "photos/201905/b.jpg"}, {"caption": "no picture"}],
 "videos": [{"caption": "The ferry", "taken_at": "2019-05-01T11:00:00", "path": "videos/201905/c.mp4"}],
 "profile": [{"caption": "", "taken_at": "2019-05-01T12:00:00", "is_active_profile": true, "path": "profile/d.jpg"}],
 "direct": [{"taken_at": "2019-05-01T13:00:00", "path": "direct/201905/e.jpg"}]})";

SavedContext of_the_town() {
  SavedContext context;
  learn(
      R"({"biography":"","date_joined":"2016-05-01T10:00:00","email":"x@town.example","username":"wexcombe","name":"Wexcombe"})",
      context);
  return context;
}

TEST(Instagram2018Export, GivesEachComment) {
  const auto reading = read_file_of("instagram-export-2018", kComments, of_the_town());
  EXPECT_EQ(fault_of(reading, kComments), "");
  ASSERT_THAT(reading.items, SizeIs(3));
  EXPECT_EQ(reading.others, 3U);
  const auto& first = reading.items[0].interaction;
  EXPECT_EQ(first.platform, "instagram");
  EXPECT_EQ(first.type, "comment");
  EXPECT_EQ(first.text, "It opens at ten");
  EXPECT_EQ(first.posted, "2019-05-01T10:00:00.000Z");
  EXPECT_EQ(first.author.handle, "wexcombe");
  EXPECT_THAT(first.mentions, ElementsAre("ann.wexcombe"));
  EXPECT_EQ(reading.items[1].interaction.text, "Merci \u00e0 tous");
  EXPECT_EQ(reading.items[2].interaction.text, "Hello from the quay");
  EXPECT_EQ(kComments.substr(reading.items[0].offset, reading.items[0].length),
            R"(["2019-05-01T10:00:00", "It opens at ten", "ann.wexcombe"])");
}

TEST(Instagram2018Export, GivesAnItemTheNameThatALaterExportGivesIt) {
  const auto then =
      only_item("instagram-export-2018",
                R"({"media_comments":[["2019-05-01T10:00:00","It opens at ten","ann"]]})", of_the_town());
  const auto now = only_item(
      "instagram-export",
      R"([{"media_list_data":[{"uri":""}],"string_map_data":{"Comment":{"value":"It opens at ten"},"Media Owner":{"value":"ann"},"Time":{"timestamp":1556704800}}}])",
      of_the_town());
  EXPECT_EQ(then.id, now.id);
}

TEST(Instagram2018Export, GivesPicturesFilmsAndStoriesAndKeepsWhatWasSentToSomebodyApart) {
  const auto reading = read_file_of("instagram-export-2018", kMedia, of_the_town());
  EXPECT_EQ(fault_of(reading, kMedia), "");
  ASSERT_THAT(reading.items, SizeIs(4));
  EXPECT_EQ(reading.others, 2U);
  EXPECT_EQ(reading.items[1].interaction.text, "The quay");
  EXPECT_EQ(reading.items[1].interaction.media[0].url, "photos/201905/b.jpg");
  EXPECT_EQ(reading.items[2].interaction.media[0].type, "video");
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(reading.items[i].why_private, "") << i;
  EXPECT_EQ(reading.items[3].why_private, "a direct message");
  EXPECT_EQ(reading.items[3].interaction.type, "message");
}

TEST(Instagram2018Export, IsKnownHoweverItIsSpaced) {
  EXPECT_TRUE(detect("{ \"live_comments\" : [\n  [\n    \"2019-05-04T10:00:00\", \"Hello\", \"ben\" ] ] }"));
  EXPECT_FALSE(detect(R"({"media_comments": []})"));
  EXPECT_FALSE(detect(R"({"media_comments": ["Blood smear", "Cell"]})"));
}

}  // namespace
}  // namespace muniment::sources
