#include "cli/argument_order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muniment::cli {
namespace {

using testing::ElementsAre;

TEST(ArgumentOrder, OptionsBeforeTheCommandComeBehindIt) {
  EXPECT_THAT(command_first({"--json", "search", "boil"}), ElementsAre("search", "--json", "boil"));
  EXPECT_THAT(command_first({"-A", "town", "source", "add", "feed"}),
              ElementsAre("source", "add", "-A", "town", "feed"));
  EXPECT_THAT(command_first({"search", "--limit", "3"}), ElementsAre("search", "--limit", "3"));
}

TEST(ArgumentOrder, TheValueOfAnOptionIsNoCommand) {
  EXPECT_THAT(command_first({"-A", "search", "status"}), ElementsAre("status", "-A", "search"));
  EXPECT_THAT(command_first({"--name", "log", "source", "add"}),
              ElementsAre("source", "add", "--name", "log"));
  EXPECT_THAT(command_first({"--limit=3", "log"}), ElementsAre("log", "--limit=3"));
}

TEST(ArgumentOrder, OperandsBeforeTheDashesComeBehindThem) {
  EXPECT_THAT(command_first({"--json", "search", "water", "--limit", "3", "--", "-boil", "--json"}),
              ElementsAre("search", "--json", "--limit", "3", "--", "water", "-boil", "--json"));
  EXPECT_THAT(command_first({"source", "add", "feed", "--", "-x"}),
              ElementsAre("source", "add", "--", "feed", "-x"));
  EXPECT_THAT(command_first({"search", "--", "-boil"}), ElementsAre("search", "--", "-boil"));
}

TEST(ArgumentOrder, WithoutACommandNothingMoves) {
  EXPECT_THAT(command_first({}), ElementsAre());
  EXPECT_THAT(command_first({"--version"}), ElementsAre("--version"));
  EXPECT_THAT(command_first({"-A"}), ElementsAre("-A"));
  EXPECT_THAT(command_first({"--json", "frob"}), ElementsAre("--json", "frob"));
  EXPECT_THAT(command_first({"--", "search"}), ElementsAre("--", "search"));
}

}  // namespace
}  // namespace muniment::cli
