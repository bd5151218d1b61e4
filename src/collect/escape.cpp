#include "collect/escape.hpp"

#include <algorithm>
#include <string>

#include "base/utf8.hpp"

namespace muniment::collect {
namespace {

constexpr std::uint8_t kMostDigits = 20;  // of a reference; leading zeros are allowed
constexpr char32_t kLastCharacter = 0x10ffff;

struct Name {
  std::string_view name;
  char means;
};
// HTML's names of characters of ASCII; browsers read some of them without a semicolon, too.
constexpr std::array<Name, 38> kNames = {{{"DiacriticalGrave", '`'},
                                          {"Hat", '^'},
                                          {"UnderBar", '_'},
                                          {"amp", '&'},
                                          {"apos", '\''},
                                          {"ast", '*'},
                                          {"bsol", '\\'},
                                          {"colon", ':'},
                                          {"comma", ','},
                                          {"commat", '@'},
                                          {"dollar", '$'},
                                          {"equals", '='},
                                          {"excl", '!'},
                                          {"grave", '`'},
                                          {"gt", '>'},
                                          {"lbrace", '{'},
                                          {"lbrack", '['},
                                          {"lcub", '{'},
                                          {"lowbar", '_'},
                                          {"lpar", '('},
                                          {"lsqb", '['},
                                          {"lt", '<'},
                                          {"midast", '*'},
                                          {"num", '#'},
                                          {"percnt", '%'},
                                          {"period", '.'},
                                          {"plus", '+'},
                                          {"quest", '?'},
                                          {"quot", '"'},
                                          {"rbrace", '}'},
                                          {"rbrack", ']'},
                                          {"rcub", '}'},
                                          {"rpar", ')'},
                                          {"rsqb", ']'},
                                          {"semi", ';'},
                                          {"sol", '/'},
                                          {"verbar", '|'},
                                          {"vert", '|'}}};
static_assert(std::ranges::is_sorted(kNames, {}, &Name::name));

// Of each first letter the first name, and the one behind the last.
struct Range {
  std::uint8_t first = 0, last = 0;
};
constexpr auto kByLetter = [] {
  std::array<Range, 256> out{};
  for (std::uint8_t i = 0; i < kNames.size(); ++i) {
    auto& of = out[static_cast<unsigned char>(kNames[i].name[0])];
    if (of.last == 0) of.first = i;
    of.last = i + 1;
  }
  return out;
}();

// A digit of the base; the base itself when it is none.
unsigned digit(char c, unsigned base) {
  unsigned value = base;
  if (c >= '0' && c <= '9') value = static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') value = static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') value = static_cast<unsigned>(c - 'A') + 10;
  return std::min(value, base);
}

bool is_high(std::uint32_t value) {
  return value >= 0xd800 && value < 0xdc00;
}

bool is_low(std::uint32_t value) {
  return value >= 0xdc00 && value < 0xe000;
}

bool is_control(std::uint32_t value) {
  return (value < 0x20 && value != '\r' && value != '\n') || value == 0x7f;
}

}  // namespace

Escape::Escape(char begin)
    : state_(begin == '%'    ? State::kPercent
             : begin == '\\' ? State::kBackslash
             : begin == '&'  ? State::kReference
                             : State::kEquals) {}

Escape::Is Escape::read(std::string_view character) {
  if (state_ == State::kBehindLine) return is(character);
  return character.size() == 1 ? goes_on(character[0]) : Is::kNone;
}

Escape::Is Escape::goes_on(char c) {
  switch (state_) {
    case State::kPercent:
      if (c == 'u') {
        left_ = 4;
        return open(State::kUnit);
      }
      return digits(c, State::kByte, 2);
    case State::kBackslash:
      return backslash(c);
    case State::kReference:
      if (c == '#') return open(State::kNumberBegins);
      first_ = kByLetter[static_cast<unsigned char>(c)].first;
      last_ = kByLetter[static_cast<unsigned char>(c)].last;
      return name(c);
    case State::kNumberBegins:
      left_ = kMostDigits;
      if (c == 'x' || c == 'X') return open(State::kHexadecimal);
      state_ = State::kDecimal;
      return number(c, 10);
    case State::kDecimal:
      return number(c, 10);
    case State::kHexadecimal:
      return number(c, 16);
    case State::kName:
      return name(c);
    case State::kByte:
      return byte(c);
    case State::kUnit:
      return unit(c);
    case State::kLowBackslash:
      return c == '\\' ? open(State::kLowU) : Is::kNone;
    case State::kLowU:
      left_ = 4;
      value_ = 0;
      return c == 'u' ? open(State::kUnit) : Is::kNone;
    case State::kEquals:
      if (c == '\r') return open(State::kLineEnd);
      if (c == '\n') return open(State::kBehindLine);
      return digits(c, State::kByte, 2);
    case State::kLineEnd:
      return c == '\n' ? open(State::kBehindLine) : Is::kNone;
    case State::kBehindLine:
      break;
  }
  return Is::kNone;
}

Escape::Is Escape::open(State state) {
  state_ = state;
  return Is::kOpen;
}

Escape::Is Escape::is(std::string_view character) {
  count_ = static_cast<std::uint8_t>(character.copy(bytes_.data(), bytes_.size()));
  return Is::kWhole;
}

Escape::Is Escape::is_character(char32_t character, Is how) {
  std::string written;
  base::append_utf8(written, character);
  is(written);
  return how;
}

Escape::Is Escape::digits(char c, State state, unsigned count) {
  left_ = static_cast<std::uint8_t>(count);
  state_ = state;
  return goes_on(c);
}

Escape::Is Escape::byte(char c) {
  const auto next = digit(c, 16);
  if (next == 16) return Is::kNone;
  value_ = value_ * 16 + next;
  if (--left_ != 0) return Is::kOpen;
  return is_control(value_) ? Is::kNone : is(std::string(1, static_cast<char>(value_)));
}

Escape::Is Escape::unit(char c) {
  const auto next = digit(c, 16);
  if (next == 16) return Is::kNone;
  value_ = value_ * 16 + next;
  if (--left_ != 0) return Is::kOpen;
  if (high_ != 0)
    return is_low(value_) ? is_character(0x10000 + ((high_ - 0xd800) << 10U) + (value_ - 0xdc00), Is::kWhole)
                          : Is::kNone;
  if (is_high(value_)) {
    high_ = value_;
    return open(State::kLowBackslash);
  }
  return is_low(value_) || is_control(value_) ? Is::kNone : is_character(value_, Is::kWhole);
}

Escape::Is Escape::backslash(char c) {
  if (c == '\\' || c == '/' || c == '"' || c == '\'') return is(std::string_view(&c, 1));
  if (c == 'n' || c == 'r') return is(c == 'n' ? "\n" : "\r");
  if (c != 'x' && c != 'u') return Is::kNone;
  left_ = c == 'x' ? 2 : 4;
  return open(c == 'x' ? State::kByte : State::kUnit);
}

Escape::Is Escape::number(char c, unsigned base) {
  if (c == ';') return is_whole_ ? Is::kWhole : Is::kNone;
  const auto next = digit(c, base);
  if (next == base || left_ == 0) return Is::kNone;
  --left_;
  value_ = value_ * base + next;
  if (value_ > kLastCharacter) return Is::kNone;
  is_whole_ = !is_control(value_) && !is_high(value_) && !is_low(value_);
  return is_whole_ ? is_character(value_, Is::kWholeOrOpen) : Is::kOpen;
}

Escape::Is Escape::name(char c) {
  if (c == ';') return is_whole_ ? Is::kWhole : Is::kNone;
  const auto goes_on = [&](std::uint8_t which) {
    return kNames[which].name.size() > matched_ && kNames[which].name[matched_] == c;
  };
  while (first_ < last_ && !goes_on(first_)) ++first_;
  while (first_ < last_ && !goes_on(static_cast<std::uint8_t>(last_ - 1))) --last_;
  if (first_ == last_) return Is::kNone;
  ++matched_;
  state_ = State::kName;
  is_whole_ = kNames[first_].name.size() == matched_;
  if (!is_whole_) return Is::kOpen;
  is(std::string_view(&kNames[first_].means, 1));
  return Is::kWholeOrOpen;
}

}  // namespace muniment::collect
