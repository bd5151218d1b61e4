#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/sha256_short.hpp"

#include <openssl/sha.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace muniment::base {
namespace {

constexpr std::uint32_t kInitial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

void one_by_one(std::span<const ShortMessage> messages, Hash* out) {
  for (const auto& message : messages) {
    SHA256_CTX context;
    std::memcpy(context.h, kInitial, sizeof kInitial);
    SHA256_Transform(&context, message.block());
    for (std::size_t i = 0; i < 8; ++i) {
      const std::uint32_t word = __builtin_bswap32(context.h[i]);
      std::memcpy(out->data() + 4 * i, &word, 4);
    }
    ++out;
  }
}

#if defined(__x86_64__)
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

// Both lanes start from the same state, kept as the instructions want it: words ABEF and CDGH.
struct Lane {
  __m128i abef, cdgh, w[4];
};

[[gnu::target("sha,sse4.1"), gnu::always_inline]] inline void load(Lane& lane, const std::uint8_t* block) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  for (int i = 0; i < 4; ++i)
    lane.w[i] = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(block) + i), swap);
}

// Four rounds, and the message words that come sixteen rounds later.
template <int kQuad>
[[gnu::target("sha,sse4.1"), gnu::always_inline]] inline void rounds(Lane& lane) {
  constexpr int kNow = kQuad % 4;
  const __m128i sum =
      _mm_add_epi32(lane.w[kNow], _mm_load_si128(reinterpret_cast<const __m128i*>(kRound) + kQuad));
  lane.cdgh = _mm_sha256rnds2_epu32(lane.cdgh, lane.abef, sum);
  lane.abef = _mm_sha256rnds2_epu32(lane.abef, lane.cdgh, _mm_shuffle_epi32(sum, 0x0E));
  if constexpr (kQuad < 12) {
    const __m128i next = lane.w[(kNow + 1) % 4];
    const __m128i before = lane.w[(kNow + 3) % 4];
    const __m128i mixed = _mm_add_epi32(_mm_sha256msg1_epu32(lane.w[kNow], next),
                                        _mm_alignr_epi8(before, lane.w[(kNow + 2) % 4], 4));
    lane.w[kNow] = _mm_sha256msg2_epu32(mixed, before);
  }
}

template <int kQuad>
[[gnu::target("sha,sse4.1"), gnu::always_inline]] inline void all_rounds(Lane& a, Lane& b) {
  rounds<kQuad>(a);
  rounds<kQuad>(b);
  if constexpr (kQuad < 15) all_rounds<kQuad + 1>(a, b);
}

[[gnu::target("sha,sse4.1"), gnu::always_inline]] inline void store(const Lane& lane, __m128i abef,
                                                                    __m128i cdgh, Hash& out) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  const __m128i feba = _mm_shuffle_epi32(_mm_add_epi32(lane.abef, abef), 0x1B);
  const __m128i dchg = _mm_shuffle_epi32(_mm_add_epi32(lane.cdgh, cdgh), 0xB1);
  auto* to = reinterpret_cast<__m128i*>(out.data());
  _mm_storeu_si128(to, _mm_shuffle_epi8(_mm_blend_epi16(feba, dchg, 0xF0), swap));
  _mm_storeu_si128(to + 1, _mm_shuffle_epi8(_mm_alignr_epi8(dchg, feba, 8), swap));
}

[[gnu::target("sha,sse4.1")]] void in_pairs(std::span<const ShortMessage> messages, Hash* out) {
  const auto word = [](int i) { return static_cast<int>(kInitial[i]); };
  const __m128i abef = _mm_set_epi32(word(0), word(1), word(4), word(5));
  const __m128i cdgh = _mm_set_epi32(word(2), word(3), word(6), word(7));
  for (std::size_t i = 0; i < messages.size(); i += 2) {
    const std::size_t other = i + 1 < messages.size() ? i + 1 : i;
    Lane a{abef, cdgh, {}};
    Lane b{abef, cdgh, {}};
    load(a, messages[i].block());
    load(b, messages[other].block());
    all_rounds<0>(a, b);
    store(a, abef, cdgh, out[i]);
    store(b, abef, cdgh, out[other]);
  }
}
#endif

using Way = void (*)(std::span<const ShortMessage>, Hash*);

Way best_way() {
#if defined(__x86_64__)
  // CPUID leaf 7, EBX bit 29: GCC 12 cannot ask for "sha" by name.
  std::uint32_t a = 7, b = 0, c = 0, d = 0;
  __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
  if ((b >> 29 & 1) != 0 && __builtin_cpu_supports("sse4.1") && __builtin_cpu_supports("ssse3"))
    return in_pairs;
#endif
  return one_by_one;
}

}  // namespace

void sha256_short(std::span<const ShortMessage> messages, Hash* out) {
  static const Way way = best_way();
  way(messages, out);
}

}  // namespace muniment::base
