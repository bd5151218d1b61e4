#include "base/sha256_pairs.hpp"

#include <gtest/gtest.h>

#include "base/sha256_constants.hpp"
#include "support/messages.hpp"

namespace muniment::base {
namespace {

class Pairs : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_sha_instructions()) GTEST_SKIP() << "this processor has no SHA instructions";
  }
};

TEST_F(Pairs, AgreeWithTheLongWay) {
  support::expect_hashes_whatever_comes(sha256_in_pairs);
}

// Where a first block was hashed elsewhere is for sha256_sixteen_test.cpp.
TEST_F(Pairs, FinishWhatHasOnlyBegun) {
  for (std::size_t most = 1; most <= 7; ++most) {
    support::Messages messages;
    for (std::size_t i = 0; i < most; ++i) messages.add(i, 50 * i);
    messages.expect_hashed_by([](std::span<const Message> all, Hash* out) {
      std::vector<Begun> begun;
      for (const auto& message : all) {
        begun.push_back({&message, 0, {}, out++});
        std::copy_n(kInitial, begun.back().words.size(), begun.back().words.begin());
      }
      finish_in_pairs(begun);
    });
  }
}

}  // namespace
}  // namespace muniment::base
