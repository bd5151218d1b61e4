// Known answers from outside the project, where they are present (data/vectors, never copied here).
#pragma once

#include <filesystem>

namespace muniment::support {

inline std::filesystem::path shared_vectors() {
  return std::filesystem::path(MUNIMENT_SHARED_DIR) / "data" / "vectors";
}

}  // namespace muniment::support

#define MUNIMENT_NEEDS_VECTORS(folder)                                          \
  if (!std::filesystem::exists(muniment::support::shared_vectors() / (folder))) \
  GTEST_SKIP() << "the outside vectors (" << (folder) << ") are not on this machine"
