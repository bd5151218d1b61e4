#include "records/segments.hpp"

#include <gtest/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <random>
#include <string>

#include "base/utf8.hpp"
#include "records/body.hpp"

namespace muniment::records {
namespace {

std::vector<std::string> segments_of(const std::string& text) {
  const Field field{"text", text, word_cuts(text)};
  std::vector<std::string> out;
  for (std::size_t i = 0; i < segment_count(field); ++i) out.emplace_back(segment(field, i));
  return out;
}

// The same rule, spelled out over the whole text by ICU alone.
std::vector<std::uint32_t> cuts_by_icu(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  static const std::unique_ptr<icu::BreakIterator> words(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  UText handle = UTEXT_INITIALIZER;
  utext_openUTF8(&handle, text.data(), static_cast<std::int64_t>(text.size()), &status);
  words->setText(&handle, status);
  std::vector<std::uint32_t> cuts;
  for (auto at = words->next(); at != icu::BreakIterator::DONE; at = words->next()) {
    const auto offset = static_cast<std::size_t>(at);
    const bool blank =
        offset < text.size() && std::string_view(" \t\r\n").find(text[offset]) != std::string_view::npos;
    if (offset < text.size() && !blank) cuts.push_back(static_cast<std::uint32_t>(at));
  }
  utext_close(&handle);
  return cuts;
}

using Segments = std::vector<std::string>;

TEST(Segments, AWordKeepsTheWhiteSpaceAfterIt) {
  EXPECT_EQ(segments_of("Message from Jane Doe: call 07700 900042."),
            (Segments{"Message ", "from ", "Jane ", "Doe", ": ", "call ", "07700 ", "900042", "."}));
}

TEST(Segments, AreTheWholeTextAndNothingElse) {
  for (const std::string text :
       {"", " ", "a", "  a  b  ", "don't stop 3.14 e.g. x_y", "\n\nfirst\n\nsecond\n"}) {
    std::string joined;
    for (const auto& piece : segments_of(text)) joined += piece;
    EXPECT_EQ(joined, text);
  }
}

TEST(Segments, NeverSplitAFamilyOfEmojiOrALetterFromItsAccent) {
  EXPECT_EQ(segments_of("ok \U0001F469\u200D\U0001F469\u200D\U0001F467 e\u0301t\u00e9"),
            (Segments{"ok ", "\U0001F469\u200D\U0001F469\u200D\U0001F467 ", "e\u0301t\u00e9"}));
}

TEST(Segments, AnAddressOrAHandleIsOneSegment) {
  EXPECT_EQ(segments_of("ask @ann or ann.lee@town.example now"),
            (Segments{"ask ", "@ann ", "or ", "ann.lee@town.example ", "now"}));
}

TEST(Segments, ABlankBeforeACombiningMarkStaysWithIt) {
  const std::string text = "a \u0301b c";
  EXPECT_EQ(word_cuts(text), cuts_by_icu(text));
}

// Every code point that a plain scan may cut, between all kinds of neighbour.
TEST(Segments, OfAnyAlphabetLieWhereUnicodePutsWordBoundaries) {
  std::vector<char32_t> points;
  const auto add = [&](char32_t from, char32_t to) {
    for (auto c = from; c < to; ++c)
      if (c != '@') points.push_back(c);  // a letter here, whatever ICU says
  };
  add(1, 0x3100);
  add(0xFE00, 0xFE30);
  add(0x1F000, 0x1FB00);
  for (const char32_t c : points) {
    std::string sign;
    base::append_utf8(sign, c);
    for (const std::string before :
         {"", "a", "7", " ", ".", "1,", "\u0915\u094d", "\u2764\ufe0f", "\U0001F469\u200d", "a\u200d"}) {
      std::string text = "x ";
      for (const std::string after :
           {"", "b", "8", "_", " ", "\u0436", "'b", ":9", "\u0301", "\u200d\u2764", "\u200db"})
        text += before + sign + after + " " + sign + sign + " ";
      ASSERT_EQ(word_cuts(text), cuts_by_icu(text))
          << std::hex << static_cast<unsigned>(c) << " " << base::for_terminal(text);
    }
  }
}

TEST(Segments, LieWhereUnicodePutsWordBoundaries) {
  const std::vector<std::string> alphabet = {"a",
                                             "Z",
                                             "7",
                                             "0",
                                             "_",
                                             "'",
                                             ".",
                                             ",",
                                             ";",
                                             ":",
                                             "-",
                                             "#",
                                             "/",
                                             " ",
                                             " ",
                                             "\n",
                                             "\t",
                                             "\r\n",
                                             "\"",
                                             "\u00e9",
                                             "e\u0301",
                                             "\u0301",
                                             "\u200d",
                                             "\U0001F469",
                                             "\u4e2d\u6587",
                                             "\u0645\u0631",
                                             "\u0e02\u0e2d\u0e1a",
                                             "\u2019",
                                             "\u201c",
                                             "\u2014",
                                             "\u00b7",
                                             "\u0436\u0437",
                                             "\u05d0",
                                             "\u0662",
                                             "\u00a9",
                                             "\u00a0",
                                             "\u200b",
                                             "\U0001F1E9\U0001F1EA",
                                             "\U0001F3FD",
                                             "\u2764",
                                             "\ufe0f",
                                             "\u0915",
                                             "\u094d",
                                             "\u093f",
                                             "\u0967",
                                             "\u0964",
                                             "\u20e3",
                                             "\u2139",
                                             "\u1100",
                                             "\ud55c",
                                             "word",
                                             "don't",
                                             "\u202e"};
  std::mt19937 random(20261122);
  std::uniform_int_distribution<std::size_t> pick(0, alphabet.size() - 1);
  std::uniform_int_distribution<int> length(0, 40);
  for (int round = 0; round < 60000; ++round) {
    std::string text;
    for (int i = length(random); i > 0; --i) text += alphabet[pick(random)];
    ASSERT_EQ(word_cuts(text), cuts_by_icu(text)) << base::for_terminal(text);
  }
}

}  // namespace
}  // namespace muniment::records
