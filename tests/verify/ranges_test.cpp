#include "verify/ranges.hpp"

#include <gtest/gtest.h>

namespace muniment::verify {
namespace {

TEST(Ranges, AreJoinedInWhateverOrderTheyCome) {
  EXPECT_EQ(joined({{7, 9}, {0, 0}, {2, 3}, {4, 5}, {8, 12}, {2, 2}}), (Ranges{{0, 0}, {2, 5}, {7, 12}}));
  EXPECT_EQ(joined({}), Ranges{});
}

TEST(Ranges, HoldTheirEnds) {
  const Ranges some{{2, 5}, {7, 7}};
  for (const std::uint64_t number : {2U, 4U, 5U, 7U}) EXPECT_TRUE(holds(some, number)) << number;
  for (const std::uint64_t number : {0U, 1U, 6U, 8U}) EXPECT_FALSE(holds(some, number)) << number;
  EXPECT_FALSE(holds({}, 0));
}

TEST(Ranges, TheFirstThatIsMissingIsNamed) {
  const Ranges some{{2, 5}, {7, 7}};
  EXPECT_EQ(first_missing(some, 2, 5), std::nullopt);
  EXPECT_EQ(first_missing(some, 3, 4), std::nullopt);
  EXPECT_EQ(first_missing(some, 0, 5), 0U);
  EXPECT_EQ(first_missing(some, 2, 7), 6U);
  EXPECT_EQ(first_missing(some, 6, 7), 6U);
  EXPECT_EQ(first_missing(some, 7, 1U << 30U), 8U);
  EXPECT_EQ(first_missing({}, 3, 3), 3U);
}

}  // namespace
}  // namespace muniment::verify
