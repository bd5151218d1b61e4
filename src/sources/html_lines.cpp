#include "sources/html_lines.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostLinks = 1'000;

constexpr std::string_view kBlocks[] = {
    "address", "article", "aside", "blockquote", "caption",  "center",     "dd",     "details", "dialog",
    "dir",     "div",     "dl",    "dt",         "fieldset", "figcaption", "figure", "footer",  "form",
    "h1",      "h2",      "h3",    "h4",         "h5",       "h6",         "header", "hr",      "legend",
    "li",      "main",    "menu",  "nav",        "ol",       "option",     "pre",    "section", "summary",
    "table",   "tbody",   "tfoot", "thead",      "tr",       "ul"};

constexpr std::string_view kUnread[] = {"iframe",   "noembed", "noframes", "script", "style",
                                        "template", "title",   "svg",      "math"};

}  // namespace

std::size_t breaks_around(std::string_view element) {
  if (element == "p") return 2;
  return std::ranges::binary_search(kBlocks, element) ? 1 : 0;
}

bool is_unread(std::string_view element) {
  return std::ranges::find(kUnread, element) != std::end(kUnread);
}

void HtmlLines::text(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (is_html_space(text[i])) {
      space();
      ++i;
      continue;
    }
    auto end = i + 1;
    while (end < text.size() && !is_html_space(text[end])) ++end;
    word(text.substr(i, end - i));
    i = end;
  }
}

void HtmlLines::preformatted(std::string_view text) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    if (!line.empty()) word(line.back() == '\r' ? line.substr(0, line.size() - 1) : line);
    if (end == std::string_view::npos) return;
    line_break();
    text.remove_prefix(end + 1);
  }
}

void HtmlLines::link(std::string_view target) {
  if (links_ == nullptr || target.empty() || links_->size() >= kMostLinks) return;
  if (std::ranges::find(*links_, target) == links_->end()) links_->emplace_back(target);
}

}  // namespace muniment::sources
