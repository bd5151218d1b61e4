#include "muniment/hidden_characters.hpp"

#include <gtest/gtest.h>

#include "muniment/markup.hpp"

namespace muniment::markup {
namespace {

// What is named in a text, in its order.
std::string named(std::string_view text) {
  std::string out;
  HiddenCharacters characters(text);
  for (auto next = characters.next(); next.character.bytes > 0; next = characters.next())
    if (next.hidden) out += (out.empty() ? "" : " ") + code_point_name(next.character.code);
  return out;
}

TEST(HiddenCharacters, WhatNobodySeesIsNamed) {
  EXPECT_EQ(named("a\u200Bb\u00ADc\u2060d\uFEFFe"), "U+200B U+00AD U+2060 U+FEFF");
  EXPECT_EQ(named("\u2028\u2029\u202A\u202E\u2066\u2069\u061C\u200E"),
            "U+2028 U+2029 U+202A U+202E U+2066 U+2069 U+061C U+200E");
  EXPECT_EQ(named("\u034F\u115F\u1160\u17B4\u180E\u3164\uFFA0\uFFF9\U0001D173"),
            "U+034F U+115F U+1160 U+17B4 U+180E U+3164 U+FFA0 U+FFF9 U+1D173");
  EXPECT_EQ(named("\a\x1B\x7F\u0085"), "U+0007 U+001B U+007F U+0085");
  EXPECT_EQ(named(std::string_view("\0", 1)), "U+0000");
  EXPECT_EQ(named("tagged \U000E0041\U000E0062\U000E007F"), "U+E0041 U+E0062 U+E007F");
}

TEST(HiddenCharacters, WhatIsSeenIsNot) {
  EXPECT_EQ(named("Łukasz & Zoë,\n\tسامي 東京 नमस्ते \u00A0\u3000 ☃ \uFFFD"), "");
}

TEST(HiddenCharacters, WhatMakesOneEmojiOfSeveralIsLeftAlone) {
  EXPECT_EQ(named("\U0001F468\u200D\U0001F469\u200D\U0001F467"), "") << "a family";
  EXPECT_EQ(named("\u2764\uFE0F \u2764\uFE0F\u200D\U0001F525 \u00A9\uFE0E"), "") << "hearts and signs";
  EXPECT_EQ(named("\U0001F469\U0001F3FD\u200D\u2695\uFE0F"), "") << "a doctor";
  EXPECT_EQ(named("1\uFE0F\u20E3 #\uFE0F\u20E3"), "") << "keys";
  EXPECT_EQ(named("\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F!"), "")
      << "the flag of England";
}

TEST(HiddenCharacters, TheSameElsewhereIsNamed) {
  EXPECT_EQ(named("a\u200Db \u200D\U0001F525 \U0001F525\u200D!"), "U+200D U+200D U+200D");
  EXPECT_EQ(named("a\uFE0F 1\uFE0F \u2764\uFE0F\uFE0F \u2764\uFE01"), "U+FE0F U+FE0F U+FE0F U+FE01");
  EXPECT_EQ(named("\U0001F525\u200B\u200D\U0001F525"), "U+200B U+200D");
  // A word in tags behind a flag, and behind a flag that has tags of its own.
  EXPECT_EQ(named("\U0001F3F4\U000E0048\U000E0069\U000E007F"), "U+E0048 U+E0069 U+E007F");
  EXPECT_EQ(named("\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F\U000E0041"),
            "U+E0041");
}

TEST(HiddenCharacters, BytesThatAreNoUtf8StayAsTheyAre) {
  for (const std::string_view text : {"\xFF\xC2", "\xE2\x80", "\xF3\xA0\x81", "\x80\xC0"}) {
    EXPECT_EQ(named(text), "");
    EXPECT_EQ(shown(text), text);
  }
}

TEST(HiddenCharacters, OneIsEnoughForAText) {
  EXPECT_TRUE(holds_hidden("FOI\u200B-1"));
  EXPECT_FALSE(holds_hidden("FOI-1 \u2764\uFE0F"));
}

}  // namespace
}  // namespace muniment::markup
