#include "app/key_filter.hpp"

#include <gtest/gtest.h>

#include <random>

namespace muniment::app {
namespace {

TEST(KeyFilter, NeverDeniesAKeyThatWasAdded) {
  std::mt19937_64 random(20261126);
  for (const std::size_t room : {0U, 1U, 100U, 20'000U}) {
    KeyFilter filter(room);
    std::vector<std::int64_t> keys;
    for (std::size_t i = 0; i < 2 * room + 10; ++i) {
      keys.push_back(static_cast<std::int64_t>(random()));
      filter.add(keys.back());
    }
    for (const auto key : keys) ASSERT_TRUE(filter.may_hold(key)) << room;
    EXPECT_TRUE(filter.is_full());
  }
}

TEST(KeyFilter, DeniesNearlyAllOthersWhileThereIsRoom) {
  std::mt19937_64 random(1);
  KeyFilter filter(50'000);
  for (int i = 0; i < 49'999; ++i) filter.add(static_cast<std::int64_t>(random()));
  EXPECT_FALSE(filter.is_full());
  int alarms = 0;
  for (int i = 0; i < 100'000; ++i) alarms += filter.may_hold(static_cast<std::int64_t>(random())) ? 1 : 0;
  EXPECT_LT(alarms, 3'000);
}

}  // namespace
}  // namespace muniment::app
