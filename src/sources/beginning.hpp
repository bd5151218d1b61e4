// How a file begins: all that telling formats apart may look at, gathered once.  Never the file's name.
#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

#include "muniment/result.hpp"

namespace muniment::sources {

inline constexpr std::size_t kBeginningBytes = 256U << 10;

class Beginning {
 public:
  // `bytes` is the file, or at least its first kBeginningBytes; it must outlive this.
  explicit Beginning(std::string_view bytes);

  bool is_empty() const { return text_.empty(); }
  // Mark-up in UTF-16 or UTF-32, which can be read.
  bool is_wide() const { return wide_; }
  bool is_json() const { return !json_.empty(); }
  // After a byte order mark and white space.
  std::string_view text() const { return text_; }
  // "window.YTD.tweets.part0" of a file that gives JSON to a variable of JavaScript; else empty.
  std::string_view variable() const { return variable_; }

  // Fields of the object at the top or, in a list, of the first object in it, and those within them as
  // "outer.inner" (of a list its first object), four deep.
  bool has(std::initializer_list<std::string_view> names) const;
  bool has_any() const { return !fields_.empty(); }
  std::size_t top_names() const { return top_names_; }
  // What a field says, as spelled, when it is no object or list; else empty.
  std::string_view value(std::string_view name) const;
  // Within the first 4 KiB.
  bool mentions(std::string_view words) const;

 private:
  void find_json();

  std::string_view text_;
  std::string_view json_;
  std::string_view variable_;
  std::map<std::string, std::string_view, std::less<>> fields_;
  std::size_t top_names_ = 0;
  bool wide_ = false;
};

// kInvalid, for `what` ("the file") that is not read because it is in UTF-16: what to do about it.
Error in_utf16(const std::string& what);

}  // namespace muniment::sources
