// Whether a word in a text is the name that is withheld, and how much of the text goes with it.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

#include "bundle/needles.hpp"

namespace muniment::foi {

// A word that is also the name of an account or a person may be just a word: "support", "Rose".
bool is_surely_meant(const bundle::Needle& needle, std::string_view field, std::string_view text,
                     const bundle::Match& match);

// The word of an address that these bytes belong to, as far as there is no white space: an address without
// its middle still opens.  Else the bytes themselves.
std::pair<std::size_t, std::size_t> whole_address(std::string_view text, const bundle::Match& match);

}  // namespace muniment::foi
