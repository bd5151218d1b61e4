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

// Hashes stand side by side without gaps, so all of them are one run of bytes.
std::string_view side_by_side(std::span<const Hash> hashes) {
  static_assert(sizeof(Hash) == 32);
  return {reinterpret_cast<const char*>(hashes.data()), hashes.size_bytes()};
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
  hasher.bytes(side_by_side(commitments));
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

void BodyCommitter::hash_all(std::vector<Hash>& out) {
  out.resize(used_);
  base::sha256_many(std::span(messages_).first(used_), out.data());
  used_ = 0;
}

void BodyCommitter::hash_seeds(std::span<const CommitterJob> jobs) {
  for (const auto& job : jobs)
    for (std::size_t j = 0; j < job.fields.size(); ++j) {
      auto& message = next(kSeed);
      message.hash(*job.secret);
      message.big_endian(job.seq);
      message.big_endian(static_cast<std::uint16_t>(j));
      message.end();
    }
  hash_all(seeds_);
}

void BodyCommitter::hash_salts(std::span<const CommitterJob> jobs) {
  std::size_t seed = 0;
  for (const auto& job : jobs)
    for (const auto& field : job.fields) {
      for (std::uint32_t i = 0; i < field.lengths.size(); ++i) {
        auto& message = next(kSalt);
        message.hash(seeds_[seed]);
        message.big_endian(i);
        message.end();
      }
      ++seed;
    }
  hash_all(salts_);
}

void BodyCommitter::hash_segments(std::span<const CommitterJob> jobs) {
  std::size_t salt = 0;
  for (const auto& job : jobs)
    for (const auto& field : job.fields) {
      std::string_view rest = field.value;
      for (const auto length : field.lengths) {
        auto& message = next(kSegment);
        message.hash(salts_[salt++]);
        message.end(rest.substr(0, length));
        rest.remove_prefix(length);
      }
    }
  hash_all(commitments_);
}

void BodyCommitter::hash_digests(std::span<const CommitterJob> jobs) {
  std::size_t at = 0;
  for (const auto& job : jobs)
    for (const auto& field : job.fields) {
      auto& message = next(kField);
      message.big_endian(static_cast<std::uint32_t>(field.lengths.size()));
      message.end(side_by_side(std::span(commitments_).subspan(at, field.lengths.size())));
      at += field.lengths.size();
    }
  hash_all(digests_);
}

void BodyCommitter::hash_bodies(std::span<const CommitterJob> jobs) {
  named_.clear();
  std::size_t digest = 0;
  for (const auto& job : jobs)
    for (const auto& field : job.fields) {
      named_.push_back(static_cast<char>(field.name.size()));
      named_.append(field.name).append(base::view(digests_[digest++]));
    }
  std::string_view rest = named_;
  for (const auto& job : jobs) {
    std::size_t size = 0;
    for (const auto& field : job.fields) size += 1 + field.name.size() + sizeof(Hash);
    auto& message = next(kBody);
    message.big_endian(static_cast<std::uint16_t>(job.fields.size()));
    message.end(rest.substr(0, size));
    rest.remove_prefix(size);
  }
  hash_all(bodies_);
}

std::span<const Hash> BodyCommitter::commit(std::span<const CommitterJob> jobs) {
  hash_seeds(jobs);
  hash_salts(jobs);
  hash_segments(jobs);
  hash_digests(jobs);
  hash_bodies(jobs);
  return bodies_;
}

Hash BodyCommitter::commit(const base::Secret& secret, std::uint64_t seq, std::span<const FieldView> fields) {
  const CommitterJob job{&secret, seq, fields};
  return commit({&job, 1}).front();
}

}  // namespace muniment::verify
