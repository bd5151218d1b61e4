// What was mistyped, and which of the known names may have been meant.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace muniment::base {

// The first of `names` that differs least from what was typed, by at most `most` letters put in, left out,
// exchanged or swapped (Damerau's distance in its restricted form); empty: none is near, or what was typed is
// longer than any slip of the hand.
std::string_view nearest(std::string_view typed, std::span<const std::string_view> names, std::size_t most);

}  // namespace muniment::base
