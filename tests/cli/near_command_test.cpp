#include "cli/near_command.hpp"

#include <gtest/gtest.h>

namespace muniment::cli {
namespace {

TEST(NearCommand, IsFoundFromASlipOfTheHand) {
  for (const char* typed : {"serch", "Search", "saerch"}) EXPECT_EQ(near_command(typed), "search") << typed;
  EXPECT_EQ(near_command("lgo"), "log");
  EXPECT_EQ(near_command("sorce add"), "source add");
}

TEST(NearCommand, IsNotGuessedFromFarAway) {
  for (const auto& typed : {std::string("delete"), std::string("x"), std::string(100'000, 's')})
    EXPECT_EQ(near_command(typed), "") << typed.size();
}

TEST(NoSuchCommand, NamesWhatWasTypedAndNotTheWordsBehindIt) {
  using Words = std::vector<std::string>;
  for (const auto& typed : {Words{"serch", "x"}, Words{"-A", "town", "serch", "x"}})
    EXPECT_EQ(no_such_command(typed), "there is no command `serch`; `search` is near") << typed[0];
  EXPECT_EQ(no_such_command({"-A", "source", "source", "lst"}),
            "there is no command `source lst`; `source list` is near");
  EXPECT_EQ(no_such_command({"destroy"}), "there is no command `destroy`");
  EXPECT_EQ(no_such_command({"source", "ad"}), "there is no command `source ad`; `source add` is near");
}

TEST(NoSuchCommand, IsSilentWhereThereIsOne) {
  using Words = std::vector<std::string>;
  for (const auto& typed : {Words{}, Words{"--help"}, Words{"search", "serch"}, Words{"source", "--help"},
                            Words{"source", "add"}, Words{"spot", "decide"}})
    EXPECT_EQ(no_such_command(typed), "") << testing::PrintToString(typed);
  EXPECT_EQ(no_such_command({"source"}), "") << "what is missing is told otherwise";
}

}  // namespace
}  // namespace muniment::cli
