#include "index/keys.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/check.hpp"

namespace muniment::index {
namespace {

std::uint64_t load(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

struct State {
  std::uint64_t a, b, c, d;
  void round() {
    a += b;
    c += d;
    b = std::rotl(b, 13) ^ a;
    d = std::rotl(d, 16) ^ c;
    a = std::rotl(a, 32);
    c += b;
    a += d;
    b = std::rotl(b, 17) ^ c;
    d = std::rotl(d, 21) ^ a;
    c = std::rotl(c, 32);
  }
  void take(std::uint64_t word) {
    d ^= word;
    round();
    a ^= word;
  }
};

// 47 bits and a sign take six bytes in SQLite's row format; 0 is kept for "not computed".
std::uint64_t digest_of(std::uint64_t hash) {
  const std::uint64_t digest = hash >> 17;
  return digest == 0 ? 1 : digest;
}

}  // namespace

Keys::Keys(std::string_view key) {
  MUNIMENT_CHECK(key.size() == 16, "an index's key has 16 bytes");
  k0_ = load(key.data());
  k1_ = load(key.data() + 8);
}

std::uint64_t Keys::sip(std::string_view bytes) const {
  State state{k0_ ^ 0x736f6d6570736575U, k1_ ^ 0x646f72616e646f6dU, k0_ ^ 0x6c7967656e657261U,
              k1_ ^ 0x7465646279746573U};
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) state.take(load(bytes.data() + at));
  std::uint64_t last = static_cast<std::uint64_t>(bytes.size()) << 56;
  for (std::size_t i = 0; at + i < bytes.size(); ++i)
    last |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  state.take(last);
  state.c ^= 0xFF;
  for (int i = 0; i < 3; ++i) state.round();
  return state.a ^ state.b ^ state.c ^ state.d;
}

std::int64_t Keys::pair(char domain, std::string_view platform, std::string_view id) const {
  const std::size_t size = platform.size() + id.size() + 2;
  std::array<char, 512> few;
  std::string many(size > few.size() ? size : 0, '\0');
  char* const begin = many.empty() ? few.data() : many.data();
  char* at = begin;
  *at++ = domain;
  at = std::copy(platform.begin(), platform.end(), at);
  *at++ = '\0';
  std::copy(id.begin(), id.end(), at);
  return static_cast<std::int64_t>(sip({begin, size}));
}

std::int64_t Keys::item(std::string_view platform, std::string_view id) const {
  return pair('i', platform, id);
}

std::int64_t Keys::account(std::string_view platform, std::string_view id) const {
  return pair('a', platform, id);
}

std::int64_t Keys::platform(std::string_view name) const {
  return pair('p', name, {});
}

std::int64_t Keys::source(std::string_view name) const {
  return pair('s', name, {});
}

std::string Keys::page_register(std::string_view sha256) const {
  return "page-" + std::to_string(raw_digest(sha256));
}

std::string Keys::unread_register(std::string_view sha256) const {
  return "unread-" + std::to_string(raw_digest(sha256));
}

std::uint64_t Keys::raw_digest(std::string_view raw) const {
  return digest_of(sip(raw));
}

std::uint64_t Keys::raw_digest(const records::Body& body) const {
  if (const auto raw = records::value_of(body, "raw")) return raw_digest(*raw);
  return raw_digest(records::bytes_of(body, "raw").value_or(""));
}

Digests Keys::digests(const records::Interaction& interaction, std::string_view raw) const {
  return {digest_of(sip(records::version_content(interaction))), raw_digest(raw)};
}

Digests Keys::digests(const records::Body& body) const {
  return {digest_of(sip(records::version_content(records::interaction_of(body)))), raw_digest(body)};
}

}  // namespace muniment::index
