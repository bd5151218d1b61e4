// SHA-256 of many messages at once.
//
// The salts, commitments and digests of a body do not wait for each other.  Where the processor has SHA
// instructions two messages are worked on in turn (sha256_pairs.hpp), or sixteen in lanes of AVX-512 where
// that is quicker (sha256_sixteen.hpp); who has finished a message takes the next one, so messages of any
// length go together.  Elsewhere they go one by one through OpenSSL.  docs/performance.md has the figures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "base/bytes.hpp"

namespace muniment::base {

// A head that is written here, and a tail.  start() and the head's parts, or empty(); then end().
class Message {
 public:
  static constexpr std::size_t kMostHead = 55;

  void start(std::uint8_t first) {
    std::memset(first_, 0, sizeof first_);
    first_[0] = first;
    head_ = 1;
  }
  void empty() { head_ = 0; }
  // Precondition of both: the head has room.
  void hash(const Hash& value) {
    std::memcpy(first_ + head_, value.data(), value.size());
    head_ += value.size();
  }
  template <typename T>
  void big_endian(T value) {
    for (std::size_t i = sizeof(T); i-- > 0; value = static_cast<T>(static_cast<std::uint64_t>(value) >> 8))
      first_[head_ + i] = static_cast<std::uint8_t>(value);
    head_ += sizeof(T);
  }
  // A short tail is copied; one that does not fit the first block stays where it is until it was hashed.
  void end(std::string_view tail = {}) {
    const std::size_t whole = head_ + tail.size();
    tail_ = tail;
    blocks_ = (whole + 9 + 63) / 64;
    if (blocks_ > 1) return;
    if (head_ == 0) std::memset(first_, 0, sizeof first_);
    copy_short(first_ + head_, tail);
    first_[whole] = 0x80;
    first_[62] = static_cast<std::uint8_t>(whole >> 5);
    first_[63] = static_cast<std::uint8_t>(whole << 3);
  }

  std::string_view head() const { return {reinterpret_cast<const char*>(first_), head_}; }
  std::string_view tail() const { return tail_; }
  std::size_t blocks() const { return blocks_; }
  // Block number `at` of the padded message: where it stands, or `scratch` filled with it.
  const std::uint8_t* block(std::size_t at, std::uint8_t* scratch) const {
    return blocks_ == 1 ? first_ : one_of_many(at, scratch);
  }
  // Of the blocks behind the first those that stand in memory as they are, one after another.
  std::string_view run() const {
    const std::size_t whole = head_ + tail_.size();
    return whole < 128 ? std::string_view() : tail_.substr(64 - head_, (whole / 64 - 1) * 64);
  }

 private:
  // Words are a few bytes: a call to memcpy costs more than copying them.
  static void copy_short(std::uint8_t* to, std::string_view from) {
    const char* at = from.data();
    const std::size_t size = from.size();
    if (size >= 16) {
      for (std::size_t i = 0; i + 16 < size; i += 16) std::memcpy(to + i, at + i, 16);
      std::memcpy(to + size - 16, at + size - 16, 16);
    } else if (size >= 8) {
      std::memcpy(to, at, 8);
      std::memcpy(to + size - 8, at + size - 8, 8);
    } else if (size >= 4) {
      std::memcpy(to, at, 4);
      std::memcpy(to + size - 4, at + size - 4, 4);
    } else {
      for (std::size_t i = 0; i < size; ++i) to[i] = static_cast<std::uint8_t>(at[i]);
    }
  }
  const std::uint8_t* one_of_many(std::size_t at, std::uint8_t* scratch) const;

  std::uint8_t first_[64];
  std::size_t head_ = 0;
  std::string_view tail_;
  std::size_t blocks_ = 0;
};

// out[i] = SHA-256 of messages[i].
void sha256_many(std::span<const Message> messages, Hash* out);

struct TwoNodes {
  Hash a, b;
};
// RFC 6962 section 2.1, the hashes of two nodes that do not wait for each other.
TwoNodes two_node_hashes(const Hash& left_a, const Hash& right_a, const Hash& left_b, const Hash& right_b);

}  // namespace muniment::base
