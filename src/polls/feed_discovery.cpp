#include "polls/feed_discovery.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "sources/feed_address.hpp"
#include "sources/html_text.hpp"

namespace muniment::polls {
namespace {

using sources::resolve_address;
using sources::text_of_html;

constexpr std::size_t kHeadBytes = 512U << 10;
constexpr std::size_t kTagBytes = 8192;
constexpr std::string_view kBlanks = " \t\r\n\f/";

using Attributes = std::vector<std::pair<std::string, std::string>>;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
  return out;
}

Attributes attributes_in(std::string_view tag) {
  Attributes out;
  for (;;) {
    tag.remove_prefix(std::min(tag.find_first_not_of(kBlanks), tag.size()));
    if (tag.empty()) return out;
    const auto end = std::min(tag.find_first_of(" \t\r\n\f/=", 1), tag.size());
    std::string name = lower(tag.substr(0, end));
    tag.remove_prefix(end);
    std::string value;
    if (tag.starts_with('=')) {
      tag.remove_prefix(1);
      const bool quoted = tag.starts_with('"') || tag.starts_with('\'');
      const auto stop = quoted ? tag.find(tag.front(), 1) : tag.find_first_of(" \t\r\n\f");
      const auto close = std::min(stop, tag.size());
      value = tag.substr(quoted ? 1 : 0, close - (quoted ? 1 : 0));
      tag.remove_prefix(std::min(close + (quoted ? 1U : 0U), tag.size()));
    }
    out.emplace_back(std::move(name), std::move(value));
  }
}

std::string value_of(const Attributes& attributes, std::string_view name) {
  for (const auto& [key, value] : attributes)
    if (key == name) return value;
  return {};
}

}  // namespace

std::string feed_named_by(std::string_view html, const std::string& address) {
  html = html.substr(0, kHeadBytes);
  const std::string small = lower(html);
  std::string base = address;
  for (std::size_t at = small.find('<'); at != std::string::npos; at = small.find('<', at + 1)) {
    const bool link = small.compare(at, 5, "<link") == 0;
    if (!link && small.compare(at, 5, "<base") != 0) continue;
    const auto end = html.substr(at, kTagBytes).find('>');
    if (end == std::string_view::npos) continue;
    const auto attributes = attributes_in(html.substr(at + 5, end - 5));
    const std::string href = text_of_html(value_of(attributes, "href"), nullptr);
    if (href.empty()) continue;
    if (!link) {
      base = resolve_address(address, href);
      continue;
    }
    const std::string rel = " " + lower(value_of(attributes, "rel")) + " ";
    const std::string type = lower(value_of(attributes, "type"));
    const bool feed = type.starts_with("application/rss+xml") || type.starts_with("application/atom+xml");
    if (feed && rel.find(" alternate ") != std::string::npos) return resolve_address(base, href);
  }
  return {};
}

}  // namespace muniment::polls
