// What a post's HTML shows beside its words: pictures, sound and videos, with what stands for them in words.
#pragma once

#include <string_view>
#include <vector>

#include "records/interaction.hpp"

namespace muniment::sources {

inline constexpr std::size_t kMostPictures = 100;

// Adds each once, by its address, in reading order, after those that `media` has.  Addresses that are
// relative are seen from `base`.  Emoji, portraits and pictures of one dot are left out, and what has no
// http(s) address.  HTML of more than kTagsForTree tags (html_text.hpp) is not looked into.
void add_pictures(std::string_view html, std::string_view base, std::vector<records::Media>& media);

}  // namespace muniment::sources
