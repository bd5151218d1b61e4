// "1 entry is", "3 entries are".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace muniment::base {

inline std::string so_many(std::uint64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

}  // namespace muniment::base
