#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/sha256.hpp"

#include <openssl/sha.h>

#include <cstring>

namespace muniment::base {
namespace {

constexpr std::uint32_t kInitial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

void store_u32(std::uint8_t* out, std::uint32_t value) {
  value = __builtin_bswap32(value);
  std::memcpy(out, &value, sizeof value);
}

void store_u64(std::uint8_t* out, std::uint64_t value) {
  value = __builtin_bswap64(value);
  std::memcpy(out, &value, sizeof value);
}

}  // namespace

void Sha256::reset() {
  std::memcpy(state_, kInitial, sizeof state_);
  length_ = 0;
  held_ = 0;
}

void Sha256::compress(const std::uint8_t* block) {
  // SHA256_Transform reads and writes only the eight state words at the head of SHA256_CTX.
  SHA256_CTX context;
  std::memcpy(context.h, state_, sizeof state_);
  SHA256_Transform(&context, block);
  std::memcpy(state_, context.h, sizeof state_);
}

// Many blocks in one call: the state stays in registers between them.
void Sha256::compress_run(const std::uint8_t* blocks, std::size_t size) {
  SHA256_CTX context = {};
  std::memcpy(context.h, state_, sizeof state_);
  SHA256_Update(&context, blocks, size);
  std::memcpy(state_, context.h, sizeof state_);
}

void Sha256::append(const void* bytes, std::size_t size) {
  const auto* in = static_cast<const std::uint8_t*>(bytes);
  if (size == 0) return;  // an empty view may have no address
  length_ += size;
  if (held_ + size < sizeof block_) {
    std::memcpy(block_ + held_, in, size);
    held_ += size;
    return;
  }
  if (held_ > 0) {
    const std::size_t take = sizeof block_ - held_;
    std::memcpy(block_ + held_, in, take);
    compress(block_);
    in += take;
    size -= take;
  }
  if (const std::size_t whole = size - size % sizeof block_; whole > 0) {
    compress_run(in, whole);
    in += whole;
    size -= whole;
  }
  std::memcpy(block_, in, size);
  held_ = size;
}

void Sha256::u16(std::uint16_t value) {
  const std::uint8_t bytes[2] = {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
  append(bytes, sizeof bytes);
}

void Sha256::u32(std::uint32_t value) {
  std::uint8_t bytes[4];
  store_u32(bytes, value);
  append(bytes, sizeof bytes);
}

void Sha256::u64(std::uint64_t value) {
  std::uint8_t bytes[8];
  store_u64(bytes, value);
  append(bytes, sizeof bytes);
}

Hash Sha256::finish() {
  block_[held_++] = 0x80;
  if (held_ > 56) {
    std::memset(block_ + held_, 0, sizeof block_ - held_);
    compress(block_);
    held_ = 0;
  }
  std::memset(block_ + held_, 0, 56 - held_);
  store_u64(block_ + 56, length_ * 8);
  compress(block_);
  Hash out;
  for (std::size_t i = 0; i < 8; ++i) store_u32(out.data() + 4 * i, state_[i]);
  reset();
  return out;
}

Hash sha256(std::string_view message) {
  Sha256 hasher;
  hasher.bytes(message);
  return hasher.finish();
}

Hash leaf_hash(std::string_view leaf) {
  Sha256 hasher;
  hasher.byte(0x00);
  hasher.bytes(leaf);
  return hasher.finish();
}

Hash node_hash(const Hash& left, const Hash& right) {
  // Verifying a ledger runs this ten times for each entry: the 65 bytes and their padding are laid out at
  // once.
  std::uint8_t blocks[128] = {0x01};
  std::memcpy(blocks + 1, left.data(), left.size());
  std::memcpy(blocks + 33, right.data(), right.size());
  blocks[65] = 0x80;
  store_u64(blocks + 120, 65 * 8);
  SHA256_CTX context;
  std::memcpy(context.h, kInitial, sizeof kInitial);
  SHA256_Transform(&context, blocks);
  SHA256_Transform(&context, blocks + 64);
  Hash out;
  for (std::size_t i = 0; i < 8; ++i) store_u32(out.data() + 4 * i, context.h[i]);
  return out;
}

}  // namespace muniment::base
