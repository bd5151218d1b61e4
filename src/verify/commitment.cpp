#include "verify/commitment.hpp"

#include "base/sha256.hpp"

namespace muniment::verify {
namespace {

using base::Hash;
using base::Sha256;

// The first byte of every hash says what it is for.
constexpr std::uint8_t kSegment = 0x10;
constexpr std::uint8_t kField = 0x11;
constexpr std::uint8_t kBody = 0x12;
constexpr std::uint8_t kSeed = 0x20;
constexpr std::uint8_t kSalt = 0x21;

Hash field_seed(const base::Secret& secret, std::uint64_t seq, std::uint16_t field) {
  Sha256 hasher;
  hasher.byte(kSeed);
  hasher.hash(secret);
  hasher.u64(seq);
  hasher.u16(field);
  return hasher.finish();
}

}  // namespace

bool is_field_name(std::string_view name) {
  if (name.empty() || name.size() > 64) return false;
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (!plain(name[0])) return false;
  for (const char c : name)
    if (!plain(c) && c != '.' && c != '_' && c != '-') return false;
  return true;
}

Hash segment_salt(const Hash& seed, std::uint32_t segment) {
  Sha256 hasher;
  hasher.byte(kSalt);
  hasher.hash(seed);
  hasher.u32(segment);
  return hasher.finish();
}

Hash segment_commitment(const Hash& salt, std::string_view bytes) {
  Sha256 hasher;
  hasher.byte(kSegment);
  hasher.hash(salt);
  hasher.bytes(bytes);
  return hasher.finish();
}

Hash field_digest(std::span<const Hash> commitments) {
  Sha256 hasher;
  hasher.byte(kField);
  hasher.u32(static_cast<std::uint32_t>(commitments.size()));
  for (const auto& commitment : commitments) hasher.hash(commitment);
  return hasher.finish();
}

Hash body_commitment(std::span<const NamedDigest> fields) {
  Sha256 hasher;
  hasher.byte(kBody);
  hasher.u16(static_cast<std::uint16_t>(fields.size()));
  for (const auto& field : fields) {
    hasher.byte(static_cast<std::uint8_t>(field.name.size()));
    hasher.bytes(field.name);
    hasher.hash(field.digest);
  }
  return hasher.finish();
}

Hash BodyCommitter::commit(const base::Secret& secret, std::uint64_t seq, std::span<const FieldView> fields) {
  digests_.clear();
  for (std::size_t j = 0; j < fields.size(); ++j) {
    const Hash seed = field_seed(secret, seq, static_cast<std::uint16_t>(j));
    commitments_.clear();
    std::string_view rest = fields[j].value;
    for (std::uint32_t i = 0; i < fields[j].lengths.size(); ++i) {
      commitments_.push_back(segment_commitment(segment_salt(seed, i), rest.substr(0, fields[j].lengths[i])));
      rest.remove_prefix(fields[j].lengths[i]);
    }
    digests_.push_back({fields[j].name, field_digest(commitments_)});
  }
  return body_commitment(digests_);
}

}  // namespace muniment::verify
