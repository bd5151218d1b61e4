// First looks at a file that somebody hands in, before anything of it is given out.
#pragma once

#include <cstddef>
#include <string>

#include "base/stream.hpp"
#include "muniment/result.hpp"
#include "sources/saved.hpp"

namespace muniment::collect {

inline constexpr std::size_t kMostOwnerBytes = 1U << 20;  // of a file that may say whose export this is

// The first `most` bytes, or what there is.  Room is made for what there seems to be.
Result<std::string> beginning_of(base::ByteStream& stream, std::size_t most);

// Whose export it is, if the file says so.  False: the stream cannot be read.
bool learn_from(base::ByteStream& stream, sources::SavedContext& context);

}  // namespace muniment::collect
