#include "sources/feed_wording.hpp"

#include <algorithm>
#include <pugixml.hpp>

#include "base/bytes.hpp"
#include "base/utf8.hpp"
#include "sources/feed_address.hpp"
#include "sources/feed_markup.hpp"
#include "sources/feed_names.hpp"
#include "sources/html_pictures.hpp"
#include "sources/html_text.hpp"

namespace muniment::sources {
namespace {

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
  return text;
}

Wording html_wording(std::string_view html, const std::string& base) {
  Wording out;
  out.text = trimmed(text_of_html(html, &out.links));
  for (auto& link : out.links) link = resolve_address(base, link);
  add_pictures(html, base, out.pictures);
  return out;
}

bool is_html_type(const std::string& type) {
  return type == "html" || type == "xhtml" || type == "text/html" || type == "application/xhtml+xml";
}

bool is_text_type(const std::string& type) {
  return type.empty() || type == "text" || type.starts_with("text/") || type.ends_with("/xml") ||
         type.ends_with("+xml") || type == "html" || type == "xhtml";
}

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (static_cast<unsigned char>(c) > ' ') out.push_back(c);
  return out;
}

bool holds_reference(std::string_view text) {
  for (auto at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    const auto end =
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#", at + 1);
    if (end != std::string_view::npos && end > at + 1 && text[end] == ';') return true;
  }
  return false;
}

bool holds_html_tag(std::string_view text) {
  constexpr std::string_view kTags[] = {
      "a",   "abbr",  "b",   "big", "blockquote", "br",     "cite",  "code",   "del",    "div",
      "em",  "font",  "h1",  "h2",  "h3",         "i",      "img",   "ins",    "kbd",    "li",
      "ol",  "p",     "pre", "q",   "s",          "small",  "span",  "strike", "strong", "sub",
      "sup", "table", "tt",  "u",   "ul",         "script", "style", "iframe"};
  const auto last = text.rfind('>');
  if (last == std::string_view::npos) return false;
  for (auto at = text.find('<'); at < last; at = text.find('<', at + 1)) {
    auto rest = text.substr(at + 1, 16);
    if (rest.starts_with('/')) rest.remove_prefix(1);
    const auto end = rest.find_first_of(" \t\r\n/>");
    if (end == std::string_view::npos) continue;
    const auto name = lower(std::string(rest.substr(0, end)));
    if (std::find(std::begin(kTags), std::end(kTags), name) != std::end(kTags)) return true;
  }
  return false;
}

bool looks_like_address(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at != 0 && at + 1 < text.size() &&
         text.find_first_of(" \t\r\n<>()") == std::string_view::npos &&
         text.find('@', at + 1) == std::string_view::npos;
}

}  // namespace

Wording atom_wording(const pugi::xml_node& element, const std::string& base) {
  if (has_elements(element)) return html_wording(html_inside(element), base);
  std::string type = lower(trimmed(attribute_of(element, "type")));
  type = type.substr(0, type.find(';'));
  const std::string mode = lower(attribute_of(element, "mode"));
  std::string value = text_below(element);
  if (mode == "base64" || !is_text_type(type)) {
    auto bytes = base::from_base64(without_blanks(value));
    const bool readable =
        bytes && base::is_utf8(*bytes) &&
        std::none_of(bytes->begin(), bytes->end(), [](char c) { return c == '\0' || c == '\x7F'; });
    // A value that is not base64 at all was labelled wrongly; its words still count.
    if (bytes && !readable) return {};
    if (readable) value = trimmed(*bytes);
    if (holds_html_tag(value)) return html_wording(value, base);
  }
  if (is_html_type(type)) return html_wording(value, base);
  return {std::move(value), {}};
}

Wording rss_wording(const pugi::xml_node& element, const std::string& base) {
  return html_wording(has_elements(element) ? html_inside(element) : text_below(element), base);
}

std::string rss_title(const pugi::xml_node& element) {
  if (has_elements(element)) return one_line(html_wording(html_inside(element), {}).text);
  std::string text = text_below(element);
  if (holds_html_tag(text) || holds_reference(text)) text = html_wording(text, {}).text;
  return one_line(text);
}

std::string one_line(std::string_view text) {
  std::string out;
  bool blank = false;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      blank = !out.empty();
      continue;
    }
    if (blank) out.push_back(' ');
    blank = false;
    out.push_back(c);
  }
  return out;
}

Person person_in(std::string_view text) {
  const std::string whole = one_line(text);
  for (const auto& [open, close] : {std::pair{'(', ')'}, std::pair{'<', '>'}}) {
    const auto from = whole.find(open);
    const auto to = whole.rfind(close);
    if (from == std::string::npos || to == std::string::npos || to < from) continue;
    const std::string inside = trimmed(std::string_view(whole).substr(from + 1, to - from - 1));
    const std::string before = trimmed(std::string_view(whole).substr(0, from));
    if (looks_like_address(inside)) return {before, inside};
    if (looks_like_address(before)) return {inside, before};
  }
  if (looks_like_address(whole)) return {{}, whole};
  return {whole, {}};
}

}  // namespace muniment::sources
