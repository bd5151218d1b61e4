#include "base/sha256_pairs.hpp"

#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>

#include "base/sha256_constants.hpp"
#endif

namespace muniment::base {

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

#if defined(__x86_64__)
namespace {

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

MUNIMENT_SHA Words words_of(const std::uint32_t* hash) {
  const auto word = [&](int i) { return static_cast<int>(hash[i]); };
  return {_mm_set_epi32(word(0), word(1), word(4), word(5)),
          _mm_set_epi32(word(2), word(3), word(6), word(7))};
}

MUNIMENT_SHA Words initial() {
  return words_of(kInitial);
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

constexpr std::uint8_t kIdle[64] = {};

}  // namespace

[[gnu::target("sha,sse4.1")]] void sha256_in_pairs(std::span<const Message> messages, Hash* out) {
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

[[gnu::target("sha,sse4.1")]] void finish_in_pairs(std::span<const Begun> begun) {
  struct Lane {
    const Begun* of = nullptr;
    std::size_t at = 0;
    Words words;
    std::uint8_t scratch[64];
  };
  Lane lanes[2];
  std::size_t taken = 0;
  for (;;) {
    const std::uint8_t* blocks[2] = {kIdle, kIdle};
    for (int i = 0; i < 2; ++i) {
      auto& lane = lanes[i];
      if (lane.of == nullptr && taken < begun.size()) {
        lane.of = &begun[taken++];
        lane.at = lane.of->at;
        lane.words = words_of(lane.of->words.data());
      }
      if (lane.of != nullptr) blocks[i] = lane.of->message->block(lane.at++, lane.scratch);
    }
    if (lanes[0].of == nullptr && lanes[1].of == nullptr) return;
    compress_pair(lanes[0].words, blocks[0], lanes[1].words, blocks[1]);
    for (auto& lane : lanes) {
      if (lane.of == nullptr || lane.at < lane.of->message->blocks()) continue;
      store(lane.words, *lane.of->out);
      lane.of = nullptr;
    }
  }
}

[[gnu::target("sha,sse4.1")]] TwoNodes two_node_hashes_in_a_pair(const Hash& left_a, const Hash& right_a,
                                                                 const Hash& left_b, const Hash& right_b) {
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

}  // namespace muniment::base
