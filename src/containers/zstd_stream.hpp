// What comes out of zstd frames (RFC 8878), one after another, within a window that was granted.
//
// A frame's header says how far back it refers: that many bytes have to be held in memory.  Twenty bytes can
// ask for gigabytes, so what is asked for is looked at before anything is taken.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/stream.hpp"
#include "muniment/result.hpp"

namespace muniment::containers {

inline constexpr std::uint64_t kMostWindow = 2ULL << 30;  // that is ever granted: `zstd --long=31`

bool is_zstd(std::string_view beginning);

// The window of the first frame, in bytes, from the first 18 bytes; nothing when it does not say.
std::optional<std::uint64_t> zstd_window(std::string_view beginning);

// kInvalid: the first frame asks for more than `window`; the hint says how it can be read.
Status grant_window(std::string_view beginning, std::uint64_t window);

class ZstdStream : public base::ByteStream {
 public:
  // `packed` stands at its beginning and outlives the stream.  `window`: bytes, a power of two of at most
  // kMostWindow.
  ZstdStream(base::ByteStream& packed, std::uint64_t window);
  ~ZstdStream() override;

  // kInvalid: damaged, broken off, or a frame asks for a larger window.
  Result<std::size_t> read(std::span<char> into) override;
  // Bytes taken from `packed`.
  std::uint64_t taken() const;

 private:
  struct Frames;
  std::unique_ptr<Frames> frames_;
};

}  // namespace muniment::containers
