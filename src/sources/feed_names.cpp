#include "sources/feed_names.hpp"

#include <algorithm>
#include <cstring>
#include <pugixml.hpp>

#include "sources/feed_address.hpp"
#include "sources/feed_markup.hpp"

namespace muniment::sources {
namespace {

struct Known {
  std::string_view address;
  Vocabulary vocabulary;
};
constexpr Known kKnown[] = {
    {"http://www.w3.org/2005/atom", Vocabulary::kCore},
    {"http://purl.org/atom/ns#", Vocabulary::kCore},
    {"http://purl.org/rss/1.0/", Vocabulary::kCore},
    {"http://my.netscape.com/rdf/simple/0.9/", Vocabulary::kCore},
    {"http://channel.netscape.com/rdf/simple/0.9/", Vocabulary::kCore},
    {"http://backend.userland.com/rss", Vocabulary::kCore},
    {"http://backend.userland.com/rss2", Vocabulary::kCore},
    {"http://blogs.law.harvard.edu/tech/rss", Vocabulary::kCore},
    {"atom:", Vocabulary::kCore},
    {"rss:", Vocabulary::kCore},
    {"http://purl.org/rss/1.0/modules/content/", Vocabulary::kContent},
    {"content:", Vocabulary::kContent},
    {"http://purl.org/dc/elements/1.1/", Vocabulary::kDublinCore},
    {"http://purl.org/dc/elements/1.0/", Vocabulary::kDublinCore},
    {"dc:", Vocabulary::kDublinCore},
    {"http://purl.org/dc/terms/", Vocabulary::kDublinCoreTerms},
    {"dcterms:", Vocabulary::kDublinCoreTerms},
    {"http://purl.org/rss/1.0/modules/slash/", Vocabulary::kSlash},
    {"slash:", Vocabulary::kSlash},
    {"http://purl.org/syndication/thread/1.0", Vocabulary::kThread},
    {"thr:", Vocabulary::kThread},
    {"http://search.yahoo.com/mrss", Vocabulary::kMedia},
    {"http://search.yahoo.com/mrss/", Vocabulary::kMedia},
    {"media:", Vocabulary::kMedia},
    {"http://www.itunes.com/dtds/podcast-1.0.dtd", Vocabulary::kItunes},
    {"http://example.com/dtds/podcast-1.0.dtd", Vocabulary::kItunes},
    {"itunes:", Vocabulary::kItunes},
    {"http://www.w3.org/1999/xhtml", Vocabulary::kXhtml},
    {"xhtml:", Vocabulary::kXhtml},
};

bool is_void(std::string_view element) {
  constexpr std::string_view kVoid[] = {"area",  "base", "br",   "col",    "embed", "hr", "img",
                                        "input", "link", "meta", "source", "track", "wbr"};
  return std::find(std::begin(kVoid), std::end(kVoid), element) != std::end(kVoid);
}

void escape(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out.push_back(c);
  }
}

void write_html(std::string& out, const pugi::xml_node& node) {
  if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) return escape(out, node.value());
  if (node.type() != pugi::node_element) return;
  const std::string name = local_name(node.name());
  out += "<" + name;
  for (const auto& attribute : node.attributes()) {
    if (std::strncmp(attribute.name(), "xmlns", 5) == 0) continue;
    out += " " + local_name(attribute.name()) + "=\"";
    escape(out, attribute.value());
    out += '"';
  }
  out += '>';
  if (is_void(name)) return;
  for (const auto& child : node.children()) write_html(out, child);
  out += "</" + name + ">";
}

// The tree is at most kFeedDepth deep, so going down it by calls is safe.
void gather(std::string& out, const pugi::xml_node& node) {
  for (const auto& child : node.children()) {
    if (child.type() == pugi::node_element)
      gather(out, child);
    else
      out += child.value();
  }
}

}  // namespace

std::string namespace_of(const pugi::xml_node& element) {
  const std::string_view name = element.name();
  const auto colon = name.find(':');
  const std::string prefix(colon == std::string_view::npos ? "" : name.substr(0, colon));
  const std::string declaration = prefix.empty() ? "xmlns" : "xmlns:" + prefix;
  for (auto at = element; at; at = at.parent())
    if (const auto attribute = at.attribute(declaration.c_str())) return trimmed(attribute.value());
  return prefix.empty() ? "" : prefix + ":";
}

Vocabulary vocabulary_of(const pugi::xml_node& element, std::string_view own) {
  std::string space = namespace_of(element);
  if (space.empty() || space == own) return Vocabulary::kCore;
  for (char& c : space)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
  for (const auto& known : kKnown)
    if (known.address == space) return known.vocabulary;
  return Vocabulary::kOther;
}

std::string attribute_of(const pugi::xml_node& element, std::string_view name) {
  for (const auto& attribute : element.attributes())
    if (local_name(attribute.name()) == name && std::strncmp(attribute.name(), "xmlns", 5) != 0)
      return attribute.value();
  return {};
}

std::string inherited(const pugi::xml_node& element, std::string_view name) {
  const std::string full = "xml:" + std::string(name);
  for (auto at = element; at; at = at.parent())
    if (const auto attribute = at.attribute(full.c_str())) return trimmed(attribute.value());
  return {};
}

std::string base_of(const pugi::xml_node& element, std::string_view page) {
  std::vector<std::string> bases;
  for (auto at = element; at; at = at.parent())
    if (const auto attribute = at.attribute("xml:base")) bases.emplace_back(attribute.value());
  std::string out(page);
  for (auto base = bases.rbegin(); base != bases.rend(); ++base)
    out = out.empty() ? trimmed(*base) : resolve_address(out, *base);
  return out;
}

std::string text_below(const pugi::xml_node& element) {
  std::string out;
  gather(out, element);
  return trimmed(out);
}

std::string html_inside(const pugi::xml_node& element) {
  std::string out;
  for (const auto& child : element.children()) write_html(out, child);
  return out;
}

bool has_elements(const pugi::xml_node& element) {
  return !element.find_child([](const pugi::xml_node& child) { return child.type() == pugi::node_element; })
              .empty();
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return std::string(text);
}

}  // namespace muniment::sources
