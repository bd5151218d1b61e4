// The kinds of picture that are read: each a recognizer of its first bytes, and a decoder.
#pragma once

#include <cstdint>
#include <string_view>

#include "cage/thumbnail_answer.hpp"
#include "pictures/pixels.hpp"

namespace muniment::pictures {

// kDone: `out` is whole.  kTooLarge, kDamaged: `out` is of no use.
cage::Answer read_jpeg(std::string_view bytes, Pixels& out);
cage::Answer read_png(std::string_view bytes, Pixels& out);
cage::Answer read_gif(std::string_view bytes, Pixels& out);
cage::Answer read_webp(std::string_view bytes, Pixels& out);

// What a picture's head announces: kDone when it may be decoded.
inline cage::Answer judge_size(std::uint64_t width, std::uint64_t height) {
  if (width == 0 || height == 0) return cage::Answer::kDamaged;
  return width > cage::kMostPicturePixels / height ? cage::Answer::kTooLarge : cage::Answer::kDone;
}

}  // namespace muniment::pictures
