#include "base/utf8.hpp"

#include <gtest/gtest.h>

#include <random>

namespace muniment::base {
namespace {

TEST(Utf8, AcceptsEveryCodePointThatMayBeWritten) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, c);
    std::size_t at = 0;
    ASSERT_TRUE(is_utf8(text)) << static_cast<unsigned>(c);
    ASSERT_EQ(next_code_point(text, at), c);
    ASSERT_EQ(at, text.size());
  }
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndWhatLiesBeyond) {
  for (const char* text :
       {"\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF",
        "\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xFE", "\x80",
        "\xC3", "\xE2\x82", "\xF0\x9F\x98", "plain then \xE2\x82 broken"})
    EXPECT_FALSE(is_utf8(text)) << text;
}

TEST(Utf8, ReplacingWhatIsBrokenGivesValidTextAndKeepsTheRest) {
  EXPECT_EQ(to_valid_utf8("caf\xE9 open"), "caf\xEF\xBF\xBD open");
  EXPECT_EQ(to_valid_utf8("caf\xC3\xA9"), "caf\xC3\xA9");
  std::mt19937 random(4);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes(random() % 20, '\0');
    for (auto& c : bytes) c = static_cast<char>(random() % 3 == 0 ? random() : 'a');
    const std::string repaired = to_valid_utf8(bytes);
    ASSERT_TRUE(is_utf8(repaired));
    if (is_utf8(bytes)) {
      ASSERT_EQ(repaired, bytes);
    }
  }
}

TEST(Utf8, ATerminalIsNotMovedColouredOrReordered) {
  EXPECT_EQ(for_terminal("\x1b[31mred\x1b[0m"), "\\x1b[31mred\\x1b[0m");
  EXPECT_EQ(for_terminal("abc\rdef\bg\a"), "abc\\x0ddef\\x08g\\x07");
  EXPECT_EQ(for_terminal("\x7f"), "\\x7f");
  EXPECT_EQ(for_terminal("\xC2\x9B"
                         "31m"),
            "\\x9b31m")
      << "C1 control sequence introducer";
  EXPECT_EQ(for_terminal("invoice\xE2\x80\xAE"
                         "fdp.exe"),
            "invoice\\u202efdp.exe");
  EXPECT_EQ(for_terminal("\xE2\x81\xA6 isolate \xE2\x81\xA9"), "\\u2066 isolate \\u2069");
  EXPECT_EQ(for_terminal("bro\xFFken"), "bro\\xffken");
}

TEST(Utf8, LinesAreKeptOnlyWhenAskedFor) {
  EXPECT_EQ(for_terminal("one\ntwo\tthree"), "one two three");
  EXPECT_EQ(for_terminal("one\ntwo\tthree", true), "one\ntwo\tthree");
  EXPECT_EQ(for_terminal("one\r\ntwo", true), "one\\x0d\ntwo");
}

TEST(Utf8, OrdinaryTextOfAnyScriptPassesUnchanged) {
  const std::string text =
      "Вода \xD9\x85\xD9\x8A\xD8\xA7\xD9\x87 水 पानी \xF0\x9F\x9A\xB0 "
      "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xA7";
  EXPECT_EQ(for_terminal(text), text);
}

TEST(Utf8, WhateverComesInNothingThatCommandsATerminalGoesOut) {
  std::mt19937 random(5);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes(random() % 24, '\0');
    for (auto& c : bytes) c = static_cast<char>(random());
    for (const char c : for_terminal(bytes)) {
      ASSERT_GE(static_cast<unsigned char>(c), 0x20);
      ASSERT_NE(c, 0x7f);
    }
    ASSERT_TRUE(is_utf8(for_terminal(bytes)));
  }
}

}  // namespace
}  // namespace muniment::base
