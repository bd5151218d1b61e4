// What is broken in a file of JSON of which nobody can tell the kind: broken JSON might have been anything.
#pragma once

#include <string>
#include <string_view>

#include "base/stream.hpp"
#include "muniment/result.hpp"

namespace muniment::collect {

// Of what is longer no more than this is looked at.
inline constexpr std::uint64_t kMostChecked = 1ULL << 30;

// "it is cut short: …", "it is nested more than 256 deep", "it is not well-formed JSON from byte 12 on (line
// 3)".  Empty: it is no JSON, or nothing is wrong with it; an object a line is no fault.
std::string damage_in(std::string_view whole);
// `rest`: what follows the file's beginning.  It is read, to its end or to a fault, and none of it is held.
std::string damage_in(std::string_view beginning, base::ByteStream& rest);

// Of a file that somebody named, whose bytes are kept.
Error damaged(const std::string& fault);

}  // namespace muniment::collect
