// Hostile bytes in, a small PNG without metadata out.  Decoding is done by libjpeg, libpng, libwebp and
// giflib; it belongs into a process that holds nothing (cage/shut_in.hpp).
#pragma once

#include <string>
#include <string_view>

#include "cage/thumbnail_answer.hpp"

namespace muniment::pictures {

// At most cage::kThumbnailSide pixels wide and high, never larger than the picture; turned as a JPEG's EXIF
// says; of a picture that moves, its first frame.  `png` holds the chunks IHDR, sRGB, IDAT and IEND, and is
// empty unless the answer is kDone.  The head is read first: a picture of more pixels than
// cage::kMostPicturePixels is not decoded.
cage::Answer thumbnail(std::string_view picture, std::string& png);

}  // namespace muniment::pictures
