// SHA-256 of sixteen messages at a time, a lane of AVX-512 each.
#pragma once

#include <span>

#include "base/sha256_many.hpp"

namespace muniment::base {

inline constexpr std::size_t kLanes = 16;

// Does this processor have what sha256_in_sixteens() needs?  That, and the SHA instructions.
bool has_sixteen_lanes();

// As sha256_many().  Each step takes the same time however many lanes are busy, so when the last few messages
// are under way they are finished in pairs.
void sha256_in_sixteens(std::span<const Message> messages, Hash* out);

}  // namespace muniment::base
