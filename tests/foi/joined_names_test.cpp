#include "foi/joined_names.hpp"

#include <gtest/gtest.h>

namespace muniment::foi {
namespace {

using bundle::Needle;
using bundle::NeedleKind;

constexpr const char* kFrom = "record 1, field author.name";

Needle name(const std::string& value) {
  return {NeedleKind::kWords, value, kFrom};
}

TEST(JoinedNames, StandInsideALongerWordPlainWordsAtItsEnds) {
  const JoinedNames names(
      {}, {name("Quillfeather"), {NeedleKind::kWords, "leukaemia", "record 1, field text"}}, {});
  for (const auto* text : {"aquillfeathers", "Quillfeathery", "#stopleukaemia", "leukaemianow"})
    EXPECT_TRUE(names.find(text)) << text;
  for (const auto* text : {"quillfeathe", "Quillfeather", "stopleukaemianow", "leukaemi"})
    EXPECT_FALSE(names.find(text)) << text;
}

TEST(JoinedNames, OfWhichOneIsTheOthersBeginningAreBothFound) {
  const JoinedNames names({}, {name("Quillfeather"), name("Quillfeatherstone")}, {});
  EXPECT_TRUE(names.find("theQuillfeatherX"));
  EXPECT_TRUE(names.find("theQuillfeatherstones"));
}

TEST(JoinedNames, AreFoundInBoundedTimeAmongManyThatBeginAlike) {
  std::vector<Needle> many;
  for (int i = 0; i < 30'000; ++i) {
    std::string other = "Wexcombe";
    for (int rest = i + 1; rest > 0; rest /= 26) other += static_cast<char>('a' + rest % 26);
    many.push_back(name(other));
  }
  many.push_back(name("Wexcombeqzqzqz"));
  const JoinedNames names({}, many, {});
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "thewexcomxxxxxxx ";
  const auto found = names.find(text + "thewexcombeqzqzqz");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->begin, text.size());
}

}  // namespace
}  // namespace muniment::foi
