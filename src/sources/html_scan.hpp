// Reads HTML from left to right without building a tree.
#pragma once

#include <string_view>

#include "sources/html_lines.hpp"

namespace muniment::sources {

enum class HtmlScan {
  kStrict,   // gives up (false) at anything that an HTML5 parser might see otherwise
  kLenient,  // takes everything as it comes; never false; linear in the length of the text
};

// `html` is UTF-8.  After false `lines` holds a part of the text and must be thrown away.
bool scan_html(std::string_view html, HtmlScan mode, HtmlLines& lines);

}  // namespace muniment::sources
