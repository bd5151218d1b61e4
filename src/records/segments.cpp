#include "records/segments.hpp"

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <array>
#include <memory>

#include "base/check.hpp"

namespace muniment::records {
namespace {

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// UAX #29 word classes of ASCII.
enum class Class : std::uint8_t {
  kOther,
  kLetter,
  kDigit,
  kUnderscore,
  kMidLetter,
  kMidNum,
  kMidBoth,
  kQuote
};

constexpr std::array<Class, 128> ascii_classes() {
  std::array<Class, 128> table{};
  for (std::size_t c = 'a'; c <= 'z'; ++c) table[c] = table[c - 32] = Class::kLetter;
  for (std::size_t c = '0'; c <= '9'; ++c) table[c] = Class::kDigit;
  table['_'] = Class::kUnderscore;
  // A colon joins letters in UAX #29 but not in ICU's root rules; '@' joins in some releases of ICU and not
  // in others, and here it does: an address or a handle is withheld as a whole.
  table['@'] = Class::kLetter;
  table['.'] = Class::kMidBoth;
  table['\''] = Class::kQuote;
  table[','] = table[';'] = Class::kMidNum;
  return table;
}
constexpr auto kClasses = ascii_classes();

Class class_of(char c) {
  return kClasses[static_cast<unsigned char>(c) & 0x7F];
}
bool is_word_class(Class c) {
  return c == Class::kLetter || c == Class::kDigit || c == Class::kUnderscore;
}

// The end of the word or mark that starts at `at`, in text that is ASCII only (rules WB5 to WB13b).
std::size_t ascii_word_end(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  if (!is_word_class(class_of(text[at]))) return end;
  while (end < text.size()) {
    const Class here = class_of(text[end]);
    if (is_word_class(here)) {
      ++end;
      continue;
    }
    if (end + 1 >= text.size()) break;
    const Class before = class_of(text[end - 1]);
    const Class after = class_of(text[end + 1]);
    const bool joins_letters =
        (here == Class::kMidBoth || here == Class::kQuote || here == Class::kMidLetter) &&
        before == Class::kLetter && after == Class::kLetter;
    const bool joins_digits = (here == Class::kMidBoth || here == Class::kQuote || here == Class::kMidNum) &&
                              before == Class::kDigit && after == Class::kDigit;
    if (!joins_letters && !joins_digits) break;
    end += 2;
  }
  return end;
}

void cut_ascii(std::string_view chunk, std::size_t base, std::vector<std::uint32_t>& cuts) {
  for (std::size_t at = 0; at < chunk.size();) {
    if (base + at > 0 && !is_blank(chunk[at])) cuts.push_back(static_cast<std::uint32_t>(base + at));
    at = is_blank(chunk[at]) ? at + 1 : ascii_word_end(chunk, at);
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

// White space followed by ASCII always ends a word (only a combining mark could extend it), so the
// text is taken chunk by chunk between such places: ICU sees the chunks that need it, and a plain
// scan the many that do not.
std::vector<std::uint32_t> word_cuts(std::string_view text) {
  std::vector<std::uint32_t> cuts;
  cuts.reserve(text.size() / 5 + 1);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    bool ascii = true;
    while (end < text.size()) {
      ascii = ascii && is_ascii(text[end]);
      const bool blank = is_blank(text[end++]);
      if (blank && (end == text.size() || (is_ascii(text[end]) && !is_blank(text[end])))) break;
    }
    const auto chunk = text.substr(at, end - at);
    ascii ? cut_ascii(chunk, at, cuts) : cut_unicode(chunk, at, cuts);
    at = end;
  }
  return cuts;
}

}  // namespace muniment::records
