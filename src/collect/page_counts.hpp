// What came of the items of pages.
#pragma once

#include <cstdint>

namespace muniment::collect {

// What an item turns out to be, beside what the archive holds.
enum class Finding { kFresh, kChanged, kMoved, kUnchanged };

struct PageCounts {
  std::uint64_t read = 0;
  std::uint64_t fresh = 0;      // first seen
  std::uint64_t former = 0;     // of these: earlier forms of what is held
  std::uint64_t changed = 0;    // a new version, or back after it was gone
  std::uint64_t moved = 0;      // same version, other bytes: a counter, or more of the same
  std::uint64_t unchanged = 0;  // byte for byte as before

  void add(Finding finding);
  PageCounts& operator+=(const PageCounts& other);
};

}  // namespace muniment::collect
