#include "base/sha256_sixteen.hpp"

#if defined(__x86_64__)
#include <immintrin.h>

#include <bit>

#include "base/sha256_constants.hpp"
#include "base/sha256_pairs.hpp"

// GCC 12 finds fault with its own header.
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif

namespace muniment::base {

bool has_sixteen_lanes() {
#if defined(__x86_64__)
  return has_sha_instructions() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
#else
  return false;
#endif
}

#if defined(__x86_64__)
namespace {

#define MUNIMENT_LANES [[gnu::target("avx512f,avx512bw"), gnu::always_inline]] inline
// What stays a loop keeps its array in memory, and that takes a tenth of the time.
#define MUNIMENT_UNROLL _Pragma("GCC unroll 16")

using Lanes = __m512i;  // a word of each message

MUNIMENT_LANES Lanes add(Lanes a, Lanes b) {
  return _mm512_add_epi32(a, b);
}
MUNIMENT_LANES Lanes either(Lanes a, Lanes b, Lanes c) {
  return _mm512_ternarylogic_epi32(a, b, c, 0x96);
}

// FIPS 180-4 section 4.1.2.
MUNIMENT_LANES Lanes big_sigma_0(Lanes x) {
  return either(_mm512_ror_epi32(x, 2), _mm512_ror_epi32(x, 13), _mm512_ror_epi32(x, 22));
}
MUNIMENT_LANES Lanes big_sigma_1(Lanes x) {
  return either(_mm512_ror_epi32(x, 6), _mm512_ror_epi32(x, 11), _mm512_ror_epi32(x, 25));
}
MUNIMENT_LANES Lanes small_sigma_0(Lanes x) {
  return either(_mm512_ror_epi32(x, 7), _mm512_ror_epi32(x, 18), _mm512_srli_epi32(x, 3));
}
MUNIMENT_LANES Lanes small_sigma_1(Lanes x) {
  return either(_mm512_ror_epi32(x, 17), _mm512_ror_epi32(x, 19), _mm512_srli_epi32(x, 10));
}
MUNIMENT_LANES Lanes choose(Lanes e, Lanes f, Lanes g) {
  return _mm512_ternarylogic_epi32(e, f, g, 0xCA);
}
MUNIMENT_LANES Lanes majority(Lanes a, Lanes b, Lanes c) {
  return _mm512_ternarylogic_epi32(a, b, c, 0xE8);
}

// Sixteen by sixteen words: row i, word j becomes row j, word i.
MUNIMENT_LANES void transpose(Lanes (&rows)[kLanes]) {
  Lanes twos[kLanes];
  MUNIMENT_UNROLL for (int i = 0; i < 16; i += 2) {
    twos[i] = _mm512_unpacklo_epi32(rows[i], rows[i + 1]);
    twos[i + 1] = _mm512_unpackhi_epi32(rows[i], rows[i + 1]);
  }
  Lanes fours[kLanes];
  MUNIMENT_UNROLL for (int i = 0; i < 16; i += 4) MUNIMENT_UNROLL for (int k = 0; k < 2; ++k) {
    fours[i + 2 * k] = _mm512_unpacklo_epi64(twos[i + k], twos[i + 2 + k]);
    fours[i + 2 * k + 1] = _mm512_unpackhi_epi64(twos[i + k], twos[i + 2 + k]);
  }
  MUNIMENT_UNROLL for (int i = 0; i < 4; ++i) {
    const Lanes even_low = _mm512_shuffle_i32x4(fours[i], fours[4 + i], 0x88);
    const Lanes odd_low = _mm512_shuffle_i32x4(fours[i], fours[4 + i], 0xDD);
    const Lanes even_high = _mm512_shuffle_i32x4(fours[8 + i], fours[12 + i], 0x88);
    const Lanes odd_high = _mm512_shuffle_i32x4(fours[8 + i], fours[12 + i], 0xDD);
    rows[i] = _mm512_shuffle_i32x4(even_low, even_high, 0x88);
    rows[4 + i] = _mm512_shuffle_i32x4(odd_low, odd_high, 0x88);
    rows[8 + i] = _mm512_shuffle_i32x4(even_low, even_high, 0xDD);
    rows[12 + i] = _mm512_shuffle_i32x4(odd_low, odd_high, 0xDD);
  }
}

MUNIMENT_LANES Lanes byte_order() {
  return _mm512_broadcast_i32x4(_mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL));
}

// One round, and the message word that comes sixteen rounds later.
template <int kRoundNumber>
MUNIMENT_LANES void round(Lanes (&s)[8], Lanes (&w)[kLanes]) {
  // The eight words move on by one place a round; here the places do.
  constexpr auto at = [](int word) { return (word - kRoundNumber % 8 + 8) % 8; };
  auto& due = w[kRoundNumber % 16];
  const Lanes e = s[at(4)];
  const Lanes a = s[at(0)];
  const Lanes sum = add(add(s[at(7)], big_sigma_1(e)),
                        add(choose(e, s[at(5)], s[at(6)]),
                            add(due, _mm512_set1_epi32(static_cast<int>(kRound[kRoundNumber])))));
  s[at(3)] = add(s[at(3)], sum);
  s[at(7)] = add(sum, add(big_sigma_0(a), majority(a, s[at(1)], s[at(2)])));
  if constexpr (kRoundNumber < 48)
    due = add(add(due, small_sigma_0(w[(kRoundNumber + 1) % 16])),
              add(w[(kRoundNumber + 9) % 16], small_sigma_1(w[(kRoundNumber + 14) % 16])));
}

template <int kRoundNumber = 0>
MUNIMENT_LANES void all_rounds(Lanes (&s)[8], Lanes (&w)[kLanes]) {
  round<kRoundNumber>(s, w);
  if constexpr (kRoundNumber < 63) all_rounds<kRoundNumber + 1>(s, w);
}

[[gnu::target("avx512f,avx512bw")]] void compress(Lanes (&hashes)[8],
                                                  const std::uint8_t* const (&blocks)[kLanes]) {
  Lanes w[kLanes];
  MUNIMENT_UNROLL for (std::size_t i = 0; i < kLanes; ++i) w[i] =
      _mm512_shuffle_epi8(_mm512_loadu_si512(blocks[i]), byte_order());
  transpose(w);
  Lanes s[8];
  MUNIMENT_UNROLL for (int i = 0; i < 8; ++i) s[i] = hashes[i];
  all_rounds(s, w);
  MUNIMENT_UNROLL for (int i = 0; i < 8; ++i) hashes[i] = add(hashes[i], s[i]);
}

// The hashes word by word, turned into hash by hash.
MUNIMENT_LANES void turn(const Lanes (&words)[8], __m256i (&hashes)[kLanes]) {
  Lanes fours[8];
  MUNIMENT_UNROLL for (int half = 0; half < 2; ++half) {
    const auto* w = words + 4 * half;
    const Lanes low[2] = {_mm512_unpacklo_epi32(w[0], w[1]), _mm512_unpacklo_epi32(w[2], w[3])};
    const Lanes high[2] = {_mm512_unpackhi_epi32(w[0], w[1]), _mm512_unpackhi_epi32(w[2], w[3])};
    auto* four = fours + 4 * half;  // of hashes i, i + 4, i + 8 and i + 12 the words of this half
    four[0] = _mm512_unpacklo_epi64(low[0], low[1]);
    four[1] = _mm512_unpackhi_epi64(low[0], low[1]);
    four[2] = _mm512_unpacklo_epi64(high[0], high[1]);
    four[3] = _mm512_unpackhi_epi64(high[0], high[1]);
  }
  const Lanes first = _mm512_setr_epi64(0, 1, 8, 9, 2, 3, 10, 11);
  const Lanes second = _mm512_setr_epi64(4, 5, 12, 13, 6, 7, 14, 15);
  MUNIMENT_UNROLL for (int i = 0; i < 4; ++i) {
    const Lanes front = _mm512_permutex2var_epi64(fours[i], first, fours[4 + i]);
    const Lanes back = _mm512_permutex2var_epi64(fours[i], second, fours[4 + i]);
    hashes[i] = _mm512_castsi512_si256(front);
    hashes[4 + i] = _mm512_extracti64x4_epi64(front, 1);
    hashes[8 + i] = _mm512_castsi512_si256(back);
    hashes[12 + i] = _mm512_extracti64x4_epi64(back, 1);
  }
}

MUNIMENT_LANES void store(__m256i hash, Hash& out) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out.data()),
                      _mm256_shuffle_epi8(hash, _mm512_castsi512_si256(byte_order())));
}

MUNIMENT_LANES void begin(Lanes (&hashes)[8], std::uint16_t lanes) {
  MUNIMENT_UNROLL for (int i = 0; i < 8; ++i) hashes[i] =
      _mm512_mask_set1_epi32(hashes[i], lanes, static_cast<int>(kInitial[i]));
}

constexpr std::uint8_t kIdle[64] = {};

// Nearly all messages are of one block.
[[gnu::target("avx512f,avx512bw")]] void hash_short(std::span<const Message> messages, Hash* out) {
  const std::uint8_t* blocks[kLanes];
  Hash* to[kLanes];
  std::size_t held = 0;
  const auto hash_held = [&]() __attribute__((target("avx512f,avx512bw"))) {
    Lanes hashes[8] = {};
    begin(hashes, 0xFFFF);
    compress(hashes, blocks);
    __m256i rows[kLanes];
    turn(hashes, rows);
    for (std::size_t i = 0; i < held; ++i) store(rows[i], *to[i]);
    held = 0;
  };
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (messages[i].blocks() != 1) continue;
    blocks[held] = messages[i].block(0, nullptr);
    to[held] = out + i;
    if (++held == kLanes) hash_held();
  }
  if (held == 0) return;
  for (std::size_t i = held; i < kLanes; ++i) blocks[i] = kIdle;
  hash_held();
}

// What is hashed in a lane.
class Lane {
 public:
  void take(const Message& message, Hash* out) {
    message_ = &message;
    out_ = out;
    at_ = 0;
    run_ = message.run();
  }
  // Precondition: is_busy() and not ended().
  const std::uint8_t* next() {
    const std::size_t at = at_++;
    if (at == 0 || 64 * at > run_.size()) return message_->block(at, scratch_);
    return reinterpret_cast<const std::uint8_t*>(run_.data()) + 64 * (at - 1);
  }
  bool is_busy() const { return message_ != nullptr; }
  bool ended() const { return at_ == message_->blocks(); }
  Hash& leave() {
    message_ = nullptr;
    return *out_;
  }
  Begun begun() const { return {message_, at_, {}, out_}; }

 private:
  const Message* message_ = nullptr;  // null: idle
  Hash* out_ = nullptr;
  std::size_t at_ = 0;  // the block that is due
  std::string_view run_;
  alignas(64) std::uint8_t scratch_[64];
};

[[gnu::target("avx512f,avx512bw")]] void hash_long(std::span<const Message> messages, Hash* out) {
  constexpr std::size_t kFewLanes = 6;  // three pairs take less time
  Lane lanes[kLanes];
  Lanes hashes[8] = {};
  __m256i rows[kLanes];
  std::size_t taken = 0;
  std::size_t busy = 0;
  unsigned idle = 0xFFFF;  // a bit a lane
  for (;;) {
    unsigned fresh = 0;
    for (; idle != 0; idle &= idle - 1) {
      while (taken < messages.size() && messages[taken].blocks() == 1) ++taken;
      if (taken == messages.size()) break;
      const auto lane = static_cast<std::size_t>(std::countr_zero(idle));
      lanes[lane].take(messages[taken], out + taken);
      ++taken;
      ++busy;
      fresh |= 1U << lane;
    }
    if (fresh != 0) begin(hashes, static_cast<std::uint16_t>(fresh));
    if (busy <= kFewLanes) break;
    const std::uint8_t* blocks[kLanes];
    for (std::size_t i = 0; i < kLanes; ++i) blocks[i] = lanes[i].is_busy() ? lanes[i].next() : kIdle;
    compress(hashes, blocks);
    unsigned ended = 0;
    for (std::size_t i = 0; i < kLanes; ++i) ended |= unsigned{lanes[i].is_busy() && lanes[i].ended()} << i;
    if (ended == 0) continue;
    turn(hashes, rows);
    idle |= ended;
    for (; ended != 0; ended &= ended - 1, --busy) {
      const auto lane = static_cast<std::size_t>(std::countr_zero(ended));
      store(rows[lane], lanes[lane].leave());
    }
  }
  if (busy == 0) return;
  turn(hashes, rows);
  Begun begun[kFewLanes];
  std::size_t left = 0;
  for (std::size_t i = 0; i < kLanes; ++i) {
    if (!lanes[i].is_busy()) continue;
    auto& one = begun[left++] = lanes[i].begun();
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(one.words.data()), rows[i]);
  }
  finish_in_pairs({begun, left});
}

}  // namespace

void sha256_in_sixteens(std::span<const Message> messages, Hash* out) {
  hash_short(messages, out);
  hash_long(messages, out);
}

#undef MUNIMENT_UNROLL
#undef MUNIMENT_LANES
#endif

}  // namespace muniment::base
