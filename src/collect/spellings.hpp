// How a server may write a character of what it repeats, other than by the character itself: %41, \u0041,
// &#65; and their like, each also under a second and third layer of the same (%2541, \\u0041, &amp;#65;).
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace muniment::collect {

inline constexpr std::size_t kLongestSpelling = 48;

// So many bytes of a text stand for these: one, or a character's in UTF-8.
struct Spelling {
  std::size_t length;
  std::size_t count;
  std::array<char, 4> bytes;
  std::string_view means() const { return {bytes.data(), count}; }
};

// Whether any spelling begins with this byte.
constexpr bool begins_spelling(char c) {
  return c == '%' || c == '\\' || c == '&' || c == '+';
}

// All readings of what stands at one place, none of which is the right one for sure: "+" may be a blank, and
// "&#65" be followed by a digit of its own.  Cutting the text off behind a reading takes nothing from it.
class Spellings {
 public:
  Spellings(std::string_view text, std::size_t at);

  const Spelling* begin() const { return all_.data(); }
  const Spelling* end() const { return all_.data() + count_; }

 private:
  void percent();
  void backslashes();
  void reference();
  void numeric(std::size_t at, unsigned base);
  void named(std::size_t at);
  void add_byte(std::size_t length, unsigned value);
  void add_character(std::size_t length, char32_t character);
  // So many hexadecimal digits; false when there are fewer.
  bool hex(std::size_t at, std::size_t digits, unsigned& value) const;
  bool is(std::size_t at, char c) const { return at < text_.size() && text_[at] == c; }
  std::size_t backslashes_at(std::size_t at) const;

  std::string_view text_;         // from the place on
  std::array<Spelling, 64> all_;  // those behind count_ were never written
  std::size_t count_ = 0;
};

}  // namespace muniment::collect
