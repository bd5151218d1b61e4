// SHA-256 of many short messages at once.
//
// A ledger's salts, commitments and digests are messages of one block each, and none waits for another.
// Where the processor has SHA instructions two of them are worked on in turn, which hides the wait of
// each instruction: docs/performance.md has the figures.  Elsewhere they go one by one through OpenSSL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "base/bytes.hpp"

namespace muniment::base {

inline constexpr std::size_t kShortMessage = 55;  // the longest that fits one block with its padding

// One message of at most kShortMessage bytes, being written and then padded.
class ShortMessage {
 public:
  void start(std::uint8_t first) {
    bytes_[0] = first;
    size_ = 1;
  }
  void hash(const Hash& value) { bytes(view(value)); }
  void bytes(std::string_view text) {
    std::memcpy(bytes_ + size_, text.data(), text.size());
    size_ += text.size();
  }
  template <typename T>
  void big_endian(T value) {
    for (std::size_t i = sizeof(T); i-- > 0; value = static_cast<T>(static_cast<std::uint64_t>(value) >> 8))
      bytes_[size_ + i] = static_cast<std::uint8_t>(value);
    size_ += sizeof(T);
  }
  void pad() {
    bytes_[size_] = 0x80;
    std::memset(bytes_ + size_ + 1, 0, 61 - size_);
    bytes_[62] = static_cast<std::uint8_t>(size_ >> 5);
    bytes_[63] = static_cast<std::uint8_t>(size_ << 3);
  }
  const std::uint8_t* block() const { return bytes_; }

 private:
  std::uint8_t bytes_[64];
  std::size_t size_ = 0;
};

// out[i] = SHA-256 of messages[i], which must be padded.  Sizes agree.
void sha256_short(std::span<const ShortMessage> messages, Hash* out);

}  // namespace muniment::base
