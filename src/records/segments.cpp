#include "records/segments.hpp"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
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
  kAskIcu,  // marks, joiners, pictograms, scripts that put no spaces between words
  kOther,
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
  switch (u_getIntPropertyValue(point, UCHAR_WORD_BREAK)) {
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
    case U_WB_OTHER:
      return u_hasBinaryProperty(point, UCHAR_EXTENDED_PICTOGRAPHIC) ? Class::kAskIcu : Class::kOther;
    default:
      return c < 0x80 ? Class::kOther : Class::kAskIcu;
  }
}

// The alphabets of Europe and the Near East, and the quotation marks and dashes of print.
struct Classes {
  static constexpr char32_t kAlphabets = 0x800, kPrint = 0x2000, kPrintEnd = 0x20C0;
  std::array<Class, kAlphabets> alphabets{};
  std::array<Class, kPrintEnd - kPrint> print{};
  Classes() {
    for (char32_t c = 0; c < kAlphabets; ++c) alphabets[c] = class_by_unicode(c);
    for (char32_t c = kPrint; c < kPrintEnd; ++c) print[c - kPrint] = class_by_unicode(c);
  }
};

struct Letter {
  Class of = Class::kAskIcu;
  std::size_t size = 1;
};

// The code point at `at`, in valid UTF-8.
Letter letter_at(const Classes& classes, std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  if (byte(0) < 0x80) return {classes.alphabets[byte(0)], 1};
  if (byte(0) < 0xE0) return {classes.alphabets[(byte(0) & 0x1FU) << 6 | (byte(1) & 0x3FU)], 2};
  if (byte(0) == 0xE2 && byte(1) < 0x83)
    return {classes.print[(byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU)], 3};
  return {Class::kAskIcu, byte(0) < 0xF0 ? 3U : 4U};
}

bool is_word_class(Class c) {
  return c == Class::kLetter || c == Class::kDigit || c == Class::kUnderscore;
}

bool joins(Class between, Class before, Class after) {
  const bool letters = between == Class::kMidBoth || between == Class::kMidLetter;
  const bool digits = between == Class::kMidBoth || between == Class::kMidNum;
  return (letters && before == Class::kLetter && after == Class::kLetter) ||
         (digits && before == Class::kDigit && after == Class::kDigit);
}

// The end of the word or mark that starts at `at`, where no code point needs ICU (rules WB5 to WB13b).
std::size_t plain_word_end(const Classes& classes, std::string_view text, std::size_t at) {
  Letter last = letter_at(classes, text, at);
  std::size_t end = at + last.size;
  if (!is_word_class(last.of)) return end;
  while (end < text.size()) {
    Letter here = letter_at(classes, text, end);
    if (!is_word_class(here.of)) {
      const std::size_t next = end + here.size;
      if (here.of < Class::kMidLetter || next >= text.size()) break;
      const Letter after = letter_at(classes, text, next);
      if (!joins(here.of, last.of, after.of)) break;
      end = next;
      here = after;
    }
    end += here.size;
    last = here;
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

// White space followed by a plain letter or mark always ends a word (only a combining mark could extend it),
// so the text is taken chunk by chunk between such places: ICU sees the chunks that need it, and a plain scan
// the many that do not.
std::vector<std::uint32_t> word_cuts(std::string_view text) {
  static const Classes classes;
  std::vector<std::uint32_t> cuts;
  cuts.reserve(text.size() / 5 + 1);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    bool plain = true;
    bool blank = false;
    while (end < text.size()) {
      const Letter here = letter_at(classes, text, end);
      if (blank && here.of != Class::kAskIcu && !is_blank(text[end])) break;
      plain = plain && here.of != Class::kAskIcu;
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
