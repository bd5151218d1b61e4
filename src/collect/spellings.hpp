// How a server may write the characters of what it repeats, other than by themselves: escaped (escape.hpp),
// and its escapes escaped again, by the same rules or by others, whole or in part: %41, %2541, \u002541,
// &amp;#92;u0041.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "collect/escape.hpp"

namespace muniment::collect {

inline constexpr std::size_t kLayers = 3;  // of escapes around a character; of one kind, any number
inline constexpr std::size_t kLongestSpelling = 512;  // what is longer is read as far as fewer layers go

// So many bytes of a text stand for these: one, or a character's in UTF-8.
struct Spelling {
  std::uint16_t length = 0;
  std::uint8_t count = 0;
  std::array<char, 4> bytes{};
  std::string_view means() const { return {bytes.data(), count}; }
  bool operator==(const Spelling&) const = default;
};

// Whether any spelling begins with this byte.
constexpr bool begins_spelling(char c) {
  return Escape::is_begun_by(c) || c == '+';
}

// All readings of what stands at one place, none of which is the right one for sure: "+" may be a blank, and
// "&#65" be followed by a digit of its own.
//
// What was read is remembered for the places nearby, so that places asked for one after another, upwards or
// downwards, are read once, whatever the text.
class Spellings {
 public:
  explicit Spellings(std::string_view text) : text_(text) {}

  // But for the byte itself.  To be used before the next place is asked for.
  std::span<const Spelling> at(std::size_t place);

 private:
  // What may stand at a place under so many layers or fewer.
  struct Readings {
    std::size_t place = std::numeric_limits<std::size_t>::max();
    bool is_final = false;  // more layers add nothing
    std::vector<Spelling> all;
  };
  struct Walk;

  bool goes_on(std::size_t place) const;
  const Readings& read(std::size_t layers, std::size_t place);
  Readings& remembered(std::size_t layers, std::size_t place);
  // Every character that may stand at a place under the walk's layers.
  template <class Visit>
  void each_character(Walk& walk, std::size_t place, Visit visit);
  void go_on(Walk& walk, const Escape& escape, std::size_t place);
  void add_chain(Walk& walk);
  std::size_t behind_backslashes(std::size_t place);

  std::string_view text_;
  std::array<std::vector<Readings>, kLayers> remembered_;
  std::size_t run_begin_ = 0, run_end_ = 0;  // of the backslashes that were looked at last
};

}  // namespace muniment::collect
