// What can happen to an item.  Stored in history.what: append, never renumber.
#pragma once

#include <cstdint>

namespace muniment::index {

enum class What : std::int64_t {
  kVersion = 0,    // captured, or a later version seen
  kSeenAgain = 1,  // the same version in other bytes
  kDeletion = 2,   // the platform said that it is gone
  kBarred = 3,     // the platform refused to show it
  kReported = 4,   // a saved file says that it is gone
};

}  // namespace muniment::index
