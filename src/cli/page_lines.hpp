// The lines of a page about one item: a label, what it says, and who says so.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

namespace muniment::cli {

class PageLines {
 public:
  PageLines(std::ostream& out, std::string zone) : out_(out), zone_(std::move(zone)) {}

  std::ostream& out() { return out_; }
  // Nothing where `text` is empty.
  void line(const char* label, const std::string& text, const std::string& note = {});
  // Indents every line, so that a text cannot pass for one of our own labels.
  void text(std::string_view text);
  // A time of RFC 3339 with that of the archive's zone behind it; anything else as it is.
  std::string time(const std::string& text) const;

 private:
  std::ostream& out_;
  std::string zone_;
};

}  // namespace muniment::cli
