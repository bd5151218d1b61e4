#include "cli/near_option.hpp"

#include <gtest/gtest.h>

#include "cli/commands.hpp"

namespace muniment::cli {
namespace {

TEST(NoSuchOption, NamesWhatWasTypedAndTheOneThatIsNear) {
  EXPECT_EQ(no_such_option(kSearch, {"search", "--lmit", "3", "x"}),
            "`search` has no option --lmit; --limit is near");
  EXPECT_EQ(no_such_option(kSearch, {"search", "--lmit=3", "x"}),
            "`search` has no option --lmit; --limit is near");
  EXPECT_EQ(no_such_option(kLog, {"log", "--everything"}), "`log` has no option --everything");
}

TEST(NoSuchOption, SaysHowAWordIsLeftOutOfASearch) {
  EXPECT_EQ(no_such_option(kSearch, {"search", "water", "-boil"}),
            "`search` has no option -boil; to leave a word out write NOT boil, or put -- before it");
  EXPECT_EQ(no_such_option(kLog, {"log", "-boil"}), "`log` has no option -boil");
}

TEST(NoSuchOption, IsSilentWhereThereIsOne) {
  EXPECT_EQ(no_such_option(kSearch, {"-A", "--town", "search", "--limit", "--x", "--json"}), "")
      << "the value of an option is none";
  EXPECT_EQ(no_such_option(kSearch, {"-Atown", "--archive=--x", "search", "-h", "-", "x"}), "");
  EXPECT_EQ(no_such_option(kSearch, {"search", "--", "-boil"}), "");
}

}  // namespace
}  // namespace muniment::cli
