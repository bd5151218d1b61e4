#include "index/spelling.hpp"

#include <cstdint>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/check.hpp"

namespace muniment::index {
namespace {

// Below: looked up once.  Between this and the next: Han, Hangul and Yi, of which none has another.
constexpr char32_t kTabled = 0x3400;
constexpr char32_t kAfterHan = 0xA490, kHangul = 0xAC00, kAfterHangul = 0xD7A4;
constexpr char32_t kTatweel = 0x640;
constexpr char32_t kVoiced = 0x3099, kHalfVoiced = 0x309A;  // か and が are two letters
// Letters up to here whose case the engine knows.
constexpr char32_t kCaseIsKnown = 0x600;

using Normalizer = const icu::Normalizer2* (*)(UErrorCode&);

const icu::Normalizer2& made(Normalizer make) {
  UErrorCode code = U_ZERO_ERROR;
  const auto* made = make(code);
  MUNIMENT_CHECK(U_SUCCESS(code) && made != nullptr, "ICU has its normalizers");
  return *made;
}

const icu::Normalizer2& nfc() {
  static const auto& one = made(icu::Normalizer2::getNFCInstance);
  return one;
}
const icu::Normalizer2& nfkd() {
  static const auto& one = made(icu::Normalizer2::getNFKDInstance);
  return one;
}
const icu::Normalizer2& nfkc_casefold() {
  static const auto& one = made(icu::Normalizer2::getNFKCCasefoldInstance);
  return one;
}

UChar32 signed_of(char32_t c) {
  return static_cast<UChar32>(c);
}

UScriptCode script_of(char32_t c) {
  UErrorCode code = U_ZERO_ERROR;
  return uscript_getScript(signed_of(c), &code);
}

// Accents and points of the scripts that can be read without; in others a sign is a vowel.
bool is_left_out(char32_t c) {
  if (c == kTatweel || u_hasBinaryProperty(signed_of(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return true;
  if (u_charType(signed_of(c)) != U_NON_SPACING_MARK || c == kVoiced || c == kHalfVoiced) return false;
  switch (script_of(c)) {
    case USCRIPT_INHERITED:
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
      return true;
    default:
      return false;
  }
}

bool may_join(char32_t c) {
  return u_getIntPropertyValue(signed_of(c), UCHAR_NFC_QUICK_CHECK) == UNORM_MAYBE;
}

char32_t without_accent(char32_t c) {
  switch (c) {
    case U'Ё':
    case U'ё':
    case U'Ѐ':
    case U'ѐ':
      return U'е';
    case U'Ѝ':
    case U'ѝ':
      return U'и';
    case U'ı':
      return U'i';
    default:
      return c;
  }
}

// Strokes and ligatures that Unicode does not take apart.
std::u32string_view without_stroke(char32_t c) {
  struct Plain {
    std::u32string_view letters, read;
  };
  static constexpr Plain kPlain[] = {
      {U"Łł", U"l"},  {U"ØøǾǿ", U"o"},    {U"ĐđÐð", U"d"}, {U"Ħħ", U"h"},  {U"Ŧŧ", U"t"},
      {U"Þþ", U"th"}, {U"ÆæǼǽǢǣ", U"ae"}, {U"Œœ", U"oe"},  {U"ßẞ", U"ss"},
  };
  for (const auto& [letters, read] : kPlain)
    if (letters.find(c) != std::u32string_view::npos) return read;
  return {};
}

std::u32string read(char32_t c) {
  if (is_left_out(c)) return {};
  if (const auto plain = without_stroke(c); !plain.empty()) return std::u32string(plain);
  constexpr auto kRead = U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK;
  if ((U_GET_GC_MASK(signed_of(c)) & kRead) == 0) return {c};
  if (const auto bare = without_accent(c); bare != c) return {bare};
  UErrorCode code = U_ZERO_ERROR;
  const auto& normalizer = script_of(c) == USCRIPT_GREEK ? nfkd() : nfkc_casefold();
  const auto form = normalizer.normalize(icu::UnicodeString(signed_of(c)), code);
  if (U_FAILURE(code)) return {c};
  std::u32string out;
  for (std::int32_t i = 0; i < form.length(); i = form.moveIndex32(i, 1))
    if (const auto one = static_cast<char32_t>(form.char32At(i)); !is_left_out(one)) out.push_back(one);
  return out;
}

bool is_only_case(char32_t c, const std::u32string& form) {
  return c < kCaseIsKnown && form.size() == 1 &&
         form[0] == static_cast<char32_t>(u_foldCase(signed_of(c), U_FOLD_CASE_DEFAULT));
}

bool look_up(char32_t c) {
  if (is_left_out(c) || may_join(c) || !without_stroke(c).empty()) return true;
  const bool changes = u_hasBinaryProperty(signed_of(c), UCHAR_CHANGES_WHEN_NFKC_CASEFOLDED) ||
                       without_accent(c) != c || script_of(c) == USCRIPT_GREEK;
  if (!changes) return false;
  const auto form = read(c);
  return form != std::u32string{c} && !is_only_case(c, form);
}

template <std::size_t size>
std::bitset<size> looked_up() {
  std::bitset<size> out;
  for (char32_t c = 0x80; c < size; ++c) out[c] = look_up(c);
  return out;
}

}  // namespace

const std::bitset<0x800>& other_spellings() {
  static const auto table = looked_up<0x800>();
  return table;
}

bool has_other_spelling(char32_t c) {
  static const auto table = looked_up<kTabled>();
  if (c < kTabled) return table[c];
  if (c < kAfterHan || (c >= kHangul && c < kAfterHangul)) return false;
  return look_up(c);
}

std::u32string plain_spelling(char32_t c) {
  return read(c);
}

std::u32string joined_spelling(char32_t letter, char32_t sign) {
  if (!may_join(sign)) return {};
  const auto joined = nfc().composePair(signed_of(letter), signed_of(sign));
  if (joined < 0) return {};
  const auto whole = static_cast<char32_t>(joined);
  return has_other_spelling(whole) ? read(whole) : std::u32string{whole};
}

}  // namespace muniment::index
