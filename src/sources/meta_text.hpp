// Texts in the exports of Facebook and Instagram: UTF-8 whose bytes are each written as a character of
// Latin-1.
#pragma once

#include <string>
#include <string_view>

namespace muniment::sources {

// The text that was meant.  A text that holds a character beyond Latin-1, or whose bytes are no UTF-8, was
// not written that way and stays as it is; so does plain ASCII.
std::string meta_text(std::string_view text);

}  // namespace muniment::sources
