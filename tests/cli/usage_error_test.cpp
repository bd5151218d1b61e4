#include "cli/usage_error.hpp"

#include <gtest/gtest.h>

#include "cli/parse.hpp"

namespace muniment::cli {
namespace {

std::string said_of(std::vector<const char*> words) {
  words.insert(words.begin(), "muniment");
  const auto parsed = parse(static_cast<int>(words.size()), words.data());
  EXPECT_TRUE(parsed.usage_error);
  return parsed.text;
}

TEST(UsageError, SaysWhatIsMissing) {
  EXPECT_EQ(said_of({"search", "--limit"}), "--limit needs a value");
  EXPECT_EQ(said_of({"-A"}), "--archive needs a value");
  EXPECT_EQ(said_of({"show"}), "ID is required");
  EXPECT_EQ(said_of({"-A", "town"}), "no command was given");
  EXPECT_EQ(said_of({"--json"}), "no command was given");
  EXPECT_EQ(said_of({"source"}), "`source` is followed by one of add, list, pause, remove, resume, watch");
}

TEST(UsageError, SaysWhatIsTooMuch) {
  EXPECT_EQ(said_of({"show", "1", "2"}), "`2` is more than `show` takes");
  EXPECT_EQ(said_of({"log", "everything"}), "`everything` is more than `log` takes");
  EXPECT_EQ(said_of({"search", "water", "--limit", "3", "--limit", "4"}), "--limit was given more than once");
  EXPECT_EQ(said_of({"show", "26", "--json=x"}), "--json takes no value");
}

TEST(UsageError, KeepsTheLibrarysSentenceWhereThereIsNoBetterOne) {
  EXPECT_EQ(usage_sentence(Fault::kOther, "it went: wrong", "search"), "it went: wrong");
}

}  // namespace
}  // namespace muniment::cli
