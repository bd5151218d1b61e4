// Hashes, hexadecimal and base64.  Byte strings are std::string: most of ours are text.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace muniment::base {

using Hash = std::array<std::uint8_t, 32>;    // a SHA-256 value
using Secret = std::array<std::uint8_t, 32>;  // never logged, never printed

inline std::string_view view(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline std::span<const std::uint8_t> span_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string to_hex(std::string_view bytes);
inline std::string to_hex(const Hash& hash) {
  return to_hex(view(hash));
}

// RFC 4648 section 4, padded.  Decoding is strict: wrong alphabet, wrong padding, stray bits and
// white space give nullopt, so that one value has exactly one spelling.
std::string to_base64(std::string_view bytes);
inline std::string to_base64(const Hash& hash) {
  return to_base64(view(hash));
}
std::optional<std::string> from_base64(std::string_view text);
std::optional<Hash> hash_from_base64(std::string_view text);

// Appends without a temporary; the append path runs this for each entry.
void append_base64(std::string& out, std::string_view bytes);

// A 32-byte string as a Hash; nullopt when the length differs.
std::optional<Hash> as_hash(std::string_view bytes);

void append_u16(std::string& out, std::uint16_t value);  // big-endian
void append_u32(std::string& out, std::uint32_t value);
void append_u64(std::string& out, std::uint64_t value);

}  // namespace muniment::base
