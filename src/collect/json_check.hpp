// Is this JSON, and if it is not, where does it break?  Bytes are taken as they come, and none are kept.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>

#include "sources/json_page.hpp"

namespace muniment::collect {

// One value, or several after one another (an object a line); a ";" may stand behind one, as in JavaScript.
// What else follows whole values is no fault of theirs, and not looked at.
class JsonCheck {
 public:
  // `before`: what stands in the file before the first value.
  explicit JsonCheck(std::string_view before = {});

  void take(std::string_view bytes);
  // More bytes change nothing.
  bool is_decided() const { return is_over_ || !fault_.empty(); }
  // "it is cut short: …", "it is nested more than 256 deep", "it is not well-formed JSON from byte 12 on
  // (line 3)".  Empty: nothing is wrong with what was taken.  `is_whole`: nothing more comes.
  std::string fault(bool is_whole) const;
  // More than one value, or a value and what is none.
  bool has_several() const { return has_several_; }
  // Whether anything in it was JSON: a text was read, or a list or object within the first.
  bool looked_like_json() const { return has_text_ || deepest_ > 1; }

 private:
  enum class Wants : std::uint8_t { kValue, kFirstValue, kKey, kFirstKey, kColon, kCommaOrEnd, kAnother };
  enum class In : std::uint8_t { kNothing, kText, kEscape, kHex, kLiteral, kNumber };

  void structural(char c);
  void open(char c);
  void close(char c);
  void begin_value(char c);
  void value_ends();
  bool number_goes_on(char c);
  void text(char c);
  void breaks();

  std::uint64_t at_ = 0;
  std::uint64_t line_ = 1;
  std::string fault_;
  std::bitset<sources::kMostJsonDepth + 1> is_object_;
  std::size_t depth_ = 0;
  std::size_t deepest_ = 0;
  Wants wants_ = Wants::kValue;
  In in_ = In::kNothing;
  bool is_key_ = false;
  bool has_text_ = false;
  bool has_several_ = false;
  bool is_over_ = false;
  unsigned hex_left_ = 0;
  std::string_view literal_;  // what is left of true, false, null
  char number_ = 0;           // the part of a number that was read last: - 0 1 . 2 e + 3
};

}  // namespace muniment::collect
