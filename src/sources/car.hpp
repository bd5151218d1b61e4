// Content-addressed archives (CAR, version 1): blocks, each after the name that its bytes hash to.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "muniment/result.hpp"
#include "sources/slice.hpp"

namespace muniment::sources {

inline constexpr std::size_t kMostBlocks = 10'000'000;

struct Car {
  std::vector<std::string> roots;  // CIDs as text
  std::unordered_map<std::string, Slice>
      blocks;  // where each block's bytes stand, by its CID; only of those that match
  std::size_t mismatched =
      0;                   // blocks whose bytes do not hash to their name, or of a hash that is not SHA-256
  bool cut_short = false;  // the file ends within a block
};

// kInvalid: no CAR.  Blocks that do not match are left out, and counted.
Result<Car> read_car(std::string_view bytes);

}  // namespace muniment::sources
