#include "sources/json_peek.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostLooked = 256U << 10;

class Peek {
 public:
  explicit Peek(std::string_view json) : json_(json.substr(0, kMostLooked)) {}

  std::set<std::string, std::less<>> names() {
    blanks();
    if (take('[')) {
      blanks();
      for (std::size_t before = kMostLooked; at_ != before && more() && peek() != '{' && peek() != ']';) {
        before = at_;
        value();
        blanks();
        take(',');
        blanks();
      }
    }
    if (take('{')) fields();
    return std::move(names_);
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

  void fields() {
    while (blanks(), peek() == '"') {
      auto name = text();
      blanks();
      if (!take(':')) return;
      names_.emplace(name);
      blanks();
      value();
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
  void value() {
    std::size_t depth = 0;
    while (more()) {
      const char c = peek();
      if (c == '"') {
        text();
        if (depth == 0) return;
        continue;
      }
      if (depth == 0 && (c == ',' || c == '}' || c == ']')) return;
      ++at_;
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) return;
    }
  }

  std::string_view json_;
  std::size_t at_ = 0;
  std::set<std::string, std::less<>> names_;
};

}  // namespace

std::set<std::string, std::less<>> names_at_the_top(std::string_view json) {
  return Peek(json).names();
}

}  // namespace muniment::sources
