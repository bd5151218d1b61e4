#include "base/sha256_many.hpp"

#include <algorithm>

#include "base/sha256.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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
constexpr std::uint32_t kInitial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

// FIPS 180-4 section 4.2.2.
alignas(16) constexpr std::uint32_t kRound[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

#define MUNIMENT_SHA [[gnu::target("sha,sse4.1"), gnu::always_inline]] inline

// The hash state as the instructions want it: words ABEF and CDGH.
struct Words {
  __m128i abef, cdgh;
};

struct Schedule {
  __m128i w[4];
};

MUNIMENT_SHA __m128i byte_order() {
  return _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
}

MUNIMENT_SHA Words initial() {
  const auto word = [](int i) { return static_cast<int>(kInitial[i]); };
  return {_mm_set_epi32(word(0), word(1), word(4), word(5)),
          _mm_set_epi32(word(2), word(3), word(6), word(7))};
}

MUNIMENT_SHA Schedule load(const std::uint8_t* block) {
  Schedule out;
  for (int i = 0; i < 4; ++i)
    out.w[i] = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(block) + i), byte_order());
  return out;
}

// Four rounds, and the message words that come sixteen rounds later.
template <int kQuad>
MUNIMENT_SHA void rounds(Words& words, Schedule& schedule) {
  constexpr int kNow = kQuad % 4;
  auto& w = schedule.w;
  const __m128i sum =
      _mm_add_epi32(w[kNow], _mm_load_si128(reinterpret_cast<const __m128i*>(kRound) + kQuad));
  words.cdgh = _mm_sha256rnds2_epu32(words.cdgh, words.abef, sum);
  words.abef = _mm_sha256rnds2_epu32(words.abef, words.cdgh, _mm_shuffle_epi32(sum, 0x0E));
  if constexpr (kQuad < 12) {
    const __m128i next = w[(kNow + 1) % 4];
    const __m128i before = w[(kNow + 3) % 4];
    const __m128i mixed =
        _mm_add_epi32(_mm_sha256msg1_epu32(w[kNow], next), _mm_alignr_epi8(before, w[(kNow + 2) % 4], 4));
    w[kNow] = _mm_sha256msg2_epu32(mixed, before);
  }
}

template <int kQuad>
MUNIMENT_SHA void all_rounds(Words& a, Schedule& of_a, Words& b, Schedule& of_b) {
  rounds<kQuad>(a, of_a);
  rounds<kQuad>(b, of_b);
  if constexpr (kQuad < 15) all_rounds<kQuad + 1>(a, of_a, b, of_b);
}

MUNIMENT_SHA void compress_pair(Words& a, const std::uint8_t* block_a, Words& b,
                                const std::uint8_t* block_b) {
  const Words before_a = a;
  const Words before_b = b;
  Schedule of_a = load(block_a);
  Schedule of_b = load(block_b);
  all_rounds<0>(a, of_a, b, of_b);
  a = {_mm_add_epi32(a.abef, before_a.abef), _mm_add_epi32(a.cdgh, before_a.cdgh)};
  b = {_mm_add_epi32(b.abef, before_b.abef), _mm_add_epi32(b.cdgh, before_b.cdgh)};
}

MUNIMENT_SHA void store(const Words& words, Hash& out) {
  const __m128i feba = _mm_shuffle_epi32(words.abef, 0x1B);
  const __m128i dchg = _mm_shuffle_epi32(words.cdgh, 0xB1);
  auto* to = reinterpret_cast<__m128i*>(out.data());
  _mm_storeu_si128(to, _mm_shuffle_epi8(_mm_blend_epi16(feba, dchg, 0xF0), byte_order()));
  _mm_storeu_si128(to + 1, _mm_shuffle_epi8(_mm_alignr_epi8(dchg, feba, 8), byte_order()));
}

struct Block {
  const std::uint8_t* bytes = nullptr;
  Hash* out = nullptr;  // where the hash goes after this block; null when more of the message follows
};

// The blocks of one lane: of a message, then of the next one that nobody has taken.  Each is laid out one
// step before it is needed: bytes just written are slow to load as a whole.
class Feed {
 public:
  Feed(std::span<const Message> messages, Hash* out, std::size_t& taken)
      : messages_(messages), out_(out), taken_(taken) {}

  Block next() {
    if (at_ == blocks_) {
      if (taken_ == messages_.size()) return {};
      message_ = taken_++;
      at_ = 0;
      blocks_ = messages_[message_].blocks();
    }
    odd_ = !odd_;
    const auto* bytes = messages_[message_].block(at_++, scratch_[odd_ ? 1 : 0]);
    return {bytes, at_ == blocks_ ? out_ + message_ : nullptr};
  }

 private:
  std::span<const Message> messages_;
  Hash* out_;
  std::size_t& taken_;  // messages that a lane has begun
  std::size_t message_ = 0;
  std::size_t at_ = 0;
  std::size_t blocks_ = 0;
  bool odd_ = false;
  std::uint8_t scratch_[2][64];
};

[[gnu::target("sha,sse4.1")]] void in_pairs(std::span<const Message> messages, Hash* out) {
  static constexpr std::uint8_t kIdle[64] = {};
  std::size_t taken = 0;
  Feed feed_a(messages, out, taken);
  Feed feed_b(messages, out, taken);
  Words a = initial();
  Words b = initial();
  Block now_a = feed_a.next();
  Block now_b = feed_b.next();
  while (now_a.bytes != nullptr || now_b.bytes != nullptr) {
    const Block later_a = feed_a.next();
    const Block later_b = feed_b.next();
    compress_pair(a, now_a.bytes != nullptr ? now_a.bytes : kIdle, b,
                  now_b.bytes != nullptr ? now_b.bytes : kIdle);
    if (now_a.out != nullptr) {
      store(a, *now_a.out);
      a = initial();
    }
    if (now_b.out != nullptr) {
      store(b, *now_b.out);
      b = initial();
    }
    now_a = later_a;
    now_b = later_b;
  }
}
// The 65 bytes of a node and their padding.
void lay_out_node(std::uint8_t (&blocks)[128], const Hash& left, const Hash& right) {
  std::memset(blocks + 64, 0, 64);
  blocks[0] = 0x01;
  std::memcpy(blocks + 1, left.data(), left.size());
  std::memcpy(blocks + 33, right.data(), right.size());
  blocks[65] = 0x80;
  blocks[126] = 65 * 8 >> 8;
  blocks[127] = 65 * 8 & 0xFF;
}

[[gnu::target("sha,sse4.1")]] TwoNodes two_nodes(const Hash& left_a, const Hash& right_a, const Hash& left_b,
                                                 const Hash& right_b) {
  std::uint8_t blocks_a[128];
  std::uint8_t blocks_b[128];
  lay_out_node(blocks_a, left_a, right_a);
  lay_out_node(blocks_b, left_b, right_b);
  Words a = initial();
  Words b = initial();
  compress_pair(a, blocks_a, b, blocks_b);
  compress_pair(a, blocks_a + 64, b, blocks_b + 64);
  TwoNodes out;
  store(a, out.a);
  store(b, out.b);
  return out;
}
#undef MUNIMENT_SHA
#endif

bool has_sha_instructions() {
#if defined(__x86_64__)
  // CPUID leaf 7, EBX bit 29: GCC 12 cannot ask for "sha" by name.
  std::uint32_t a = 7, b = 0, c = 0, d = 0;
  __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
  return (b >> 29 & 1) != 0 && __builtin_cpu_supports("sse4.1") && __builtin_cpu_supports("ssse3");
#else
  return false;
#endif
}

const bool kPairs = has_sha_instructions();

}  // namespace

void sha256_many(std::span<const Message> messages, Hash* out) {
#if defined(__x86_64__)
  if (kPairs) return in_pairs(messages, out);
#endif
  one_by_one(messages, out);
}

TwoNodes two_node_hashes(const Hash& left_a, const Hash& right_a, const Hash& left_b, const Hash& right_b) {
#if defined(__x86_64__)
  if (kPairs) return two_nodes(left_a, right_a, left_b, right_b);
#endif
  return {node_hash(left_a, right_a), node_hash(left_b, right_b)};
}

}  // namespace muniment::base
