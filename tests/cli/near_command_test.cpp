#include "cli/near_command.hpp"

#include <gtest/gtest.h>

namespace muniment::cli {
namespace {

TEST(NearCommand, IsFoundFromASlipOfTheHand) {
  EXPECT_EQ(near_command("serch"), "search");
  EXPECT_EQ(near_command("Search"), "search");
  EXPECT_EQ(near_command("saerch"), "search");
  EXPECT_EQ(near_command("lgo"), "log");
  EXPECT_EQ(near_command("sorce add"), "source add");
}

TEST(NearCommand, IsNotGuessedFromFarAway) {
  EXPECT_EQ(near_command("delete"), "");
  EXPECT_EQ(near_command("x"), "");
  EXPECT_EQ(near_command(std::string(100'000, 's')), "");
}

TEST(NoSuchCommand, NamesWhatWasTypedAndNotTheWordsBehindIt) {
  EXPECT_EQ(no_such_command({"serch", "x"}), "there is no command `serch`; `search` is near");
  EXPECT_EQ(no_such_command({"-A", "town", "serch", "x"}), "there is no command `serch`; `search` is near");
  EXPECT_EQ(no_such_command({"-A", "source", "source", "lst"}),
            "there is no command `source lst`; `source list` is near");
  EXPECT_EQ(no_such_command({"destroy"}), "there is no command `destroy`");
  EXPECT_EQ(no_such_command({"source", "ad"}), "there is no command `source ad`; `source add` is near");
}

TEST(NoSuchCommand, IsSilentWhereThereIsOne) {
  EXPECT_EQ(no_such_command({}), "");
  EXPECT_EQ(no_such_command({"--help"}), "");
  EXPECT_EQ(no_such_command({"search", "serch"}), "");
  EXPECT_EQ(no_such_command({"source"}), "") << "what is missing is told otherwise";
  EXPECT_EQ(no_such_command({"source", "--help"}), "");
  EXPECT_EQ(no_such_command({"source", "add"}), "");
  EXPECT_EQ(no_such_command({"spot", "decide"}), "");
}

}  // namespace
}  // namespace muniment::cli
