#include "records/segments.hpp"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>

#include <array>
#include <memory>

#include "base/check.hpp"

namespace muniment::records {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// UAX #29 word classes of what a plain scan can cut.
enum class Class : std::uint8_t {
  kAskIcu,  // flags, scripts that put no spaces between words, and what is rare
  kOther,
  kMark,    // stays with what stands before it
  kJoiner,  // likewise, and holds a pictogram that follows
  kPictogram,
  kLetter,
  kDigit,
  kUnderscore,
  kMidLetter,
  kMidNum,
  kMidBoth
};

Class class_by_unicode(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  // A colon joins letters in UAX #29 but not in ICU's root rules; '@' joins in some releases of ICU and not
  // in others, and here it does: an address or a handle is withheld as a whole.
  if (c == ':') return Class::kOther;
  if (c == '@') return Class::kLetter;
  const bool pictogram = u_hasBinaryProperty(point, UCHAR_EXTENDED_PICTOGRAPHIC);
  const auto of = u_getIntPropertyValue(point, UCHAR_WORD_BREAK);
  if (of == U_WB_OTHER && pictogram) return Class::kPictogram;
  // ICU cuts these with a dictionary.
  const auto script = u_getIntPropertyValue(point, UCHAR_SCRIPT);
  const bool unspaced = u_getIntPropertyValue(point, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT ||
                        script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
  if (pictogram || unspaced) return Class::kAskIcu;
  switch (of) {
    case U_WB_ALETTER:
      return Class::kLetter;
    case U_WB_NUMERIC:
      return Class::kDigit;
    case U_WB_EXTENDNUMLET:
      return Class::kUnderscore;
    case U_WB_MIDLETTER:
      return Class::kMidLetter;
    case U_WB_MIDNUM:
      return Class::kMidNum;
    case U_WB_MIDNUMLET:
    case U_WB_SINGLE_QUOTE:
      return Class::kMidBoth;
    case U_WB_EXTEND:
    case U_WB_FORMAT:
      return Class::kMark;
    case U_WB_ZWJ:
      return Class::kJoiner;
    case U_WB_OTHER:
      return Class::kOther;
    default:
      return c < 0x80 ? Class::kOther : Class::kAskIcu;
  }
}

// The alphabets from Europe to India and beyond, the signs of print, and pictograms.
struct Classes {
  static constexpr char32_t kAlphabets = 0x2E80, kPictures = 0x1F000, kPicturesEnd = 0x1FB00;
  std::array<Class, kAlphabets> alphabets{};
  std::array<Class, kPicturesEnd - kPictures> pictures{};
  Classes() {
    for (char32_t c = 0; c < kAlphabets; ++c) alphabets[c] = class_by_unicode(c);
    for (char32_t c = kPictures; c < kPicturesEnd; ++c) pictures[c - kPictures] = class_by_unicode(c);
  }
  Class of(char32_t c) const {
    if (c < kAlphabets) return alphabets[c];
    if (c >= kPictures && c < kPicturesEnd) return pictures[c - kPictures];
    return c >= 0xFE00 && c < 0xFE10 ? Class::kMark : Class::kAskIcu;  // variation selectors
  }
};

struct Letter {
  Class of = Class::kAskIcu;
  std::size_t size = 1;
};

// The code point at `at`, in valid UTF-8.
Letter letter_at(const Classes& classes, std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const auto rest = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]) & 0x3FU; };
  if (first < 0x80) return {classes.alphabets[first], 1};
  if (first < 0xE0) return {classes.alphabets[(first & 0x1FU) << 6 | rest(1)], 2};
  if (first < 0xF0) return {classes.of((first & 0x0FU) << 12 | rest(1) << 6 | rest(2)), 3};
  return {classes.of((first & 0x07U) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3)), 4};
}

bool is_word_class(Class c) {
  return c == Class::kLetter || c == Class::kDigit || c == Class::kUnderscore;
}

bool is_mark(Class c) {
  return c == Class::kMark || c == Class::kJoiner;
}

bool joins(Class between, Class before, Class after) {
  const bool letters = between == Class::kMidBoth || between == Class::kMidLetter;
  const bool digits = between == Class::kMidBoth || between == Class::kMidNum;
  return (letters && before == Class::kLetter && after == Class::kLetter) ||
         (digits && before == Class::kDigit && after == Class::kDigit);
}

// The end of the word or sign that starts at `at`, where no code point needs ICU (rules WB3c to WB13b).
std::size_t plain_word_end(const Classes& classes, std::string_view text, std::size_t at) {
  const Letter first = letter_at(classes, text, at);
  std::size_t end = at + first.size;
  Class last = first.of;  // but for marks
  if (!is_word_class(last) && last != Class::kPictogram) return end;
  bool joined = false;
  while (end < text.size()) {
    Letter here = letter_at(classes, text, end);
    const bool is_word = is_word_class(here.of) && last != Class::kPictogram;
    if (is_mark(here.of) || (joined && here.of == Class::kPictogram)) {
      joined = here.of == Class::kJoiner;
      if (!is_mark(here.of)) last = here.of;
      end += here.size;
      continue;
    }
    if (!is_word) {
      const std::size_t next = end + here.size;
      if (here.of < Class::kMidLetter || next >= text.size()) break;
      const Letter after = letter_at(classes, text, next);
      if (!joins(here.of, last, after.of)) break;
      end = next;
      here = after;
    }
    joined = false;
    end += here.size;
    last = here.of;
  }
  return end;
}

void cut_plain(const Classes& classes, std::string_view chunk, std::size_t base,
               std::vector<std::uint32_t>& cuts) {
  for (std::size_t at = 0; at < chunk.size();) {
    if (base + at > 0 && !is_blank(chunk[at])) cuts.push_back(static_cast<std::uint32_t>(base + at));
    at = is_blank(chunk[at]) ? at + 1 : plain_word_end(classes, chunk, at);
  }
}

// One iterator a thread: making one reads rule tables, setting its text does not.
icu::BreakIterator& word_iterator() {
  thread_local const std::unique_ptr<icu::BreakIterator> iterator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    MUNIMENT_CHECK(U_SUCCESS(status) && made, "ICU's word boundary data is installed");
    return made;
  }();
  return *iterator;
}

void cut_unicode(std::string_view chunk, std::size_t base, std::vector<std::uint32_t>& cuts) {
  UErrorCode status = U_ZERO_ERROR;
  UText text = UTEXT_INITIALIZER;
  utext_openUTF8(&text, chunk.data(), static_cast<std::int64_t>(chunk.size()), &status);
  icu::BreakIterator& words = word_iterator();
  words.setText(&text, status);
  MUNIMENT_CHECK(U_SUCCESS(status), "ICU accepts UTF-8");
  if (base > 0 && !is_blank(chunk[0])) cuts.push_back(static_cast<std::uint32_t>(base));
  for (std::int32_t at = words.next(); at != icu::BreakIterator::DONE; at = words.next()) {
    const auto offset = static_cast<std::size_t>(at);
    if (offset < chunk.size() && !is_blank(chunk[offset]))
      cuts.push_back(static_cast<std::uint32_t>(base + offset));
  }
  utext_close(&text);
}

}  // namespace

// White space followed by a plain letter or sign always ends a word (only a mark could extend it), so the
// text is taken chunk by chunk between such places: ICU sees the chunks that need it, and a plain scan the
// many that do not.  Marks are plain where they stand with a letter, digit or pictogram.
std::vector<std::uint32_t> word_cuts(std::string_view text) {
  static const Classes classes;
  std::vector<std::uint32_t> cuts;
  cuts.reserve(text.size() / 5 + 1);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    bool plain = true;
    bool blank = false;
    bool carries = false;  // marks, plainly
    while (end < text.size()) {
      const Letter here = letter_at(classes, text, end);
      const bool mark = is_mark(here.of);
      if (blank && here.of != Class::kAskIcu && !mark && !is_blank(text[end])) break;
      plain = plain && here.of != Class::kAskIcu && (carries || !mark);
      carries = mark ? carries : is_word_class(here.of) || here.of == Class::kPictogram;
      blank = is_blank(text[end]);
      end += here.size;
    }
    const auto chunk = text.substr(at, end - at);
    plain ? cut_plain(classes, chunk, at, cuts) : cut_unicode(chunk, at, cuts);
    at = end;
  }
  return cuts;
}

}  // namespace muniment::records
