#include "bundle/plain_letters.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "base/check.hpp"
#include "base/utf8.hpp"

namespace muniment::bundle {
namespace {

constexpr std::size_t kShortestLookAlike = 4;

struct Reading {
  char32_t letter;
  std::u32string_view plain;
};

// Strokes, ligatures and small capitals, which Unicode does not take apart.  Sorted; lower case.
constexpr Reading kStrokes[] = {
    {U'ß', U"ss"},     {U'æ', U"ae"},     {U'ð', U"d"},      {U'ø', U"o"},      {U'þ', U"th"},
    {U'đ', U"d"},      {U'ħ', U"h"},      {U'ı', U"i"},      {U'ĸ', U"k"},      {U'ł', U"l"},
    {U'ŋ', U"n"},      {U'œ', U"oe"},     {U'ŧ', U"t"},      {U'ƀ', U"b"},      {U'ƙ', U"k"},
    {U'ƚ', U"l"},      {U'ƶ', U"z"},      {U'ǝ', U"e"},      {U'ǥ', U"g"},      {U'ȥ', U"z"},
    {U'ɇ', U"e"},      {U'ɉ', U"j"},      {U'ɍ', U"r"},      {U'ɏ', U"y"},      {U'ɐ', U"a"},
    {U'ɑ', U"a"},      {U'ɓ', U"b"},      {U'ɖ', U"d"},      {U'ɗ', U"d"},      {U'ə', U"e"},
    {U'ɛ', U"e"},      {U'ɡ', U"g"},      {U'ɢ', U"g"},      {U'ɨ', U"i"},      {U'ɩ', U"i"},
    {U'ɪ', U"i"},      {U'ɫ', U"l"},      {U'ɴ', U"n"},      {U'ɵ', U"o"},      {U'ʀ', U"r"},
    {U'ʉ', U"u"},      {U'ʏ', U"y"},      {U'ʙ', U"b"},      {U'ʜ', U"h"},      {U'ʟ', U"l"},
    {U'\u1D00', U"a"}, {U'\u1D04', U"c"}, {U'\u1D05', U"d"}, {U'\u1D07', U"e"}, {U'\u1D0A', U"j"},
    {U'\u1D0B', U"k"}, {U'\u1D0D', U"m"}, {U'\u1D0F', U"o"}, {U'\u1D18', U"p"}, {U'\u1D1B', U"t"},
    {U'\u1D1C', U"u"}, {U'\u1D20', U"v"}, {U'\u1D21', U"w"}, {U'\u1D22', U"z"}, {U'\uA730', U"f"},
    {U'\uA731', U"s"}};

struct LookAlike {
  char32_t letter;
  char latin;
};

// Cyrillic and Greek, sorted.  Capitals have lines of their own where they look other than their small
// letter.
constexpr LookAlike kLookAlikes[] = {
    {U'Α', 'a'},      {U'Β', 'b'},      {U'Ε', 'e'},      {U'Ζ', 'z'},      {U'Η', 'h'},
    {U'Ι', 'i'},      {U'Κ', 'k'},      {U'Μ', 'm'},      {U'Ν', 'n'},      {U'Ο', 'o'},
    {U'Ρ', 'p'},      {U'Τ', 't'},      {U'Υ', 'y'},      {U'Χ', 'x'},      {U'α', 'a'},
    {U'β', 'b'},      {U'γ', 'y'},      {U'ε', 'e'},      {U'η', 'n'},      {U'ι', 'i'},
    {U'κ', 'k'},      {U'ν', 'v'},      {U'ο', 'o'},      {U'ρ', 'p'},      {U'τ', 't'},
    {U'υ', 'u'},      {U'χ', 'x'},      {U'ω', 'w'},      {U'ϲ', 'c'},      {U'ϳ', 'j'},
    {U'Ϲ', 'c'},      {U'Ѕ', 's'},      {U'І', 'i'},      {U'Ј', 'j'},      {U'А', 'a'},
    {U'В', 'b'},      {U'Е', 'e'},      {U'К', 'k'},      {U'М', 'm'},      {U'Н', 'h'},
    {U'О', 'o'},      {U'Р', 'p'},      {U'С', 'c'},      {U'Т', 't'},      {U'У', 'y'},
    {U'Х', 'x'},      {U'Ь', 'b'},      {U'а', 'a'},      {U'в', 'b'},      {U'г', 'r'},
    {U'е', 'e'},      {U'к', 'k'},      {U'м', 'm'},      {U'н', 'h'},      {U'о', 'o'},
    {U'п', 'n'},      {U'р', 'p'},      {U'с', 'c'},      {U'т', 't'},      {U'у', 'y'},
    {U'х', 'x'},      {U'ь', 'b'},      {U'ѕ', 's'},      {U'і', 'i'},      {U'ј', 'j'},
    {U'ѡ', 'w'},      {U'ѵ', 'v'},      {U'\u0493', 'f'}, {U'\u04AE', 'y'}, {U'\u04AF', 'y'},
    {U'\u04BA', 'h'}, {U'\u04BB', 'h'}, {U'\u04C0', 'i'}, {U'\u04CF', 'l'}, {U'\u0500', 'd'},
    {U'\u0501', 'd'}, {U'\u051A', 'q'}, {U'\u051B', 'q'}, {U'\u051C', 'w'}, {U'\u051D', 'w'}};

template <typename Row, std::size_t kSize>
const Row* row_of(const Row (&rows)[kSize], char32_t letter) {
  const auto* at = std::lower_bound(std::begin(rows), std::end(rows), letter,
                                    [](const Row& row, char32_t wanted) { return row.letter < wanted; });
  return at != std::end(rows) && at->letter == letter ? at : nullptr;
}

// Marks that are left out in hasty writing.  Marks of other scripts are vowels, and make other words.
bool is_accent(char32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0591 && c <= 0x05C7) || (c >= 0x064B && c <= 0x065F) ||
         c == 0x0670 || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
         (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F);
}

// White letters in black circles and boxes, and the letters that flags are made of.
char32_t boxed(char32_t c) {
  if (c >= 0x1F150 && c <= 0x1F169) return U'a' + (c - 0x1F150);
  if (c >= 0x1F170 && c <= 0x1F189) return U'a' + (c - 0x1F170);
  return c >= 0x1F1E6 && c <= 0x1F1FF ? U'a' + (c - 0x1F1E6) : c;
}

bool is_latin(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0x00C0 && c <= 0x02AF) ||
         (c >= 0x1D00 && c <= 0x1D22);
}

icu::UnicodeString decomposed(std::string_view word) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* form = icu::Normalizer2::getNFKDInstance(status);
  MUNIMENT_CHECK(U_SUCCESS(status) && form != nullptr, "ICU's normalisation data is installed");
  auto out = form->normalize(
      icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size()))),
      status);
  MUNIMENT_CHECK(U_SUCCESS(status), "ICU decomposes UTF-8");
  return out;
}

// What is left of the word before letters are compared by their looks.
std::u32string bare(std::string_view word) {
  std::u32string out;
  const auto letters = decomposed(word);
  for (std::int32_t i = 0; i < letters.length();) {
    const UChar32 c = letters.char32At(i);
    i += U16_LENGTH(c);
    const auto letter = static_cast<char32_t>(c);
    if (is_accent(letter) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0) continue;
    const auto digit = u_charDigitValue(c);
    out.push_back(digit >= 0 ? U'0' + static_cast<char32_t>(digit) : boxed(letter));
  }
  return out;
}

bool looks_latin(const std::u32string& letters) {
  bool latin = false;
  std::size_t alike = 0;
  for (const char32_t c : letters) {
    latin = latin || is_latin(c);
    alike += row_of(kLookAlikes, c) != nullptr ? 1U : 0U;
  }
  return latin ? alike > 0 : alike == letters.size() && alike >= kShortestLookAlike;
}

void add_folded(char32_t c, std::u32string& out) {
  icu::UnicodeString folded(static_cast<UChar32>(c));
  folded.foldCase();
  for (std::int32_t i = 0; i < folded.length();) {
    const UChar32 one = folded.char32At(i);
    i += U16_LENGTH(one);
    const auto letter = static_cast<char32_t>(one);
    if (is_accent(letter)) continue;
    if (const auto* stroke = row_of(kStrokes, letter))
      out += stroke->plain;
    else
      out.push_back(letter);
  }
}

bool is_small_capital(char32_t c) {
  constexpr std::u32string_view kOthers = U"ɢɪɴʀʏʙʜʟ\uA730\uA731";
  return (c >= 0x1D00 && c <= 0x1D22) || kOthers.find(c) != std::u32string_view::npos;
}

// There is no small capital Q: who writes in them puts an o with a tail in its place.
std::string with_tailed_q(std::string_view word) {
  constexpr std::string_view kTailed = "\u01EB";
  std::string out(word);
  if (word.find(kTailed) == std::string_view::npos) return out;
  std::size_t at = 0;
  bool small = false;
  while (at < word.size() && !small) small = is_small_capital(base::next_code_point(word, at));
  for (auto q = small ? out.find(kTailed) : std::string::npos; q != std::string::npos; q = out.find(kTailed))
    out.replace(q, kTailed.size(), "q");
  return out;
}

}  // namespace

std::u32string plain_letters(std::string_view word) {
  const auto letters = bare(with_tailed_q(word));
  const bool by_looks = looks_latin(letters);
  std::u32string out;
  for (const char32_t c : letters) {
    const auto* alike = by_looks ? row_of(kLookAlikes, c) : nullptr;
    if (alike != nullptr)
      out.push_back(static_cast<char32_t>(alike->latin));
    else
      add_folded(c, out);
  }
  return out;
}

}  // namespace muniment::bundle
