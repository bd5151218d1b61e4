#include "app/key_filter.hpp"

#include <algorithm>
#include <bit>

namespace muniment::app {
namespace {

constexpr std::size_t kBitsPerKey = 10;
constexpr int kPlaces = 6;

// Kirsch and Mitzenmacher (2006): two halves of one hash stand in for any number of hashes.
template <typename Visit>
void each_place(std::int64_t key, std::size_t mask, const Visit& visit) {
  const auto hash = static_cast<std::uint64_t>(key);
  const std::uint64_t step = (hash >> 32) | 1;
  std::uint64_t place = hash;
  for (int i = 0; i < kPlaces; ++i, place += step) visit(static_cast<std::size_t>(place) & mask);
}

}  // namespace

KeyFilter::KeyFilter(std::size_t keys)
    : bits_(std::bit_ceil(std::max<std::size_t>(keys * kBitsPerKey / 64, 1))), room_(keys) {}

void KeyFilter::add(std::int64_t key) {
  each_place(key, bits_.size() * 64 - 1,
             [&](std::size_t place) { bits_[place / 64] |= std::uint64_t{1} << (place % 64); });
  ++added_;
}

bool KeyFilter::may_hold(std::int64_t key) const {
  bool all = true;
  each_place(key, bits_.size() * 64 - 1,
             [&](std::size_t place) { all = all && ((bits_[place / 64] >> (place % 64)) & 1) != 0; });
  return all;
}

}  // namespace muniment::app
