// A place in a text that may say something withheld.
#pragma once

#include <cstddef>
#include <string>

namespace muniment::foi {

struct Found {
  std::size_t begin = 0;  // byte of its first word in the text
  std::string from;       // Needle::from
};

}  // namespace muniment::foi
