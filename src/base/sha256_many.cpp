#include "base/sha256_many.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/sha256.hpp"
#include "base/sha256_pairs.hpp"
#include "base/sha256_sixteen.hpp"

namespace muniment::base {

const std::uint8_t* Message::one_of_many(std::size_t at, std::uint8_t* scratch) const {
  const std::size_t start = 64 * at;
  const std::size_t whole = head_ + tail_.size();
  if (at > 0 && start + 64 <= whole)
    return reinterpret_cast<const std::uint8_t*>(tail_.data()) + (start - head_);
  std::size_t filled = 0;
  if (at == 0) {
    std::memcpy(scratch, first_, sizeof first_);
    filled = head_;
  }
  if (const std::size_t from = start + filled - head_; from < tail_.size()) {
    const std::size_t take = std::min(64 - filled, tail_.size() - from);
    std::memcpy(scratch + filled, tail_.data() + from, take);
    filled += take;
  }
  if (filled == 64) return scratch;
  std::memset(scratch + filled, 0, 64 - filled);
  if (start + filled == whole) scratch[filled] = 0x80;
  if (at + 1 == blocks_) {
    const std::uint64_t bits = __builtin_bswap64(std::uint64_t{whole} * 8);
    std::memcpy(scratch + 56, &bits, sizeof bits);
  }
  return scratch;
}

namespace {

void one_by_one(std::span<const Message> messages, Hash* out) {
  Sha256 hasher;
  for (const auto& message : messages) {
    hasher.bytes(message.head());
    hasher.bytes(message.tail());
    *out++ = hasher.finish();
  }
}

#if defined(__x86_64__)
using Way = void (*)(std::span<const Message>, Hash*);

// The least of several times that a way needs for short messages.
std::chrono::nanoseconds time_of(Way way, std::span<const Message> messages, Hash* out) {
  auto least = std::chrono::nanoseconds::max();
  for (int i = 0; i < 5; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    way(messages, out);
    least = std::min<std::chrono::nanoseconds>(least, std::chrono::steady_clock::now() - begun);
  }
  return least;
}

// Of two processors that have both, the one is quicker in lanes and the other in pairs.
Way quickest() {
  if (!has_sha_instructions()) return one_by_one;
  if (!has_sixteen_lanes()) return sha256_in_pairs;
  std::array<Message, 8 * kLanes> messages;
  std::array<Hash, 8 * kLanes> out;
  for (auto& message : messages) {
    message.start(0);
    message.end();
  }
  const bool lanes =
      time_of(sha256_in_sixteens, messages, out.data()) < time_of(sha256_in_pairs, messages, out.data());
  return lanes ? sha256_in_sixteens : sha256_in_pairs;
}
#endif

}  // namespace

void sha256_many(std::span<const Message> messages, Hash* out) {
#if defined(__x86_64__)
  static const Way way = quickest();
  way(messages, out);
#else
  one_by_one(messages, out);
#endif
}

TwoNodes two_node_hashes(const Hash& left_a, const Hash& right_a, const Hash& left_b, const Hash& right_b) {
#if defined(__x86_64__)
  static const bool pairs = has_sha_instructions();
  if (pairs) return two_node_hashes_in_a_pair(left_a, right_a, left_b, right_b);
#endif
  return {node_hash(left_a, right_a), node_hash(left_b, right_b)};
}

}  // namespace muniment::base
