// A document's number: the second its item was posted, and a slot within that second.  So numbers ascend with
// posting time, and a range of times is a range of numbers.
#pragma once

#include <cstdint>

namespace muniment::index {

// Few slots: the numbers stand by the million in the full-text index, where a smaller step takes fewer bytes
// and is read faster.  A second with more items than slots lends from the seconds behind it.
inline constexpr int kSlotBits = 2;
inline constexpr std::int64_t kSlots = 1 << kSlotBits;
inline constexpr std::int64_t kMostDoc = INT64_MAX;

constexpr std::int64_t first_doc(std::int64_t second) {
  return second << kSlotBits;
}
constexpr std::int64_t second_of(std::int64_t doc) {
  return doc >> kSlotBits;
}

}  // namespace muniment::index
