// One escape as it is read, a character at a time: a way to write a character other than by itself.
//
//   %41  %u0041                      in addresses
//   \u0041  \ud83d\ude00  \x41  \/  \n   in JSON and its like
//   &#65;  &#x41;  &quot;            in HTML, the ";" left out or not
//   =41                              in mail (quoted-printable), where a line that ends with "=" goes on:
//                                    "=", the line's end and a character stand for that character
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace muniment::collect {

class Escape {
 public:
  // Whether any begins with this byte.
  static constexpr bool is_begun_by(char c) { return c == '%' || c == '\\' || c == '&' || c == '='; }

  explicit Escape(char begin);  // is_begun_by(begin)

  enum class Is : std::uint8_t {
    kNone,         // no escape goes on so; do not read on
    kOpen,         // not whole yet
    kWhole,        // done
    kWholeOrOpen,  // as kWhole, and it may go on ("&#6" of "&#65;")
  };
  Is read(std::string_view character);  // one, in UTF-8

  // Of a whole one: a byte, or a character in UTF-8.  Control characters stand in no secret, and there is
  // no escape of one but of the ends of lines.
  std::string_view means() const { return {bytes_.data(), count_}; }

 private:
  enum class State : std::uint8_t {
    kPercent,
    kBackslash,
    kReference,
    kNumberBegins,
    kDecimal,
    kHexadecimal,
    kName,
    kByte,  // two digits
    kUnit,  // four, of UTF-16
    kLowBackslash,
    kLowU,
    kEquals,
    kLineEnd,  // behind "=\r"
    kBehindLine,
  };

  Is digits(char c, State state, unsigned count);
  Is byte(char c);
  Is unit(char c);
  Is backslash(char c);
  Is number(char c, unsigned base);
  Is name(char c);
  Is open(State state);
  Is is(std::string_view character);
  Is goes_on(char c);
  Is is_character(char32_t character, Is how);

  State state_;
  std::uint8_t left_ = 0;     // digits that are wanted, or may come
  std::uint8_t matched_ = 0;  // characters of a name
  std::uint8_t first_ = 0;    // of the names that it may be
  std::uint8_t last_ = 0;     // behind them
  std::uint8_t count_ = 0;
  bool is_whole_ = false;  // but for a ";"
  std::array<char, 4> bytes_{};
  std::uint32_t value_ = 0;
  std::uint32_t high_ = 0;  // the first of two units
};

}  // namespace muniment::collect
