// What must not be kept is taken out of a part before anything of it is: private items, and credentials.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "muniment/result.hpp"
#include "sources/slice.hpp"
#include "sources/source.hpp"

namespace muniment::sources {

struct Withheld {
  std::map<std::string, std::size_t, std::less<>>
      items;                  // how many, by the reason; where no item has it, how many asides
  std::vector<Slice> places;  // of what was taken out, in the bytes as they were
};

// An item, or what stands around some.
bool holds_private(const Reading& reading);

// Takes the private items and the asides out of `bytes` and of `reading`, with whatever lies inside them; an
// object of JSON leaves {}.  The places of the other items are those in the bytes that remain.  kDenied: a
// private item cannot be parted from the rest, so that the whole must not be kept.
Result<Withheld> withhold_private(std::string& bytes, Reading& reading);

// Writes x over the values of access tokens, as they stand in the addresses of next pages and in fields;
// answers where.  Lengths stay.
std::vector<Slice> mask_credentials(std::string& bytes);

}  // namespace muniment::sources
