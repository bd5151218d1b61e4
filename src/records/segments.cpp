#include "records/segments.hpp"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <array>
#include <atomic>
#include <memory>

#include "base/check.hpp"

namespace muniment::records {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// UAX #29 word classes of what a plain scan can cut.
enum class Class : std::uint8_t {
  kUnknown,  // not looked up yet
  kAskIcu,   // scripts that only a dictionary can cut, and what is rare
  kBreak,    // controls that nothing stays with
  kMark,     // stays with what stands before it
  kJoiner,   // likewise, and holds a pictogram that follows
  kSpace,    // white space other than a blank
  kOther,    // stands alone: signs, ideographs
  kPictogram,
  kRegional,  // half a flag
  kKatakana,
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
  const bool is_pictogram = u_hasBinaryProperty(point, UCHAR_EXTENDED_PICTOGRAPHIC);
  const auto of = u_getIntPropertyValue(point, UCHAR_WORD_BREAK);
  if (is_pictogram) return of == U_WB_OTHER ? Class::kPictogram : Class::kAskIcu;
  if (u_getIntPropertyValue(point, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) return Class::kAskIcu;
  switch (of) {
    case U_WB_ALETTER:
      return Class::kLetter;
    case U_WB_NUMERIC:
      return Class::kDigit;
    case U_WB_EXTENDNUMLET:
      return Class::kUnderscore;
    case U_WB_KATAKANA:
      return Class::kKatakana;
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
    case U_WB_REGIONAL_INDICATOR:
      return Class::kRegional;
    case U_WB_WSEGSPACE:
      return Class::kSpace;
    case U_WB_CR:
    case U_WB_LF:
    case U_WB_NEWLINE:
      return Class::kBreak;
    case U_WB_OTHER:
    case U_WB_DOUBLE_QUOTE:
      return Class::kOther;
    default:
      return Class::kAskIcu;
  }
}

Class class_of(char32_t c) {
  static std::array<std::atomic<Class>, 0x20000> known;
  if (c >= known.size()) return class_by_unicode(c);
  auto of = known[c].load(std::memory_order_relaxed);
  if (of == Class::kUnknown) {
    of = class_by_unicode(c);
    known[c].store(of, std::memory_order_relaxed);
  }
  return of;
}

struct Letter {
  Class of = Class::kAskIcu;
  std::size_t size = 1;
};

// The code point at `at`, in valid UTF-8.
Letter letter_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const auto rest = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]) & 0x3FU; };
  if (first < 0x80) return {class_of(first), 1};
  if (first < 0xE0) return {class_of((first & 0x1FU) << 6 | rest(1)), 2};
  if (first < 0xF0) return {class_of((first & 0x0FU) << 12 | rest(1) << 6 | rest(2)), 3};
  return {class_of((first & 0x07U) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3)), 4};
}

bool is_mark(Class c) {
  return c == Class::kMark || c == Class::kJoiner;
}

// What may stand first in a chunk, after white space: nothing of it hangs on what came before.
bool begins_anew(Class c) {
  return c != Class::kAskIcu && c != Class::kSpace && !is_mark(c);
}

// Rules WB3d, WB5, WB8 to WB10, WB13 to WB13b.
bool are_one_word(Class before, Class after) {
  const auto is_word = [](Class c) {
    return c == Class::kLetter || c == Class::kDigit || c == Class::kUnderscore;
  };
  const auto is_katakana = [](Class c) { return c == Class::kKatakana || c == Class::kUnderscore; };
  return (is_word(before) && is_word(after)) || (is_katakana(before) && is_katakana(after)) ||
         (before == Class::kSpace && after == Class::kSpace);
}

// Rules WB6, WB7, WB11, WB12.
bool joins(Class between, Class before, Class after) {
  const bool letters = between == Class::kMidBoth || between == Class::kMidLetter;
  const bool digits = between == Class::kMidBoth || between == Class::kMidNum;
  return (letters && before == Class::kLetter && after == Class::kLetter) ||
         (digits && before == Class::kDigit && after == Class::kDigit);
}

// A text and a place in it that goes on by signs, each with the marks that stay with it (rule WB4).
struct Cursor {
  std::string_view text;
  std::size_t at = 0;
  bool is_held = false;  // a joiner stands before it

  bool more() const { return at < text.size(); }
  Letter letter() const { return letter_at(text, at); }
  // Answers what was passed; white space with a mark is a sign like any other.
  Class pass(Letter sign) {
    at += sign.size;
    is_held = sign.of == Class::kJoiner;
    bool is_marked = false;
    for (; more(); is_marked = true) {
      const Letter mark = letter();
      if (!is_mark(mark.of)) break;
      at += mark.size;
      is_held = mark.of == Class::kJoiner;
    }
    return is_marked && sign.of == Class::kSpace ? Class::kOther : sign.of;
  }
};

// The end of the word or sign that starts at `at`, where no code point up to there needs ICU.
std::size_t word_end(std::string_view text, std::size_t at) {
  // A run of plain letters and digits hangs together; the scan goes on from its last.
  for (; at + 1 < text.size() && is_plain(text[at]) && is_plain(text[at + 1]); ++at)
    ;
  Cursor cursor{text, at};
  const Letter first = cursor.letter();
  if (first.of == Class::kBreak) return at + first.size;
  Class last = cursor.pass(first);
  bool is_half_flag = last == Class::kRegional;
  while (cursor.more()) {
    const Letter here = cursor.letter();
    const bool is_flag = is_half_flag && here.of == Class::kRegional;
    const bool is_held = cursor.is_held && here.of == Class::kPictogram;
    if (is_flag || is_held || are_one_word(last, here.of)) {
      is_half_flag = false;
      last = cursor.pass(here);
      continue;
    }
    if (here.of < Class::kMidLetter) break;
    Cursor ahead = cursor;
    (void)ahead.pass(here);
    if (!ahead.more() || !joins(here.of, last, ahead.letter().of)) break;
    last = ahead.pass(ahead.letter());
    cursor = ahead;
  }
  return cursor.at;
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

void cut_by_icu(std::string_view chunk, std::size_t base, std::vector<std::uint32_t>& cuts) {
  UErrorCode status = U_ZERO_ERROR;
  UText text = UTEXT_INITIALIZER;
  utext_openUTF8(&text, chunk.data(), static_cast<std::int64_t>(chunk.size()), &status);
  icu::BreakIterator& words = word_iterator();
  words.setText(&text, status);
  MUNIMENT_CHECK(U_SUCCESS(status), "ICU accepts UTF-8");
  if (base > 0) cuts.push_back(static_cast<std::uint32_t>(base));
  for (std::int32_t at = words.next(); at != icu::BreakIterator::DONE; at = words.next()) {
    const auto offset = static_cast<std::size_t>(at);
    if (offset < chunk.size() && !is_blank(chunk[offset]))
      cuts.push_back(static_cast<std::uint32_t>(base + offset));
  }
  utext_close(&text);
}

// The end of a chunk, from a place within it.
std::size_t chunk_end(std::string_view text, std::size_t at) {
  for (bool blank = false; at < text.size();) {
    const Letter here = letter_at(text, at);
    if (blank && begins_anew(here.of) && !is_blank(text[at])) break;
    blank = is_blank(text[at]);
    at += here.size;
  }
  return at;
}

}  // namespace

// A chunk begins after white space, and nothing in it hangs on what came before.  A plain scan cuts all but
// those with a sign that ICU has to see: these go to ICU as a whole.
std::vector<std::uint32_t> word_cuts(std::string_view text) {
  std::vector<std::uint32_t> cuts;
  cuts.reserve(text.size() / 4 + 1);
  std::size_t chunk = 0;
  std::size_t cuts_before_chunk = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    const Class first = letter_at(text, at).of;
    const char before = at > 0 ? text[at - 1] : '\n';
    if (is_blank(before) && begins_anew(first)) {
      chunk = at;
      cuts_before_chunk = cuts.size();
    }
    if (first == Class::kAskIcu) {
      cuts.resize(cuts_before_chunk);
      at = chunk_end(text, at);
      cut_by_icu(text.substr(chunk, at - chunk), chunk, cuts);
      continue;
    }
    const bool stays =
        (before == ' ' && first == Class::kSpace) || ((before == ' ' || before == '\t') && is_mark(first));
    if (at > 0 && !stays) cuts.push_back(static_cast<std::uint32_t>(at));
    at = word_end(text, at);
  }
  return cuts;
}

}  // namespace muniment::records
