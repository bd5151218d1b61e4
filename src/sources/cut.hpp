// Where the records of a file stand, found while it streams by; nothing is checked, for the format's own
// reader does that.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "sources/saved.hpp"
#include "sources/slice.hpp"

namespace muniment::sources {

class Cutter {
 public:
  virtual ~Cutter() = default;
  // `held`: what has come since the last drop(), longer at each call.  `last`: nothing will follow.
  // Adds the records that have ended, once each, in order and without overlap.
  virtual void look(std::string_view held, bool last, std::vector<Slice>& records) = 0;
  // The first `count` bytes are held no longer; they end at or before the first unfinished record.
  virtual void drop(std::size_t count) = 0;
  // How many bytes of the file stand before the first record; only once a record was found.
  virtual std::size_t head() const { return 0; }
};

std::unique_ptr<Cutter> new_cutter(const SavedFormat& format);

// All records of a whole file.
std::vector<Slice> cut_whole(const SavedFormat& format, std::string_view bytes);

}  // namespace muniment::sources
