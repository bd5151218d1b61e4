#include "ledger/commitment.hpp"

#include "base/sha256.hpp"
#include "base/sha256_short.hpp"

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

namespace {

// Commits to a whole body: hashes that do not wait for each other go side by side (base/sha256_short.hpp).
// Keeps its room between bodies.
class Committer {
 public:
  base::Hash commit(const base::Secret& secret, Seq seq, const records::Body& body) {
    derive_seeds(secret, seq, body.size());
    derive_salts(body);
    commit_segments(body);
    digest_fields(body);
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

 private:
  base::ShortMessage& next(std::uint8_t domain, const base::Hash& under) {
    auto& message = messages_.emplace_back();
    message.start(domain);
    message.hash(under);
    return message;
  }

  void hash_into(std::vector<base::Hash>& out) {
    out.resize(messages_.size());
    base::sha256_short(messages_, out.data());
    messages_.clear();
  }

  void derive_seeds(const base::Secret& secret, Seq seq, std::size_t fields) {
    for (std::uint16_t j = 0; j < fields; ++j) {
      auto& message = next(kSeed, secret);
      message.big_endian(seq);
      message.big_endian(j);
      message.pad();
    }
    hash_into(seeds_);
  }

  void derive_salts(const records::Body& body) {
    for (std::size_t j = 0; j < body.size(); ++j)
      for (std::uint32_t i = 0; i < records::segment_count(body[j]); ++i) {
        auto& message = next(kSalt, seeds_[j]);
        message.big_endian(i);
        message.pad();
      }
    hash_into(salts_);
  }

  void commit_segments(const records::Body& body) {
    commitments_.resize(salts_.size());
    short_ones_.clear();
    std::size_t at = 0;
    for (const auto& field : body)
      for (std::size_t i = 0; i < records::segment_count(field); ++i, ++at) {
        const auto bytes = records::segment(field, i);
        if (1 + std::tuple_size_v<base::Hash> + bytes.size() > base::kShortMessage) {
          commitments_[at] = segment_commitment(salts_[at], bytes);
          continue;
        }
        auto& message = next(kSegment, salts_[at]);
        message.bytes(bytes);
        message.pad();
        short_ones_.push_back(at);
      }
    hash_into(hashed_);
    for (std::size_t i = 0; i < short_ones_.size(); ++i) commitments_[short_ones_[i]] = hashed_[i];
  }

  void digest_fields(const records::Body& body) {
    digests_.resize(body.size());
    std::size_t at = 0;
    for (std::size_t j = 0; j < body.size(); ++j) {
      const std::size_t count = records::segment_count(body[j]);
      digests_[j] = field_digest(std::span(commitments_).subspan(at, count));
      at += count;
    }
  }

  std::vector<base::ShortMessage> messages_;
  std::vector<base::Hash> seeds_, salts_, commitments_, hashed_, digests_;
  std::vector<std::size_t> short_ones_;
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
