#include "ledger/commitment.hpp"

#include "base/sha256.hpp"
#include "base/sha256_many.hpp"

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

// Hashes stand in memory without gaps, so all of them are one run of bytes.
std::string_view side_by_side(std::span<const base::Hash> hashes) {
  static_assert(sizeof(base::Hash) == 32);
  return {reinterpret_cast<const char*>(hashes.data()), hashes.size_bytes()};
}

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
  hasher.bytes(side_by_side(commitments));
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

namespace {

// Commits to a whole body, step by step: the hashes of a step do not wait for each other and go side by
// side (base/sha256_many.hpp).  Keeps its room between bodies.
class Committer {
 public:
  base::Hash commit(const base::Secret& secret, Seq seq, const records::Body& body) {
    derive_seeds(secret, seq, body.size());
    derive_salts(body);
    commit_segments(body);
    digest_fields(body);
    return bind_names(body);
  }

 private:
  base::Message& next(std::uint8_t domain) {
    if (used_ == messages_.size()) messages_.resize(2 * used_ + 64);
    auto& message = messages_[used_++];
    message.start(domain);
    return message;
  }

  void hash_into(std::vector<base::Hash>& out) {
    out.resize(used_);
    base::sha256_many(std::span(messages_).first(used_), out.data());
    used_ = 0;
  }

  void derive_seeds(const base::Secret& secret, Seq seq, std::size_t fields) {
    for (std::uint16_t j = 0; j < fields; ++j) {
      auto& message = next(kSeed);
      message.hash(secret);
      message.big_endian(seq);
      message.big_endian(j);
      message.end();
    }
    hash_into(seeds_);
  }

  void derive_salts(const records::Body& body) {
    for (std::size_t j = 0; j < body.size(); ++j)
      for (std::uint32_t i = 0; i < records::segment_count(body[j]); ++i) {
        auto& message = next(kSalt);
        message.hash(seeds_[j]);
        message.big_endian(i);
        message.end();
      }
    hash_into(salts_);
  }

  void commit_segments(const records::Body& body) {
    std::size_t at = 0;
    for (const auto& field : body)
      for (std::size_t i = 0; i < records::segment_count(field); ++i) {
        auto& message = next(kSegment);
        message.hash(salts_[at++]);
        message.end(records::segment(field, i));
      }
    hash_into(commitments_);
  }

  void digest_fields(const records::Body& body) {
    std::size_t at = 0;
    for (const auto& field : body) {
      const std::size_t count = records::segment_count(field);
      auto& message = next(kField);
      message.big_endian(static_cast<std::uint32_t>(count));
      message.end(side_by_side(std::span(commitments_).subspan(at, count)));
      at += count;
    }
    hash_into(digests_);
  }

  base::Hash bind_names(const records::Body& body) const {
    base::Sha256 hasher;
    hasher.byte(kBody);
    hasher.u16(static_cast<std::uint16_t>(body.size()));
    for (std::size_t j = 0; j < body.size(); ++j) {
      hasher.byte(static_cast<std::uint8_t>(body[j].name.size()));
      hasher.bytes(body[j].name);
      hasher.hash(digests_[j]);
    }
    return hasher.finish();
  }

  std::vector<base::Message> messages_;  // the first used_ are in use
  std::size_t used_ = 0;
  std::vector<base::Hash> seeds_, salts_, commitments_, digests_;  // of all fields, one after another
};

}  // namespace

base::Hash body_commitment(const base::Secret& secret, Seq seq, const records::Body& body) {
  thread_local Committer committer;
  return committer.commit(secret, seq, body);
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
