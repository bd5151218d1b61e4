#include "app/key_filter.hpp"

#include <algorithm>
#include <bit>

namespace muniment::app {
namespace {

constexpr std::size_t kBitsPerKey = 10;
constexpr int kPlaces = 6;

// A key's bits all stand in one run that the processor fetches at once (Putze, Sanders and Singler, "Cache-,
// Hash- and Space-Efficient Bloom Filters", 2007).
constexpr std::size_t kRunWords = 8;
constexpr std::size_t kRunBits = kRunWords * 64;

// Kirsch and Mitzenmacher (2006): two parts of one hash stand in for any number of hashes.
template <typename Visit>
void each_place(std::int64_t key, std::size_t words, const Visit& visit) {
  const auto hash = static_cast<std::uint64_t>(key);
  const std::size_t run = static_cast<std::size_t>(hash >> 24) & (words / kRunWords - 1);
  const std::uint64_t step = (hash >> 9 & (kRunBits - 1)) | 1;
  std::uint64_t place = hash;
  for (int i = 0; i < kPlaces; ++i, place += step) visit(run * kRunBits + (place & (kRunBits - 1)));
}

}  // namespace

KeyFilter::KeyFilter(std::size_t keys)
    : bits_(std::bit_ceil(std::max(keys * kBitsPerKey / 64, kRunWords))), room_(keys) {}

void KeyFilter::add(std::int64_t key) {
  each_place(key, bits_.size(),
             [&](std::size_t place) { bits_[place / 64] |= std::uint64_t{1} << (place % 64); });
  ++added_;
}

bool KeyFilter::may_hold(std::int64_t key) const {
  bool all = true;
  each_place(key, bits_.size(),
             [&](std::size_t place) { all = all && ((bits_[place / 64] >> (place % 64)) & 1) != 0; });
  return all;
}

}  // namespace muniment::app
