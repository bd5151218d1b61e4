// A picture as it stands in memory.
#pragma once

#include <cstdint>
#include <vector>

namespace muniment::pictures {

struct Pixels {
  unsigned width = 0, height = 0;
  std::vector<std::uint8_t>
      rgba;  // rows from the top, four bytes a pixel; colours are not multiplied by alpha
};

}  // namespace muniment::pictures
