#include "records/segments.hpp"

#include <gtest/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <algorithm>
#include <initializer_list>
#include <memory>
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

std::vector<std::uint32_t> but_before_blanks(const std::string& text, std::vector<std::uint32_t> cuts) {
  std::erase_if(cuts, [&](std::uint32_t at) {
    return at == 0 || at >= text.size() ||
           std::string_view(" \t\r\n").find(text[at]) != std::string_view::npos;
  });
  return cuts;
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
  for (auto at = words->next(); at != icu::BreakIterator::DONE; at = words->next())
    cuts.push_back(static_cast<std::uint32_t>(at));
  utext_close(&handle);
  return but_before_blanks(text, std::move(cuts));
}

// And spelled out from UAX #29, rule by rule, without a dictionary.
class Rules {
 public:
  explicit Rules(const std::string& text) : text_(text) {
    for (std::size_t at = 0; at < text.size();) {
      starts_.push_back(static_cast<std::uint32_t>(at));
      const auto c = base::next_code_point(text, at);
      const auto of = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_WORD_BREAK);
      classes_.push_back(c == ':' ? U_WB_OTHER : c == '@' ? U_WB_ALETTER : of);
      pictograms_.push_back(u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_EXTENDED_PICTOGRAPHIC) != 0);
    }
  }

  std::vector<std::uint32_t> cuts() const {
    std::vector<std::uint32_t> out;
    for (int i = 1; i < size(); ++i)
      if (is_boundary(i)) out.push_back(starts_[static_cast<std::size_t>(i)]);
    return but_before_blanks(text_, std::move(out));
  }

 private:
  int size() const { return static_cast<int>(classes_.size()); }
  int at(int i) const { return i < 0 || i >= size() ? -1 : classes_[static_cast<std::size_t>(i)]; }
  bool is_in(int i, std::initializer_list<int> some) const {
    return std::find(some.begin(), some.end(), at(i)) != some.end();
  }
  bool is_ignored(int i) const { return is_in(i, {U_WB_EXTEND, U_WB_FORMAT, U_WB_ZWJ}); }
  bool is_newline(int i) const { return is_in(i, {U_WB_CR, U_WB_LF, U_WB_NEWLINE}); }
  int before(int i) const {
    for (--i; is_ignored(i);) --i;
    return i;
  }
  int after(int i) const {
    for (++i; is_ignored(i);) ++i;
    return i;
  }

  bool is_boundary(int i) const {
    if (at(i - 1) == U_WB_CR && at(i) == U_WB_LF) return false;                           // WB3
    if (is_newline(i - 1) || is_newline(i)) return true;                                  // WB3a, WB3b
    if (at(i - 1) == U_WB_ZWJ && pictograms_[static_cast<std::size_t>(i)]) return false;  // WB3c
    if (at(i - 1) == U_WB_WSEGSPACE && at(i) == U_WB_WSEGSPACE) return false;             // WB3d
    if (is_ignored(i)) return false;                                                      // WB4
    const int p = before(i);
    const auto letter = [&](int k) { return is_in(k, {U_WB_ALETTER, U_WB_HEBREW_LETTER}); };
    const auto quote = [&](int k) { return is_in(k, {U_WB_MIDNUMLET, U_WB_SINGLE_QUOTE}); };
    const auto mid_letter = [&](int k) { return at(k) == U_WB_MIDLETTER || quote(k); };
    const auto mid_number = [&](int k) { return at(k) == U_WB_MIDNUM || quote(k); };
    const auto number = [&](int k) { return at(k) == U_WB_NUMERIC; };
    if (letter(p) && letter(i)) return false;                                     // WB5
    if (letter(p) && mid_letter(i) && letter(after(i))) return false;             // WB6
    if (letter(before(p)) && mid_letter(p) && letter(i)) return false;            // WB7
    if (at(p) == U_WB_HEBREW_LETTER && at(i) == U_WB_SINGLE_QUOTE) return false;  // WB7a
    if (at(p) == U_WB_HEBREW_LETTER && at(i) == U_WB_DOUBLE_QUOTE && at(after(i)) == U_WB_HEBREW_LETTER)
      return false;  // WB7b
    if (at(before(p)) == U_WB_HEBREW_LETTER && at(p) == U_WB_DOUBLE_QUOTE && at(i) == U_WB_HEBREW_LETTER)
      return false;                                                          // WB7c
    if ((number(p) || letter(p)) && (number(i) || letter(i))) return false;  // WB8 to WB10
    if (number(before(p)) && mid_number(p) && number(i)) return false;       // WB11
    if (number(p) && mid_number(i) && number(after(i))) return false;        // WB12
    if (at(p) == U_WB_KATAKANA && at(i) == U_WB_KATAKANA) return false;      // WB13
    const auto word = [&](int k) { return letter(k) || number(k) || at(k) == U_WB_KATAKANA; };
    const auto low_line = [&](int k) { return at(k) == U_WB_EXTENDNUMLET; };
    if ((word(p) || low_line(p)) && low_line(i)) return false;  // WB13a
    if (low_line(p) && word(i)) return false;                   // WB13b
    int flags = 0;
    for (int k = i; at(k = before(k)) == U_WB_REGIONAL_INDICATOR;) ++flags;
    return !(at(i) == U_WB_REGIONAL_INDICATOR && flags % 2 == 1);  // WB15, WB16
  }

  const std::string& text_;
  std::vector<std::uint32_t> starts_;
  std::vector<int> classes_;
  std::vector<bool> pictograms_;
};

std::vector<std::uint32_t> cuts_by_rules(const std::string& text) {
  return Rules(text).cuts();
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

TEST(Segments, OfChineseAndJapaneseAreTheCharacters) {
  EXPECT_EQ(segments_of("\u738b\u5c0f\u660e\u8bf4 \u30bf\u30ef\u30fc\u3078\u3002"),
            (Segments{"\u738b", "\u5c0f", "\u660e", "\u8bf4 ", "\u30bf\u30ef\u30fc", "\u3078", "\u3002"}));
}

std::string cut(const std::string& text, const std::vector<std::uint32_t>& cuts) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (std::find(cuts.begin(), cuts.end(), i) != cuts.end()) out += '|';
    out += text[i];
  }
  return out;
}

// Code points that a plain scan may cut, between all kinds of neighbour.
TEST(Segments, OfAnyAlphabetLieWhereUnicodePutsWordBoundaries) {
  std::vector<char32_t> points;
  const auto add = [&](char32_t from, char32_t to) {
    for (auto c = from; c < to; c += c < 0x800 ? 1 : 3) points.push_back(c);  // neighbours are much alike
  };
  add(1, 0x3400);
  add(0x4DF0, 0x4E80);
  add(0xABC0, 0xAC80);
  add(0xD780, 0xD800);
  add(0xF900, 0x10000);
  add(0x1F000, 0x1FB00);
  for (const char32_t c : points) {
    if (u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) continue;
    std::string sign;
    base::append_utf8(sign, c);
    std::string text = sign + " x ";
    for (const std::string before :
         {"a", "7", " ", ".", "1,", "\u0915\u094d", "\u2764\ufe0f", "\u200d", "a\u200d", "\t"})
      text += before + sign + " ";
    for (const std::string after :
         {"b", "8", "_", " ", "\u0436", "'b", ":9", "\u0301", "\u200d\u2764", "\u200db", "\u3000"})
      text += sign + after + " " + "a" + sign + after + "\n";
    ASSERT_EQ(cut(text, word_cuts(text)), cut(text, cuts_by_rules(text)))
        << std::hex << static_cast<unsigned>(c);
  }
}

class AnyText {
 public:
  AnyText(std::vector<std::string> alphabet, int longest)
      : alphabet_(std::move(alphabet)), pick_(0, alphabet_.size() - 1), length_(0, longest) {}
  std::string next() {
    std::string text;
    for (int i = length_(random_); i > 0; --i) text += alphabet_[pick_(random_)];
    return text;
  }

 private:
  std::vector<std::string> alphabet_;
  std::mt19937 random_{20261122};
  std::uniform_int_distribution<std::size_t> pick_;
  std::uniform_int_distribution<int> length_;
};

const std::vector<std::string> kSigns = {"a",
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
                                         "\u2764",
                                         "\ufe0f",
                                         "\U0001F3FD",
                                         "\u0645\u0631",
                                         "\u2019",
                                         "\u201c",
                                         "\u2014",
                                         "\u00b7",
                                         "\u0436\u0437",
                                         "\u0662",
                                         "\u00a9",
                                         "\u00a0",
                                         "\u200b",
                                         "\U0001F1E9\U0001F1EA",
                                         "\U0001F1E9",
                                         "word",
                                         "don't",
                                         "\u202e",
                                         "\u0915",
                                         "\u094d",
                                         "\u093f",
                                         "\u0967",
                                         "\u0964",
                                         "\u20e3",
                                         "\u1100",
                                         "\v",
                                         "\u2028",
                                         "\u2003"};

std::vector<std::string> with(std::vector<std::string> more) {
  more.insert(more.end(), kSigns.begin(), kSigns.end());
  return more;
}

TEST(Segments, LieWhereIcuPutsWordBoundaries) {
  AnyText any(with({"\u05d0", "\u0e02\u0e2d\u0e1a", "\u2139"}), 40);
  for (int round = 0; round < 15'000; ++round) {
    const auto text = any.next();
    ASSERT_EQ(cut(text, word_cuts(text)), cut(text, cuts_by_icu(text)));
  }
}

// Without a dictionary: an ideograph is a word.
TEST(Segments, LieWhereTheRulesOfUnicodePutWordBoundaries) {
  AnyText any(with({"\ud55c", "\u4e2d\u6587", "\u4eba\u3005", "\u3053", "\u30bf\u30ef", "\u30fc",
                    "\uff76\uff9e", "\u3000", "\u3002", "@", "\U00020000", "\u8fbb\U000E0100"}),
              40);
  for (int round = 0; round < 15'000; ++round) {
    const auto text = any.next();
    ASSERT_EQ(cut(text, word_cuts(text)), cut(text, cuts_by_rules(text)));
  }
}

}  // namespace
}  // namespace muniment::records
