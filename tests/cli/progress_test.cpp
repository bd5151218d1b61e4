#include "cli/progress.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace muniment::cli {
namespace {

// As timeout(1) sends it: to the program, and to its group.
TEST(StopOnSignals, ASignalThatComesTwiceAtOnceIsOneWish) {
  EXPECT_EXIT(
      {
        const auto* stop = stop_on_signals();
        std::raise(SIGTERM);
        std::raise(SIGTERM);
        std::_Exit(*stop ? 0 : 1);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST(StopOnSignals, ASecondWishEndsTheProgramAtOnce) {
  EXPECT_EXIT(
      {
        (void)stop_on_signals();
        for (;;) std::raise(SIGTERM);
      },
      ::testing::ExitedWithCode(128 + SIGTERM), "");
}

}  // namespace
}  // namespace muniment::cli
