// SHA-256 of many messages at once.
//
// The salts, commitments and digests of a body do not wait for each other.  Where the processor has SHA
// instructions two messages are worked on in turn, block by block, which hides the wait of each
// instruction: docs/performance.md has the figures.  A lane that has finished its message takes the next
// one, so messages of any length go together.  Elsewhere they go one by one through OpenSSL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "base/bytes.hpp"

namespace muniment::base {

// A head that is written here, and a tail that stays where it is until it has been hashed.
class Message {
 public:
  static constexpr std::size_t kMostHead = 48;

  void start(std::uint8_t first) {
    head_[0] = first;
    head_size_ = 1;
    tail_ = {};
  }
  // Precondition of both: the head has room.
  void hash(const Hash& value) {
    std::memcpy(head_ + head_size_, value.data(), value.size());
    head_size_ += value.size();
  }
  template <typename T>
  void big_endian(T value) {
    for (std::size_t i = sizeof(T); i-- > 0; value = static_cast<T>(static_cast<std::uint64_t>(value) >> 8))
      head_[head_size_ + i] = static_cast<std::uint8_t>(value);
    head_size_ += sizeof(T);
  }
  void tail(std::string_view bytes) { tail_ = bytes; }

  std::string_view head() const { return {reinterpret_cast<const char*>(head_), head_size_}; }
  std::string_view tail() const { return tail_; }
  std::size_t size() const { return head_size_ + tail_.size(); }
  std::size_t blocks() const { return (size() + 9 + 63) / 64; }
  // Block number `at` of the padded message: where it stands, or `scratch` filled with it.
  const std::uint8_t* block(std::size_t at, std::uint8_t* scratch) const;

 private:
  std::uint8_t head_[kMostHead];
  std::size_t head_size_ = 0;
  std::string_view tail_;
};

// out[i] = SHA-256 of messages[i].
void sha256_many(std::span<const Message> messages, Hash* out);

}  // namespace muniment::base
