#include "collect/spellings.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace muniment::collect {
namespace {

constexpr std::size_t kMostLayers = 4;       // of one escape around another
constexpr std::size_t kMostBackslashes = 8;  // three layers of JSON
constexpr std::size_t kMostDigits = 20;      // of a reference; leading zeros are allowed
constexpr char32_t kLastCharacter = 0x10ffff;

struct Name {
  std::string_view name;
  char means;
};
// HTML's names of characters of ASCII; browsers read the first four without a semicolon, too.
constexpr std::array<Name, 38> kNames = {{{"amp", '&'},      {"lt", '<'},
                                          {"gt", '>'},       {"quot", '"'},
                                          {"apos", '\''},    {"sol", '/'},
                                          {"bsol", '\\'},    {"plus", '+'},
                                          {"equals", '='},   {"colon", ':'},
                                          {"semi", ';'},     {"comma", ','},
                                          {"period", '.'},   {"lowbar", '_'},
                                          {"excl", '!'},     {"num", '#'},
                                          {"dollar", '$'},   {"percnt", '%'},
                                          {"lpar", '('},     {"rpar", ')'},
                                          {"ast", '*'},      {"midast", '*'},
                                          {"quest", '?'},    {"commat", '@'},
                                          {"lsqb", '['},     {"lbrack", '['},
                                          {"rsqb", ']'},     {"rbrack", ']'},
                                          {"Hat", '^'},      {"grave", '`'},
                                          {"lcub", '{'},     {"lbrace", '{'},
                                          {"rcub", '}'},     {"rbrace", '}'},
                                          {"verbar", '|'},   {"vert", '|'},
                                          {"UnderBar", '_'}, {"DiacriticalGrave", '`'}}};

// A digit of the base; the base itself when it is none.
unsigned digit(char c, unsigned base) {
  unsigned value = base;
  if (c >= '0' && c <= '9') value = static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') value = static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') value = static_cast<unsigned>(c - 'A') + 10;
  return std::min(value, base);
}

bool is_high(unsigned value) {
  return value >= 0xd800 && value < 0xdc00;
}

bool is_low(unsigned value) {
  return value >= 0xdc00 && value < 0xe000;
}

}  // namespace

Spellings::Spellings(std::string_view text, std::size_t at) : text_(text.substr(at, kLongestSpelling)) {
  if (is(0, '+')) add_byte(1, ' ');
  if (is(0, '%')) percent();
  if (is(0, '\\')) backslashes();
  if (is(0, '&')) reference();
}

// %41, %2541, and %u0041 of old scripts.
void Spellings::percent() {
  std::size_t at = 1;
  for (std::size_t layer = 0; layer < kMostLayers; ++layer) {
    unsigned value = 0;
    if (is(at, 'u') && hex(at + 1, 4, value)) add_character(at + 5, value);
    if (!hex(at, 2, value)) return;
    add_byte(at + 2, value);
    if (value != '%') return;
    at += 2;
  }
}

// \u0041, \ud83d\ude00, \x41, \/, \" and \\, each also with more backslashes.
void Spellings::backslashes() {
  const auto run = backslashes_at(0);
  for (const auto all : {std::size_t{2}, std::size_t{4}, std::size_t{8}})
    if (all <= run) add_byte(all, '\\');
  if (run > kMostBackslashes) return;
  unsigned value = 0, second = 0;
  if (is(run, 'x') && hex(run + 1, 2, value)) add_byte(run + 3, value);
  if (is(run, 'u') && hex(run + 1, 4, value)) {
    add_character(run + 5, value);
    const auto more = backslashes_at(run + 5);
    const auto low = run + 5 + more;
    if (is_high(value) && more != 0 && more <= kMostBackslashes && is(low, 'u') && hex(low + 1, 4, second) &&
        is_low(second))
      add_character(low + 5, 0x10000 + ((value - 0xd800) << 10) + (second - 0xdc00));
  }
  for (const char c : {'/', '"', '\''})
    if (is(run, c)) add_byte(run + 1, static_cast<unsigned char>(c));
}

// &#65; &#x41; &quot; and, under further layers, &amp;#65;
void Spellings::reference() {
  constexpr std::string_view kLayer = "amp;";
  std::size_t at = 1;
  for (std::size_t layer = 0; layer < kMostLayers; ++layer, at += kLayer.size()) {
    if (is(at, '#')) {
      if (is(at + 1, 'x') || is(at + 1, 'X'))
        numeric(at + 2, 16);
      else
        numeric(at + 1, 10);
    } else {
      named(at);
    }
    if (!text_.substr(std::min(at, text_.size())).starts_with(kLayer)) return;
  }
}

void Spellings::numeric(std::size_t at, unsigned base) {
  char32_t value = 0;
  for (std::size_t i = 0; i < kMostDigits && at < text_.size(); ++i, ++at) {
    const auto next = digit(text_[at], base);
    if (next == base) return;
    value = value * base + next;
    if (value > kLastCharacter) return;
    add_character(at + 1, value);
    if (is(at + 1, ';')) add_character(at + 2, value);
  }
}

void Spellings::named(std::size_t at) {
  const auto rest = text_.substr(std::min(at, text_.size()));
  for (const auto& [name, means] : kNames) {
    if (rest.empty() || rest[0] != name[0] || !rest.starts_with(name)) continue;
    add_byte(at + name.size(), static_cast<unsigned char>(means));
    if (is(at + name.size(), ';')) add_byte(at + name.size() + 1, static_cast<unsigned char>(means));
  }
}

void Spellings::add_byte(std::size_t length, unsigned value) {
  if (count_ == all_.size()) return;
  all_[count_++] = {length, 1, {static_cast<char>(value)}};
}

void Spellings::add_character(std::size_t length, char32_t character) {
  if (count_ == all_.size() || is_high(character) || is_low(character)) return;
  if (character < 0x80) return add_byte(length, character);
  std::string written;
  base::append_utf8(written, character);
  auto& out = all_[count_++];
  out.length = length;
  out.count = written.copy(out.bytes.data(), out.bytes.size());
}

bool Spellings::hex(std::size_t at, std::size_t digits, unsigned& value) const {
  if (at + digits > text_.size()) return false;
  value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const auto next = digit(text_[at + i], 16);
    if (next == 16) return false;
    value = value * 16 + next;
  }
  return true;
}

std::size_t Spellings::backslashes_at(std::size_t at) const {
  std::size_t run = 0;
  while (is(at + run, '\\') && run <= kMostBackslashes) ++run;
  return run;
}

}  // namespace muniment::collect
