// What muniment-thumbnail and whoever starts it agree upon: a picture on its input, a PNG on its output, and
// how it ends.  It says nothing else: a program that reads hostile bytes is not believed a sentence.
#pragma once

#include <cstddef>
#include <cstdint>

namespace muniment::cage {

enum class Answer : int {
  kDone = 0,      // the PNG was written in full; with every other answer nothing was
  kKind = 3,      // not a picture, or of a kind that is not read
  kTooLarge = 4,  // more bytes or pixels than are read, or memory ran out
  kDamaged = 5,   // it ends too early, or breaks its own format
  kNoCage = 6,    // this system does not shut programs in; nothing was read
  kNotSaid = 7,   // the answer could not be written
};

inline constexpr unsigned kThumbnailSide = 256;                 // pixels, at most, of the longer side
inline constexpr std::size_t kMostThumbnailBytes = 320U << 10;  // of the PNG
inline constexpr std::size_t kMostPictureBytes = 64U << 20;     // as of any attachment
inline constexpr std::uint64_t kMostPicturePixels =
    50'000'000;  // of the picture as its head says, before it is read

}  // namespace muniment::cage
