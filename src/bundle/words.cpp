#include "bundle/words.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <functional>
#include <string>

#include "base/check.hpp"
#include "base/utf8.hpp"
#include "bundle/plain_letters.hpp"

namespace muniment::bundle {
namespace {

constexpr std::uint64_t kStart = 0xcbf29ce484222325U;
// "la" and "là", "ou" and "où" are different words; of three letters and more, hardly ever.
constexpr std::size_t kShortestPlain = 3;

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash ^= value;
  hash *= 0x9e3779b97f4a7c15U;
  return hash ^ (hash >> 29U);
}

const icu::Normalizer2& folding() {
  static const icu::Normalizer2& instance = [&]() -> const icu::Normalizer2& {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* made = icu::Normalizer2::getNFKCCasefoldInstance(status);
    MUNIMENT_CHECK(U_SUCCESS(status) && made != nullptr, "ICU's normalisation data is installed");
    return *made;
  }();
  return instance;
}

std::uint64_t hash_ascii(std::string_view word) {
  std::uint64_t hash = kStart;
  for (const char c : word)
    hash = mix(hash, static_cast<std::uint64_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
  return hash;
}

std::uint64_t hash_folded(std::string_view word) {
  UErrorCode status = U_ZERO_ERROR;
  const auto folded = folding().normalize(
      icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size()))),
      status);
  MUNIMENT_CHECK(U_SUCCESS(status), "ICU folds UTF-8");
  std::uint64_t hash = kStart;
  for (std::int32_t i = 0; i < folded.length();) {
    const UChar32 c = folded.char32At(i);
    i += U16_LENGTH(c);
    hash = mix(hash, static_cast<std::uint64_t>(c));
  }
  return hash;
}

std::uint64_t hash_plain(std::string_view word, std::uint64_t otherwise) {
  const auto letters = plain_letters(word);
  return letters.size() < kShortestPlain ? otherwise : PlainHash().add(letters);
}

struct Hashes {
  std::uint64_t hash = 0;
  std::uint64_t plain = 0;
};

// Every text is read several times over, and folding is slow: what a word came to is remembered.
Hashes hashes_of(std::string_view word) {
  constexpr std::size_t kPlaces = 4096;
  constexpr std::size_t kLongest = 64;
  struct Place {
    std::string word;
    Hashes hashes;
  };
  const auto make = [&] {
    const auto hash = hash_folded(word);
    return Hashes{hash, hash_plain(word, hash)};
  };
  if (word.size() > kLongest) return make();
  thread_local std::vector<Place> places(kPlaces);
  Place& place = places[std::hash<std::string_view>{}(word) % kPlaces];
  if (place.word != word) place = {std::string(word), make()};
  return place.hashes;
}

enum class Part { kNone, kLetter, kDigit, kAlone, kIgnored };

bool is_unspaced(char32_t c) {
  return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) ||
         (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

Part part_of(char32_t c) {
  if (c < 0x80) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return Part::kLetter;
    return c >= '0' && c <= '9' ? Part::kDigit : Part::kNone;
  }
  if (c == 0xFFFD) return Part::kNone;
  const auto code = static_cast<UChar32>(c);
  if (u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0) return Part::kIgnored;
  const std::uint32_t category = U_GET_GC_MASK(code);
  if ((category & (U_GC_L_MASK | U_GC_M_MASK)) != 0) return is_unspaced(c) ? Part::kAlone : Part::kLetter;
  if ((category & U_GC_N_MASK) != 0) return Part::kDigit;
  return (category & (U_GC_SO_MASK | U_GC_SK_MASK)) != 0 ? Part::kAlone : Part::kNone;
}

// The slash of "</strong>", escaped or not, begins no part of an address.
bool closes_a_tag(std::string_view text, std::size_t slash) {
  auto before = text.substr(0, slash);
  if (before.ends_with('\\')) before.remove_suffix(1);
  constexpr std::string_view kOpen[] = {"<", "&lt;", "003c", "003C", "%3c", "%3C"};
  return std::ranges::any_of(kOpen, [&](std::string_view open) { return before.ends_with(open); });
}

bool stands_in_address(std::string_view text, std::size_t begin, std::size_t end) {
  if (end < text.size() && text[end] == '@') return true;
  if (begin == 0) return false;
  const char mark = text[begin - 1];
  return mark == '@' || mark == '~' || mark == '=' || (mark == '/' && !closes_a_tag(text, begin - 1));
}

// "@_name" is one, too.
bool is_mention(std::string_view text, std::size_t begin) {
  constexpr std::size_t kMostMarks = 8;
  for (std::size_t i = 0; i < kMostMarks && begin > 1 && text[begin - 1] == '_'; ++i) --begin;
  if (begin == 0 || text[begin - 1] != '@') return false;
  if (begin == 1) return true;
  const char before = text[begin - 2];
  const bool of_mail = static_cast<unsigned char>(before) >= 0x80 || (before >= 'a' && before <= 'z') ||
                       (before >= 'A' && before <= 'Z') || (before >= '0' && before <= '9') ||
                       std::string_view("._-+").find(before) != std::string_view::npos;
  return !of_mail;
}

// A word being read, until something that is not part of it comes.
struct Open {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint32_t length = 0;
  bool ascii = true;
  bool digits = true;
  bool letters = true;
};

Word closed(std::string_view text, const Open& open) {
  const auto spelled = text.substr(open.begin, open.end - open.begin);
  Hashes hashes;
  if (open.ascii)
    hashes.hash = hashes.plain = hash_ascii(spelled);
  else
    hashes = hashes_of(spelled);
  Word word{hashes.hash, hashes.plain, open.begin, open.end, open.length, open.digits, open.letters};
  word.address = stands_in_address(text, open.begin, open.end);
  word.mention = is_mention(text, open.begin);
  return word;
}

}  // namespace

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  words.reserve(text.size() / 6);
  Open open;
  const auto close = [&] {
    if (open.length > 0) words.push_back(closed(text, open));
    open = Open{};
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const bool ascii = static_cast<unsigned char>(text[at]) < 0x80;
    const char32_t c = ascii ? static_cast<char32_t>(text[at++]) : base::next_code_point(text, at);
    const Part part = part_of(c);
    if (part == Part::kIgnored) continue;
    if (part == Part::kNone || part == Part::kAlone) close();
    if (part == Part::kNone) continue;
    if (open.length == 0) open.begin = from;
    open.end = at;
    open.ascii = open.ascii && ascii && at - open.begin == open.length + 1U;
    open.digits = open.digits && part == Part::kDigit;
    open.letters = open.letters && part == Part::kLetter;
    ++open.length;
    if (part != Part::kAlone) continue;
    close();
    words.back().unspaced = is_unspaced(c);
  }
  close();
  return words;
}

std::uint64_t PlainHash::add(char32_t letter) {
  return hash_ = mix(hash_, static_cast<std::uint64_t>(letter));
}

std::uint64_t PlainHash::add(std::u32string_view letters) {
  for (const char32_t letter : letters) add(letter);
  return hash_;
}

std::u32string letters_of(std::string_view text, const Word& word) {
  const auto spelled = text.substr(word.begin, word.end - word.begin);
  if (spelled.size() != word.length) return plain_letters(spelled);
  std::u32string out;
  for (const char c : spelled) out.push_back(static_cast<char32_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
  return out;
}

std::uint64_t SequenceHash::add(std::uint64_t word) {
  rest_ = mix(count_ == 0 ? kStart : rest_, word);
  return ++count_ == 1 ? word : rest_;
}

std::optional<Word> joined_word(std::string_view text) {
  std::string joined;
  for (const Word& word : words_of(text)) joined += text.substr(word.begin, word.end - word.begin);
  const auto words = words_of(joined);
  return words.size() == 1 ? std::optional(words[0]) : std::nullopt;
}

}  // namespace muniment::bundle
