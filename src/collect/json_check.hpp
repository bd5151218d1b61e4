// Is this JSON, and if it is not, where does it break?  Bytes are taken as they come, and none are kept.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace muniment::collect {

// One value, or several after one another (an object a line); a ";" may stand behind one, as in JavaScript.
// What else follows whole values is no fault of theirs, and not looked at.  Nor are bytes that are no UTF-8.
class JsonCheck {
 public:
  // `before`: what stands in the file before the first value.
  explicit JsonCheck(std::string_view before = {});
  ~JsonCheck();
  JsonCheck(JsonCheck&&) noexcept;
  JsonCheck& operator=(JsonCheck&&) noexcept;

  void take(std::string_view bytes);
  // More bytes change nothing.
  bool is_decided() const { return is_over_ || !fault_.empty(); }
  // "it is cut short: …", "it is nested more than 256 deep", "it is not well-formed JSON from byte 12 on
  // (line 3)".  Empty: nothing is wrong with what was taken.  `is_whole`: nothing more comes.
  std::string fault(bool is_whole) const;
  // More than one value, or a value and what is none.
  bool has_several() const { return has_several_; }
  // Whether anything in it was JSON: a text was read, or a list or object within the first.
  bool looked_like_json() const;

 private:
  class Reader;

  std::size_t read(std::string_view bytes);
  std::size_t go_on_behind_value(std::string_view bytes);

  std::unique_ptr<Reader> reader_;
  std::uint64_t at_ = 0;
  std::uint64_t line_ = 1;
  std::string fault_;
  bool has_several_ = false;
  bool is_over_ = false;
};

}  // namespace muniment::collect
