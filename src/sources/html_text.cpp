#include "sources/html_text.hpp"

#include <gumbo.h>
#include <simdjson.h>

#include <cstring>
#include <memory>

#include "base/utf8.hpp"
#include "sources/html_lines.hpp"
#include "sources/html_scan.hpp"

namespace muniment::sources {
namespace {

// More than kTagsForTree tags can nest, clones of misnested formatting included.
constexpr int kDeepest = 4'000;

std::size_t count_tags(std::string_view html) {
  std::size_t count = 0;
  for (auto at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) ++count;
  return count;
}

// gumbo writes bytes that are not UTF-8 for a numeric reference beyond Unicode.
void repair(std::string& text) {
  if (!simdjson::validate_utf8(text)) text = base::to_valid_utf8(text);
}

class TreeWalk {
 public:
  explicit TreeWalk(HtmlLines& lines) : lines_(lines) {}

  void node(const GumboNode& node, int depth) {
    switch (node.type) {
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_WHITESPACE:
      case GUMBO_NODE_CDATA:
        if (preformatted_ > 0)
          lines_.preformatted(node.v.text.text);
        else
          lines_.text(node.v.text.text);
        break;
      case GUMBO_NODE_ELEMENT:
        element(node.v.element, depth);
        break;
      default:
        break;
    }
  }

  void children(const GumboVector& nodes, int depth) {
    if (depth > kDeepest) return;
    for (unsigned i = 0; i < nodes.length; ++i)
      node(*static_cast<const GumboNode*>(nodes.data[i]), depth + 1);
  }

 private:
  void element(const GumboElement& element, int depth) {
    const std::string_view name = gumbo_normalized_tagname(element.tag);
    if (element.tag_namespace != GUMBO_NAMESPACE_HTML || is_unread(name)) return;
    if (element.tag == GUMBO_TAG_BR) return lines_.line_break();
    if (element.tag == GUMBO_TAG_TD || element.tag == GUMBO_TAG_TH) lines_.space();
    if (element.tag == GUMBO_TAG_IMG) return alternative(element);
    if (element.tag == GUMBO_TAG_A)
      if (const auto* href = gumbo_get_attribute(&element.attributes, "href")) lines_.link(href->value);
    const auto breaks = breaks_around(name);
    if (breaks != 0) lines_.block(breaks);
    if (element.tag == GUMBO_TAG_PRE) ++preformatted_;
    children(element.children, depth);
    if (element.tag == GUMBO_TAG_PRE) --preformatted_;
    if (breaks != 0) lines_.block(breaks);
  }

  void alternative(const GumboElement& image) {
    if (const auto* alt = gumbo_get_attribute(&image.attributes, "alt")) lines_.text(alt->value);
  }

  HtmlLines& lines_;
  int preformatted_ = 0;
};

std::string by_scanner(std::string_view html, HtmlScan mode, std::vector<std::string>* links, bool& done) {
  HtmlLines lines(links);
  lines.reserve(html.size());
  done = scan_html(html, mode, lines);
  return std::move(lines).take();
}

}  // namespace

std::string text_by_tree(std::string_view html, std::vector<std::string>* links) {
  GumboOptions options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_BODY;
  options.max_errors = 0;
  const auto destroy = [&](GumboOutput* output) { gumbo_destroy_output(&options, output); };
  const std::unique_ptr<GumboOutput, decltype(destroy)> output(
      gumbo_parse_with_options(&options, html.data(), html.size()), destroy);
  HtmlLines lines(links);
  TreeWalk walk(lines);
  walk.children(output->root->v.element.children, 0);
  if (links != nullptr)
    for (auto& link : *links) repair(link);
  auto text = std::move(lines).take();
  repair(text);
  return text;
}

std::string text_of_html(std::string_view html, std::vector<std::string>* links) {
  if (!simdjson::validate_utf8(html)) return text_of_html(base::to_valid_utf8(html), links);
  const auto links_before = links == nullptr ? 0 : links->size();
  bool done = false;
  auto text = by_scanner(html, HtmlScan::kStrict, links, done);
  if (done) return text;
  if (links != nullptr) links->resize(links_before);
  if (count_tags(html) <= kTagsForTree) return text_by_tree(html, links);
  return by_scanner(html, HtmlScan::kLenient, links, done);
}

}  // namespace muniment::sources
