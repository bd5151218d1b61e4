#include "ledger/commitment.hpp"

#include "base/sha256.hpp"

namespace muniment::ledger {
namespace {

// Domain separators, first byte of every message hashed here.
constexpr std::uint8_t kSegment = 0x10;
constexpr std::uint8_t kField = 0x11;
constexpr std::uint8_t kBody = 0x12;
constexpr std::uint8_t kSeed = 0x20;
constexpr std::uint8_t kSalt = 0x21;
constexpr std::uint8_t kBodyKey = 0x22;
constexpr std::uint8_t kAttachmentKey = 0x23;

}  // namespace

base::Hash field_seed(const base::Secret& secret, Seq seq, std::uint16_t field) {
  base::Sha256 hasher;
  hasher.byte(kSeed);
  hasher.hash(secret);
  hasher.u64(seq);
  hasher.u16(field);
  return hasher.finish();
}

base::Hash segment_salt(const base::Hash& seed, std::uint32_t segment) {
  base::Sha256 hasher;
  hasher.byte(kSalt);
  hasher.hash(seed);
  hasher.u32(segment);
  return hasher.finish();
}

base::Hash segment_commitment(const base::Hash& salt, std::string_view bytes) {
  base::Sha256 hasher;
  hasher.byte(kSegment);
  hasher.hash(salt);
  hasher.bytes(bytes);
  return hasher.finish();
}

base::Hash field_digest(std::span<const base::Hash> commitments) {
  base::Sha256 hasher;
  hasher.byte(kField);
  hasher.u32(static_cast<std::uint32_t>(commitments.size()));
  for (const auto& commitment : commitments) hasher.hash(commitment);
  return hasher.finish();
}

base::Hash field_digest(const base::Hash& seed, const records::Field& field) {
  const std::size_t count = records::segment_count(field);
  base::Sha256 digest;
  digest.byte(kField);
  digest.u32(static_cast<std::uint32_t>(count));
  for (std::uint32_t i = 0; i < count; ++i)
    digest.hash(segment_commitment(segment_salt(seed, i), records::segment(field, i)));
  return digest.finish();
}

base::Hash body_commitment(const base::Secret& secret, Seq seq, const records::Body& body) {
  base::Sha256 hasher;
  hasher.byte(kBody);
  hasher.u16(static_cast<std::uint16_t>(body.size()));
  for (std::uint16_t j = 0; j < body.size(); ++j) {
    hasher.byte(static_cast<std::uint8_t>(body[j].name.size()));
    hasher.bytes(body[j].name);
    hasher.hash(field_digest(field_seed(secret, seq, j), body[j]));
  }
  return hasher.finish();
}

base::Hash body_key(const base::Secret& secret, Seq seq) {
  base::Sha256 hasher;
  hasher.byte(kBodyKey);
  hasher.hash(secret);
  hasher.u64(seq);
  return hasher.finish();
}

base::Hash attachment_key(const base::Secret& secret, Seq seq, std::uint16_t attachment) {
  base::Sha256 hasher;
  hasher.byte(kAttachmentKey);
  hasher.hash(secret);
  hasher.u64(seq);
  hasher.u16(attachment);
  return hasher.finish();
}

}  // namespace muniment::ledger
