// Where an exporter puts its files.
#pragma once

#include <string_view>

#include "muniment/result.hpp"

namespace muniment {

class Sink {
 public:
  virtual ~Sink() = default;
  // `path` is relative, with '/' between its parts, none of them empty, "." or "..".  Each path once.
  virtual Status file(std::string_view path, std::string_view bytes) = 0;
};

}  // namespace muniment
