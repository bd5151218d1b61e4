#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::read_file_of;
using testing::ElementsAre;
using testing::SizeIs;

TEST(FacebookRecommendations, SayWhichPageWasRecommendedAndWhen) {
  SavedContext context;
  context.owners["facebook"] = {"", "", "Wexcombe Town", ""};
  for (const std::string list : {"recommended_pages_v2", "recommended_pages"}) {
    const auto file =
        R"({")" + list +
        R"(": [{"name": "Caf\u00c3\u00a9 Quay", "timestamp": 1580000000, "url": "https://www.facebook.com/quay"},
          {"timestamp": 1580000001}]})";
    const auto reading = read_file_of("facebook-recommendations", file, context);
    EXPECT_EQ(fault_of(reading, file), "");
    ASSERT_THAT(reading.items, SizeIs(1));
    EXPECT_EQ(reading.others, 1U);
    const auto& it = reading.items[0].interaction;
    EXPECT_EQ(it.platform, "facebook");
    EXPECT_EQ(it.type, "review");
    EXPECT_EQ(it.summary, "recommended: Caf\u00e9 Quay");
    EXPECT_EQ(it.posted, "2020-01-26T00:53:20.000Z");
    EXPECT_EQ(it.author.name, "Wexcombe Town");
    EXPECT_THAT(it.links, ElementsAre("https://www.facebook.com/quay"));
    EXPECT_TRUE(reading.items[0].has_made_name);
  }
}

}  // namespace
}  // namespace muniment::sources
