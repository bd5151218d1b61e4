#include "sources/html_reference.hpp"

#include <charconv>
#include <cstdint>

#include "base/utf8.hpp"

namespace muniment::sources {
namespace {

struct Entity {
  std::string_view name;
  std::string_view text;
};
// The first five are the certain ones; their spelling with a semicolon has one meaning.
constexpr Entity kEntities[] = {
    {"amp", "&"},         {"lt", "<"},         {"gt", ">"},          {"quot", "\""},
    {"nbsp", "\u00a0"},   {"apos", "'"},       {"hellip", "\u2026"}, {"mdash", "\u2014"},
    {"ndash", "\u2013"},  {"lsquo", "\u2018"}, {"rsquo", "\u2019"},  {"ldquo", "\u201c"},
    {"rdquo", "\u201d"},  {"laquo", "\u00ab"}, {"raquo", "\u00bb"},  {"bull", "\u2022"},
    {"middot", "\u00b7"}, {"copy", "\u00a9"},  {"reg", "\u00ae"},    {"trade", "\u2122"},
    {"euro", "\u20ac"},   {"pound", "\u00a3"}, {"deg", "\u00b0"},    {"times", "\u00d7"},
    {"shy", "\u00ad"},    {"auml", "\u00e4"},  {"ouml", "\u00f6"},   {"uuml", "\u00fc"},
    {"szlig", "\u00df"},  {"eacute", "\u00e9"}};
constexpr std::size_t kCertainEntities = 5;
constexpr std::size_t kLongestEntity = 10;

// The code points that a numeric reference may name without any correction by the parser.
bool is_plain_code_point(std::uint32_t c) {
  return (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c < 0xd800) || (c >= 0xe000 && c < 0xfdd0) ||
         (c >= 0x10000 && c < 0x1fffe);
}

std::size_t decode_name(std::string_view name, HtmlReferences which, std::string& out) {
  std::size_t known = 0;
  for (const auto& entity : kEntities) {
    if (which == HtmlReferences::kCertain && known++ == kCertainEntities) break;
    if (entity.name == name) return out += entity.text, name.size() + 2;
  }
  return 0;
}

}  // namespace

std::size_t decode_html_reference(std::string_view text, HtmlReferences which, std::string& out) {
  const auto end = text.substr(0, kLongestEntity + 2).find(';');
  if (end == std::string_view::npos || end < 2) return 0;
  auto name = text.substr(1, end - 1);
  if (name.front() != '#') return decode_name(name, which, out);
  name.remove_prefix(1);
  const bool hex = !name.empty() && (name.front() == 'x' || name.front() == 'X');
  if (hex) name.remove_prefix(1);
  std::uint32_t point = 0;
  const auto [stop, fault] = std::from_chars(name.data(), name.data() + name.size(), point, hex ? 16 : 10);
  if (fault != std::errc() || stop != name.data() + name.size() || !is_plain_code_point(point)) return 0;
  base::append_utf8(out, point);
  return end + 1;
}

bool decode_html_references(std::string_view value, HtmlReferences which, std::string& out) {
  while (!value.empty()) {
    const auto and_at = value.find('&');
    out += value.substr(0, and_at);
    if (and_at == std::string_view::npos) return true;
    value.remove_prefix(and_at);
    const auto length = decode_html_reference(value, which, out);
    if (length == 0 && which == HtmlReferences::kCertain) return false;
    if (length == 0) out.push_back('&');
    value.remove_prefix(length == 0 ? 1 : length);
  }
  return true;
}

}  // namespace muniment::sources
