// How a camera was held, as EXIF 2.3 says it (tag 0x0112, 1 to 8), and a picture turned accordingly.
#pragma once

#include <string_view>

#include "pictures/pixels.hpp"

namespace muniment::pictures {

// `segment`: the contents of a JPEG's APP1.  1, as it stands, when it says nothing that can be read.
unsigned orientation_in(std::string_view segment);

Pixels turned(Pixels picture, unsigned orientation);

}  // namespace muniment::pictures
