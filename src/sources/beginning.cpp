#include "sources/beginning.hpp"

#include <algorithm>

namespace muniment::sources {
namespace {

using Fields = std::map<std::string, std::string_view, std::less<>>;

constexpr std::size_t kMostFields = 4'096;
constexpr std::size_t kMostDepth = 4;
constexpr std::size_t kMostVariable = 200;
constexpr std::string_view kBlanks = " \t\r\n\f\v";

// Reads JSON leniently, without checking it; stops at whatever it does not expect.
class Glance {
 public:
  Glance(std::string_view json, Fields& out) : json_(json), out_(out) {}

  std::size_t look() {
    descend("", 1);
    return top_;
  }

 private:
  bool more() const { return at_ < json_.size(); }
  char peek() const { return more() ? json_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void blanks() {
    while (more() && (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n')) ++at_;
  }

  // Into an object, or into the first object of a list.  Where it ends is for the caller to find.
  void descend(const std::string& prefix, std::size_t depth) {
    blanks();
    if (peek() != '[') {
      if (take('{')) fields(prefix, depth);
      return;
    }
    ++at_;
    blanks();
    for (std::size_t before = json_.size(); at_ != before && more() && peek() != '{' && peek() != ']';) {
      before = at_;
      value();
      blanks();
      take(',');
      blanks();
    }
    if (take('{')) fields(prefix, depth);
  }

  void fields(const std::string& prefix, std::size_t depth) {
    while (blanks(), peek() == '"') {
      const auto name = prefix + std::string(text());
      blanks();
      if (!take(':')) return;
      blanks();
      if (depth == 1) ++top_;
      auto& said = out_[name];
      if (out_.size() > kMostFields) return;
      const auto from = at_;
      if (peek() == '"') said = json_.substr(from + 1, value() - from - 2);
      if (at_ == from && depth < kMostDepth && (peek() == '{' || peek() == '[')) {
        descend(name + ".", depth + 1);
        at_ = from;
      }
      if (at_ == from) {
        const bool is_plain = peek() != '{' && peek() != '[';
        value();
        if (is_plain) said = json_.substr(from, std::min(at_, json_.size()) - from);
      }
      blanks();
      if (!take(',')) return;
    }
  }

  // As spelled; escapes stay.
  std::string_view text() {
    const auto from = ++at_;
    while (more() && peek() != '"') at_ += peek() == '\\' ? 2U : 1U;
    const auto found = at_ < json_.size() ? json_.substr(from, at_ - from) : std::string_view();
    ++at_;
    return found;
  }

  // Past one value, of whatever depth.
  std::size_t value() {
    std::size_t depth = 0;
    while (more()) {
      const char c = peek();
      if (c == '"') {
        text();
        if (depth == 0) return at_;
        continue;
      }
      if (depth == 0 && (c == ',' || c == '}' || c == ']')) return at_;
      ++at_;
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) return at_;
    }
    return at_;
  }

  std::string_view json_;
  Fields& out_;
  std::size_t at_ = 0;
  std::size_t top_ = 0;
};

// UTF-16 or UTF-32, with or without a byte order mark, in which a tag begins soon; films and pictures have
// NULs, too.
bool is_wide_markup(std::string_view bytes) {
  const bool begins_so = bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff") ||
                         bytes.starts_with(std::string_view("<\0", 2)) ||
                         bytes.starts_with(std::string_view("\0<", 2)) ||
                         bytes.starts_with(std::string_view("\0\0\0<", 4)) ||
                         bytes.starts_with(std::string_view("\0\0\xfe\xff", 4));
  const auto head = bytes.substr(0, 512);
  const auto first = head.find_first_not_of(std::string_view("\xff\xfe\0 \t\r\n", 7));
  if (first == std::string_view::npos || head[first] != '<') return false;  // JSON, a table
  return begins_so && (head.find(std::string_view("<\0", 2)) != std::string_view::npos ||
                       head.find(std::string_view("\0<", 2)) != std::string_view::npos);
}

bool is_of_variable(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
         c == '$' || c == ' ';
}

}  // namespace

Beginning::Beginning(std::string_view bytes) : text_(bytes.substr(0, kBeginningBytes)) {
  wide_ = is_wide_markup(text_);
  if (text_.starts_with("\xef\xbb\xbf")) text_.remove_prefix(3);
  text_.remove_prefix(std::min(text_.find_first_not_of(kBlanks), text_.size()));
  find_json();
  if (is_json()) top_names_ = Glance(json_, fields_).look();
}

Error in_utf16(const std::string& what) {
  return {Code::kInvalid, what + " is in UTF-16, and only UTF-8 can be read here",
          "Save a copy as UTF-8 (in an editor: \"save as\"), and import that too."};
}

void Beginning::find_json() {
  if (text_.empty()) return;
  if (text_.front() == '{' || text_.front() == '[') {
    json_ = text_;
    return;
  }
  const auto equals = text_.substr(0, kMostVariable).find('=');
  if (equals == std::string_view::npos) return;
  const auto name = text_.substr(0, equals);
  if (!std::ranges::all_of(name, is_of_variable)) return;
  const auto json = text_.find_first_not_of(kBlanks, equals + 1);
  if (json == std::string_view::npos || (text_[json] != '{' && text_[json] != '[')) return;
  variable_ = name.substr(0, name.find_last_not_of(' ') + 1);
  if (variable_.starts_with("var ")) variable_.remove_prefix(4);
  json_ = text_.substr(json);
}

bool Beginning::has(std::initializer_list<std::string_view> names) const {
  return std::ranges::all_of(names, [&](std::string_view name) { return fields_.contains(name); });
}

std::string_view Beginning::value(std::string_view name) const {
  const auto found = fields_.find(name);
  return found == fields_.end() ? std::string_view() : found->second;
}

bool Beginning::mentions(std::string_view words) const {
  return text_.substr(0, 4'096).find(words) != std::string_view::npos;
}

}  // namespace muniment::sources
