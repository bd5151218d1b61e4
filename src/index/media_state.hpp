// What has become of a file that an item names.  Stored in index.db: append, never renumber.
#pragma once

#include <cstdint>

namespace muniment::index {

enum class MediaState : std::int64_t {
  kNeverAsked = 0,
  kHeld = 1,     // its bytes are in the archive
  kLater = 2,    // it could not be had, and is to be asked for again
  kRefused = 3,  // it could not be had, or may not be kept, and is asked for no more
};

}  // namespace muniment::index
