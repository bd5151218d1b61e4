// A place in mark-up, and the small steps a reader takes from it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace muniment::sources {

inline constexpr std::string_view kMarkupBlanks = " \t\r\n";

inline bool is_markup_blank(char c) {
  return kMarkupBlanks.find(c) != std::string_view::npos;
}
inline bool starts_name(char c) {
  return ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || c == ':' || (c & 0x80) != 0;
}
inline bool is_name_char(char c) {
  return starts_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

class MarkupCursor {
 public:
  explicit MarkupCursor(std::string_view text) : text_(text) {}

  bool is_over() const { return at_ >= text_.size(); }
  // The character here, or some way on; NUL behind the end.
  char peek(std::size_t further = 0) const {
    return at_ + further < text_.size() ? text_[at_ + further] : '\0';
  }
  std::string_view rest() const { return text_.substr(at_); }
  bool at(std::string_view what) const { return rest().starts_with(what); }
  std::size_t place() const { return at_; }
  // "line 12"
  std::string line() const {
    const auto upto = text_.substr(0, at_);
    return "line " + std::to_string(1 + std::count(upto.begin(), upto.end(), '\n'));
  }

  void go_to(std::size_t place) { at_ = std::min(place, text_.size()); }
  void step(std::size_t count = 1) { go_to(at_ + count); }
  void stop() { at_ = text_.size(); }
  void blanks() {
    while (!is_over() && is_markup_blank(text_[at_])) ++at_;
  }
  std::string_view name() {
    const std::size_t from = at_;
    while (!is_over() && is_name_char(text_[at_])) ++at_;
    return text_.substr(from, at_ - from);
  }
  // What stands before the first of these characters, or before the end.
  std::string_view upto_any(std::string_view ends) {
    const std::size_t from = at_;
    at_ = std::min(text_.find_first_of(ends, at_), text_.size());
    return text_.substr(from, at_ - from);
  }
  // Behind `until`, looked for `from` characters on; at the end where there is none (false).
  bool behind(std::string_view until, std::size_t from) {
    const auto end = text_.find(until, at_ + from);
    at_ = end == std::string_view::npos ? text_.size() : end + until.size();
    return end != std::string_view::npos;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace muniment::sources
