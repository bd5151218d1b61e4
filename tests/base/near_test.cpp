#include "base/near.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace muniment::base {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"from", "platform", "on", "is"};

TEST(Near, IsWhatASlipOfTheHandMakesOfAName) {
  EXPECT_EQ(nearest("frm", kNames, 1), "from") << "left out";
  EXPECT_EQ(nearest("froom", kNames, 1), "from") << "put in";
  EXPECT_EQ(nearest("fron", kNames, 1), "from") << "exchanged";
  EXPECT_EQ(nearest("form", kNames, 1), "from") << "swapped";
  EXPECT_EQ(nearest("plattfrom", kNames, 2), "platform") << "two of them";
}

TEST(Near, IsNothingFurtherAwayThanWasAllowed) {
  EXPECT_EQ(nearest("plattfrom", kNames, 1), "");
  EXPECT_EQ(nearest("channel", kNames, 2), "");
  EXPECT_EQ(nearest("frm", {}, 2), "");
  EXPECT_EQ(nearest(std::string(100'000, 'f'), kNames, 100'000), "") << "no slip of the hand is so long";
}

TEST(Near, IsTheFirstOfThoseThatAreEquallyNear) {
  EXPECT_EQ(nearest("in", kNames, 1), "on");
}

}  // namespace
}  // namespace muniment::base
