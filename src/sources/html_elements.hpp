// Elements of a page of HTML that a program wrote (an export): where each begins and ends.  No tree is built,
// so the time is linear in the page, however it is nested.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "muniment/result.hpp"

namespace muniment::sources {

inline constexpr std::size_t kMostElements = 200'000;  // that are given out
inline constexpr std::size_t kMostOpenElements = 100;  // what is nested deeper is passed over

struct HtmlElement {
  std::string_view tag;       // its start tag, "<a href=…>"
  std::size_t begin = 0;      // of the tag
  std::size_t inner = 0;      // behind it
  std::size_t inner_end = 0;  // before the end tag; of an element without one, where what it is in ends
  std::size_t end = 0;
};

// The elements whose start tag is wanted, in the order in which they begin.  Comments, scripts, styles and
// titles are passed over.  kInvalid: there are more than kMostElements.
Result<std::vector<HtmlElement>> html_elements(std::string_view html, bool (*wanted)(std::string_view tag));

// The name that a start tag begins with, as spelled.
std::string_view html_tag_name(std::string_view tag);
// Of a start tag; references are decoded.  Empty: it has no such attribute, or an empty one.
std::string html_attribute(std::string_view tag, std::string_view name);
bool has_html_class(std::string_view tag, std::string_view name);

}  // namespace muniment::sources
