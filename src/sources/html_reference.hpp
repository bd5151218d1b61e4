// What stands for a character in HTML: &amp; or &#8217;.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace muniment::sources {

enum class HtmlReferences {
  kCertain,  // only those that every HTML5 parser reads alike, in whatever they stand
  kUsual,    // also HTML's names that are met with
};

// Of a reference at the beginning of `text`, which begins with &, the length; its meaning is added to `out`.
// 0: it begins with none.
std::size_t decode_html_reference(std::string_view text, HtmlReferences which, std::string& out);

// The whole of a value; an & that begins no reference stands for itself.  False, with kCertain only: there
// was such an &.
bool decode_html_references(std::string_view value, HtmlReferences which, std::string& out);

}  // namespace muniment::sources
