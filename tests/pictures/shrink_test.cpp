#include "pictures/shrink.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/made_pictures.hpp"

namespace muniment::pictures {
namespace {

using testing::ElementsAre;

TEST(Shrink, TakesTheMeanOfWhatAPixelCovers) {
  const auto out = shrunk({4, 1, {0, 0, 0, 255, 100, 200, 50, 255, 7, 7, 7, 255, 9, 9, 9, 255}}, 2);
  EXPECT_EQ(out.width, 2U);
  EXPECT_EQ(out.height, 1U);
  EXPECT_THAT(out.rgba, ElementsAre(50, 100, 25, 255, 8, 8, 8, 255));
}

TEST(Shrink, CountsNoColourThatCannotBeSeen) {
  const auto out = shrunk({2, 2, {255, 0, 0, 0, 10, 20, 30, 255, 255, 0, 0, 0, 10, 20, 30, 255}}, 1);
  EXPECT_THAT(out.rgba, ElementsAre(10, 20, 30, 128));
  EXPECT_THAT(shrunk({2, 1, {9, 9, 9, 0, 9, 9, 9, 0}}, 1).rgba, ElementsAre(0, 0, 0, 0));
}

TEST(Shrink, LeavesWhatFits) {
  const auto picture = support::four_fields(256, 10);
  EXPECT_EQ(shrunk(picture, 256).rgba, picture.rgba);
  EXPECT_EQ(shrunk(support::four_fields(257, 10), 256).width, 256U);
}

}  // namespace
}  // namespace muniment::pictures
