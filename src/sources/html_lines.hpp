// Lines of readable text, built from pieces of HTML text and the breaks between them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace muniment::sources {

inline bool is_html_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

// How many line feeds stand at least before and after a block, by the element's name in lower case;
// 0 for what is not a block.
std::size_t breaks_around(std::string_view element);
// Elements whose content nobody reads.
bool is_unread(std::string_view element);

class HtmlLines {
 public:
  explicit HtmlLines(std::vector<std::string>* links) : links_(links) {}

  void reserve(std::size_t bytes) { out_.reserve(bytes); }
  // Text without white space; the caller has found its ends.
  void word(std::string_view text) {
    if (text.empty()) return;
    flush();
    out_ += text;
  }
  void space() { space_ = true; }
  // Text as it comes out of a parser; white space collapses.
  void text(std::string_view text);
  // Inside <pre>: every line feed and blank stands.
  void preformatted(std::string_view text);
  void line_break() {
    space_ = false;
    ++breaks_;
  }
  void block(std::size_t breaks) {
    space_ = false;
    breaks_ = std::max(breaks_, breaks);
  }
  void link(std::string_view target);

  std::string take() && { return std::move(out_); }

 private:
  // Breaks before the first word and blanks beside a break are never written.
  void flush() {
    if (breaks_ != 0) {
      if (!out_.empty()) out_.append(breaks_, '\n');
      breaks_ = 0;
      space_ = false;
    } else if (space_) {
      if (!out_.empty()) out_.push_back(' ');
      space_ = false;
    }
  }

  std::string out_;
  std::vector<std::string>* links_;
  std::size_t breaks_ = 0;
  bool space_ = false;
};

}  // namespace muniment::sources
