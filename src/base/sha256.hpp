// SHA-256 (FIPS 180-4), by OpenSSL.
//
// The ledger hashes a few hundred short messages for each post, so this file reaches for OpenSSL's
// block function and pads by hand: on OpenSSL 3.0 that costs about 40 ns a block against 280 ns
// for the one-shot call.  That interface is deprecated, not gone; everything that depends on it is
// in sha256.cpp.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"

namespace muniment::base {

// A message built from parts.  Reset by finish().  One thread at a time.
class Sha256 {
 public:
  Sha256() { reset(); }
  void reset();
  void byte(std::uint8_t value) { append(&value, 1); }
  void u16(std::uint16_t value);
  void u32(std::uint32_t value);
  void u64(std::uint64_t value);
  void bytes(std::string_view text) { append(text.data(), text.size()); }
  void hash(const Hash& value) { append(value.data(), value.size()); }
  Hash finish();

 private:
  void append(const void* bytes, std::size_t size);
  void compress(const std::uint8_t* block);
  void compress_run(const std::uint8_t* blocks, std::size_t size);  // size: a multiple of 64

  std::uint32_t state_[8];
  std::uint64_t length_ = 0;
  std::uint8_t block_[64];
  std::size_t held_ = 0;
};

Hash sha256(std::string_view message);

// RFC 6962 section 2.1: the hash of a leaf, and of two nodes.
Hash leaf_hash(std::string_view leaf);
Hash node_hash(const Hash& left, const Hash& right);

}  // namespace muniment::base
