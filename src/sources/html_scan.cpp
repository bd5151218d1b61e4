#include "sources/html_scan.hpp"

#include <array>
#include <string>

#include "sources/html_reference.hpp"

namespace muniment::sources {
namespace {

// Where a run of plain letters ends.
constexpr std::array<bool, 256> stops() {
  std::array<bool, 256> table{};
  for (const char c : {'<', '&', ' ', '\n', '\t', '\r', '\f', '\0'})
    table[static_cast<unsigned char>(c)] = true;
  return table;
}
constexpr auto kStops = stops();

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

class Scan {
 public:
  Scan(std::string_view html, bool strict, HtmlLines& lines) : html_(html), strict_(strict), lines_(lines) {}

  bool run() {
    if (strict_ && (html_.find('\0') != html_.npos || html_.find('\r') != html_.npos)) return false;
    while (at_ < html_.size()) {
      const char c = html_[at_];
      bool went_on = true;
      if (c == '<')
        went_on = tag();
      else if (c == '&')
        went_on = reference();
      else if (is_html_space(c))
        blank();
      else if (c == '\0')
        went_on = !strict_ && ++at_ != 0;
      else
        word();
      if (!went_on) return false;
    }
    return true;
  }

 private:
  std::string_view rest() const { return html_.substr(at_); }
  HtmlReferences references() const { return strict_ ? HtmlReferences::kCertain : HtmlReferences::kUsual; }

  bool stops_at(std::size_t at) const {
    return at >= html_.size() || kStops[static_cast<unsigned char>(html_[at])];
  }

  // Single blanks between words go with them: most text is one run from tag to tag.
  void word() {
    const auto from = at_;
    do {
      while (!stops_at(at_)) ++at_;
    } while (at_ < html_.size() && html_[at_] == ' ' && !stops_at(at_ + 1) && ++at_ != 0);
    lines_.word(html_.substr(from, at_ - from));
  }

  void blank() {
    if (!preformatted_)
      lines_.space();
    else if (html_[at_] == '\n')
      lines_.line_break();
    else if (html_[at_] != '\r')
      lines_.word(html_.substr(at_, 1));
    ++at_;
  }

  bool reference() {
    std::string meaning;
    const auto length = decode_html_reference(rest(), references(), meaning);
    if (length == 0 && strict_) return false;
    if (meaning == " ")
      lines_.space();
    else
      lines_.word(length == 0 ? html_.substr(at_, 1) : std::string_view(meaning));
    at_ += length == 0 ? 1 : length;
    return true;
  }

  bool tag() {
    const auto next = at_ + 1 < html_.size() ? html_[at_ + 1] : '\0';
    const bool closing = next == '/';
    const auto name_at = at_ + (closing ? 2 : 1);
    if (name_at >= html_.size() || !is_letter(html_[name_at])) {
      if (strict_) return false;
      not_a_tag(next);
      return true;
    }
    auto end = name_at;
    while (end < html_.size() && html_[end] != '>' && html_[end] != '/' && !is_html_space(html_[end])) ++end;
    if (strict_) return strict_tag(html_.substr(name_at, end - name_at), closing, end);
    lenient_tag(html_.substr(name_at, end - name_at), closing, end);
    return true;
  }

  // --- strict: <p>, <br>, <a>, <span>, attributes as name="value" -------------------------------

  bool strict_tag(std::string_view name, bool closing, std::size_t end) {
    const bool is_link = name == "a";
    if (!is_link && name != "p" && name != "span" && (name != "br" || closing)) return false;
    at_ = end;
    if (closing) {
      if (at_ >= html_.size() || html_[at_] != '>') return false;
      ++at_;
    } else if (!strict_attributes(is_link)) {
      return false;
    }
    if (name == "p") lines_.block(2);
    if (name == "br") lines_.line_break();
    return true;
  }

  bool strict_attributes(bool is_link) {
    bool linked = false;
    for (;;) {
      while (at_ < html_.size() && html_[at_] == ' ') ++at_;
      if (at_ >= html_.size()) return false;
      if (html_[at_] == '/' && at_ + 1 < html_.size() && html_[at_ + 1] == '>') ++at_;
      if (html_[at_] == '>') return ++at_, true;
      const auto from = at_;
      while (at_ < html_.size() && ((html_[at_] >= 'a' && html_[at_] <= 'z') || html_[at_] == '-')) ++at_;
      const auto name = html_.substr(from, at_ - from);
      if (name.empty() || !rest().starts_with("=\"")) return false;
      at_ += 2;
      const auto close = html_.find('"', at_);
      if (close == std::string_view::npos) return false;
      const auto value = html_.substr(at_, close - at_);
      at_ = close + 1;
      if (!is_link || name != "href") continue;
      if (linked) return false;
      linked = true;
      if (!strict_link(value)) return false;
    }
  }

  bool strict_link(std::string_view value) {
    if (value.find('&') == std::string_view::npos) return lines_.link(value), true;
    std::string target;
    if (!decode_html_references(value, references(), target)) return false;
    lines_.link(target);
    return true;
  }

  // --- lenient ------------------------------------------------------------------------------------

  void skip_past(std::string_view mark) {
    const auto found = html_.find(mark, at_);
    at_ = found == std::string_view::npos ? html_.size() : found + mark.size();
  }

  void not_a_tag(char next) {
    if (rest().starts_with("<!--"))
      skip_past("-->");
    else if (next == '!' || next == '?' || next == '/')
      skip_past(">");
    else
      lines_.word(html_.substr(at_++, 1));
  }

  void lenient_tag(std::string_view spelled, bool closing, std::size_t end) {
    std::string name;
    for (const char c : spelled.substr(0, 16)) name.push_back(lower(c));
    at_ = end;
    lenient_attributes(closing ? "" : name);
    if (!closing && is_unread(name)) return skip_element(name);
    if (name == "br") return lines_.line_break();
    if (name == "td" || name == "th") return lines_.space();
    if (name == "pre") preformatted_ = !closing;
    if (const auto breaks = breaks_around(name); breaks != 0) lines_.block(breaks);
  }

  void lenient_attributes(std::string_view element) {
    while (at_ < html_.size()) {
      while (at_ < html_.size() && (is_html_space(html_[at_]) || html_[at_] == '/')) ++at_;
      if (at_ >= html_.size()) return;
      if (html_[at_] == '>') return static_cast<void>(++at_);
      const auto from = at_++;
      while (at_ < html_.size() && !is_html_space(html_[at_]) && html_[at_] != '=' && html_[at_] != '>' &&
             html_[at_] != '/')
        ++at_;
      const auto name = html_.substr(from, at_ - from);
      while (at_ < html_.size() && is_html_space(html_[at_])) ++at_;
      if (at_ < html_.size() && html_[at_] == '=') attribute(element, name, value());
    }
  }

  std::string_view value() {
    ++at_;
    while (at_ < html_.size() && is_html_space(html_[at_])) ++at_;
    if (at_ >= html_.size()) return {};
    const char quote = html_[at_];
    const auto from = at_;
    if (quote == '"' || quote == '\'') {
      const auto close = html_.find(quote, from + 1);
      at_ = close == std::string_view::npos ? html_.size() : close + 1;
      return close == std::string_view::npos ? std::string_view{} : html_.substr(from + 1, close - from - 1);
    }
    while (at_ < html_.size() && !is_html_space(html_[at_]) && html_[at_] != '>') ++at_;
    return html_.substr(from, at_ - from);
  }

  void attribute(std::string_view element, std::string_view name, std::string_view value) {
    if (!(element == "a" && name == "href") && !(element == "img" && name == "alt")) return;
    std::string meaning;
    decode_html_references(value, references(), meaning);
    if (element == "a")
      lines_.link(meaning);
    else
      lines_.text(meaning);
  }

  void skip_element(std::string_view name) {
    while (at_ < html_.size()) {
      skip_past("</");
      std::size_t i = 0;
      while (i < name.size() && at_ + i < html_.size() && lower(html_[at_ + i]) == name[i]) ++i;
      if (i == name.size()) return skip_past(">");
    }
  }

  std::string_view html_;
  std::size_t at_ = 0;
  bool strict_;
  bool preformatted_ = false;
  HtmlLines& lines_;
};

}  // namespace

bool scan_html(std::string_view html, HtmlScan mode, HtmlLines& lines) {
  return Scan(html, mode == HtmlScan::kStrict, lines).run();
}

}  // namespace muniment::sources
