// A run of bytes within others.
#pragma once

#include <cstddef>

namespace muniment::sources {

struct Slice {
  std::size_t offset = 0;
  std::size_t length = 0;
};

}  // namespace muniment::sources
