#include "base/sha256_sixteen.hpp"

#include <gtest/gtest.h>

#include <random>

#include "support/messages.hpp"

namespace muniment::base {
namespace {

class Sixteen : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_sixteen_lanes()) GTEST_SKIP() << "this processor has no AVX-512, or no SHA instructions";
  }
};

TEST_F(Sixteen, AgreeWithTheLongWay) {
  support::expect_hashes_whatever_comes(sha256_in_sixteens);
}

TEST_F(Sixteen, OfSeveralBlocksAgreeHoweverManyAreLeftAtTheEnd) {
  std::mt19937 random(7);
  for (std::size_t count = 0; count <= 40; ++count) {
    support::Messages messages;
    for (std::size_t i = 0; i < count; ++i) messages.add(random() % 14, 60 + random() % 400);
    messages.expect_hashed_by(sha256_in_sixteens);
  }
}

}  // namespace
}  // namespace muniment::base
