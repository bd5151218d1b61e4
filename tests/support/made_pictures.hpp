// Pictures made for tests, of four fields: red, green / blue, white.  Also such as no program would make.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "pictures/pixels.hpp"

namespace muniment::support {

pictures::Pixels four_fields(unsigned width, unsigned height);

std::string made_png(const pictures::Pixels& picture);
std::string made_webp(const pictures::Pixels& picture);
// `exif`: what stands in its APP1, if anything; `comment`: likewise.
std::string made_jpeg(const pictures::Pixels& picture, std::string_view exif = {},
                      std::string_view comment = {});
// Frames of four fields, the second and further ones black.
std::string made_gif(unsigned width, unsigned height, int frames = 1);

// EXIF as a camera writes it: how it was held, and where it was.
std::string camera_note(unsigned orientation, std::string_view place);

// A PNG that says it is so large, with next to nothing in it.
std::string png_that_says(std::uint32_t width, std::uint32_t height);

// Red, green, blue and alpha in the middle of the field at `right`, `below` (0 or 1).
std::array<int, 4> field_colour(const pictures::Pixels& picture, unsigned right, unsigned below);

}  // namespace muniment::support
