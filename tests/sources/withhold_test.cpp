#include "sources/withhold.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muniment::sources {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::SizeIs;

Item item(std::string id, std::size_t offset, std::size_t length, std::string_view why = {}) {
  Item out;
  out.interaction.id = std::move(id);
  out.offset = offset;
  out.length = length;
  out.why_private = why;
  return out;
}

TEST(Withhold, TakesPrivateItemsOutAndMovesTheOthers) {
  std::string bytes = "[{public},{secret!},{open}]";
  Reading reading;
  reading.items = {item("a", 1, 8), item("b", 10, 9, "a direct message"), item("c", 20, 6)};
  const auto withheld = withhold_private(bytes, reading);
  ASSERT_TRUE(withheld);
  EXPECT_EQ(bytes, "[{public},{},{open}]");
  EXPECT_THAT(withheld->items, ElementsAre(Pair("a direct message", 1U)));
  ASSERT_THAT(reading.items, SizeIs(2));
  for (const auto& [i, raw] : {std::pair(0U, "{public}"), std::pair(1U, "{open}")})
    EXPECT_EQ(bytes.substr(reading.items[i].offset, reading.items[i].length), raw);
}

TEST(Withhold, TakesWhatLiesInsideAPrivateItemWithIt) {
  std::string bytes = "{a{b}}{c}";
  Reading reading;
  reading.items = {item("a", 0, 6, "private"), item("b", 2, 3), item("c", 6, 3)};
  const auto withheld = withhold_private(bytes, reading);
  ASSERT_TRUE(withheld);
  EXPECT_EQ(bytes, "{}{c}");
  EXPECT_THAT(withheld->items, ElementsAre(Pair("private", 2U)));
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.items[0].offset, 2U);
}

TEST(Withhold, ShortensAnItemAroundAPrivateOne) {
  std::string bytes = "{a{secret}z}{c}";
  Reading reading;
  reading.items = {item("a", 0, 12), item("b", 2, 8, "private"), item("c", 12, 3)};
  ASSERT_TRUE(withhold_private(bytes, reading));
  EXPECT_EQ(bytes, "{a{}z}{c}");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(bytes.substr(reading.items[0].offset, reading.items[0].length), "{a{}z}");
  EXPECT_EQ(bytes.substr(reading.items[1].offset, reading.items[1].length), "{c}");
}

TEST(Withhold, LeavesNothingInsteadOfWhatIsNoJson) {
  std::string bytes = "<x><c>1</c><c>2</c></x>";
  Reading reading;
  reading.items = {item("1", 3, 8, "private"), item("2", 11, 8)};
  ASSERT_TRUE(withhold_private(bytes, reading));
  EXPECT_EQ(bytes, "<x><c>2</c></x>");
  EXPECT_EQ(bytes.substr(reading.items[0].offset, reading.items[0].length), "<c>2</c>");
}

TEST(Withhold, TakesWhatStandsAroundPrivateItemsWithThem) {
  std::string bytes = "[{who:{secret}},{public},{who}]";
  Reading reading;
  reading.items = {item("a", 6, 8, "a direct message"), item("b", 16, 8)};
  reading.asides = {{{1, 14}, "a direct message"}, {{25, 5}, "a direct message"}};
  const auto withheld = withhold_private(bytes, reading);
  ASSERT_TRUE(withheld);
  EXPECT_EQ(bytes, "[{},{public},{}]");
  EXPECT_THAT(withheld->items, ElementsAre(Pair("a direct message", 1U)));
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(bytes.substr(reading.items[0].offset, reading.items[0].length), "{public}");
  EXPECT_FALSE(holds_private(reading));
}

TEST(Withhold, RefusesTheWholeWhenAPrivateItemCannotBePartedFromIt) {
  std::string bytes = "whatever";
  Reading reading;
  reading.items = {item("a", 0, 0, "private")};
  const auto withheld = withhold_private(bytes, reading);
  ASSERT_FALSE(withheld);
  EXPECT_EQ(withheld.error().code, Code::kDenied);
}

}  // namespace
}  // namespace muniment::sources
