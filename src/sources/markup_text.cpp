#include "sources/markup_text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/utf8.hpp"
#include "sources/feed_entities.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kLongestReference = 32;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && !is_markup_blank(c);
}

// XML would read the character itself as mark-up, or as a blank like any other.
bool stays_a_reference(char32_t c) {
  return c == '<' || c == '&' || c == '"' || c == '\r' || c == '\n' || c == '\t';
}

bool is_of_xml(std::string_view name) {
  return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
}

}  // namespace

void MarkupText::copy(std::string_view text) {
  for (;;) {
    const auto end = std::find_if(text.begin(), text.end(), is_control);
    out_.append(text.begin(), end);
    if (end == text.end()) return;
    faults_.note("a control character");
    out_ += kReplacement;
    text.remove_prefix(static_cast<std::size_t>(end - text.begin()) + 1);
  }
}

void MarkupText::with_references(std::string_view text, std::string_view special) {
  while (!text.empty() && !faults_.refused()) {
    const auto next = std::min(text.find_first_of(special), text.size());
    copy(text.substr(0, next));
    text.remove_prefix(next);
    if (text.empty()) return;
    std::size_t length = 1;
    if (text.front() == '&') {
      length = reference(text);
    } else {
      if (text.front() == '<') faults_.note("a < in an attribute");
      out_ += text.front() == '<' ? "&lt;" : "&quot;";
    }
    text.remove_prefix(length);
  }
}

// At an ampersand; answers how many bytes were read.
std::size_t MarkupText::reference(std::string_view text) {
  const auto end = text.substr(0, kLongestReference).find(';');
  const auto name = end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
  if (numbered(name)) return end + 1;
  if (is_of_xml(name)) {
    out_ += text.substr(0, end + 1);
    return end + 1;
  }
  if (const std::string character = html_entity(name); !character.empty()) {
    out_ += character;
    return end + 1;
  }
  if (!own_entities_) faults_.note("an & that begins no known character");
  out_ += "&amp;";
  return 1;
}

// "#8364" or "#x20AC".
bool MarkupText::numbered(std::string_view name) {
  if (name.size() < 2 || name.front() != '#') return false;
  const bool hex = name[1] == 'x' || name[1] == 'X';
  const auto digits = name.substr(hex ? 2 : 1);
  std::uint32_t number = 0;
  const auto [stop, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, hex ? 16 : 10);
  if (digits.empty() || stop != digits.data() + digits.size()) return false;
  const char32_t meant = error == std::errc() ? referred_character(number) : U'\xFFFD';
  if (meant == 0xFFFD && number != 0xFFFD) faults_.note("a reference to a forbidden character");
  if (stays_a_reference(meant))
    out_ += "&#" + std::to_string(static_cast<unsigned>(meant)) + ";";
  else
    base::append_utf8(out_, meant);
  return true;
}

}  // namespace muniment::sources
