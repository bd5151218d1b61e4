#include "cli/page_lines.hpp"

#include <ostream>

#include "app/zone.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"

namespace muniment::cli {

void PageLines::line(const char* label, const std::string& text, const std::string& note) {
  if (text.empty()) return;
  std::string padded = label;
  padded.resize(12, ' ');
  out_ << "  " << padded << base::for_terminal(text);
  if (!note.empty()) out_ << "  — " << base::for_terminal(note);
  out_ << '\n';
}

void PageLines::text(std::string_view text) {
  std::string out = "      ";
  for (const char c : base::for_terminal(text, true)) {
    out.push_back(c);
    if (c == '\n') out += "      ";
  }
  out_ << out << '\n';
}

std::string PageLines::time(const std::string& text) const {
  const auto parsed = base::parse_rfc3339(text);
  return parsed ? text + "  (" + app::local_text(zone_, *parsed) + ")" : text;
}

}  // namespace muniment::cli
