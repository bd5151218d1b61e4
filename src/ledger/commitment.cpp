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
constexpr std::uint8_t kDerivedKey = 0x24;

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

// Commits to bodies step by step: the hashes of a step do not wait for each other and go side by side
// (base/sha256_many.hpp).  Keeps its room between calls.
class Committer {
 public:
  std::span<const base::Hash> commit(std::span<const CommitJob> jobs) {
    derive_seeds(jobs);
    derive_salts(jobs);
    commit_segments(jobs);
    digest_fields(jobs);
    bind_names(jobs);
    return bodies_;
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

  void derive_seeds(std::span<const CommitJob> jobs) {
    for (const auto& job : jobs)
      for (std::uint16_t j = 0; j < job.body->size(); ++j) {
        auto& message = next(kSeed);
        message.hash(job.secret);
        message.big_endian(job.seq);
        message.big_endian(j);
        message.end();
      }
    hash_into(seeds_);
  }

  void derive_salts(std::span<const CommitJob> jobs) {
    std::size_t seed = 0;
    for (const auto& job : jobs)
      for (const auto& field : *job.body) {
        for (std::uint32_t i = 0; i < records::segment_count(field); ++i) {
          auto& message = next(kSalt);
          message.hash(seeds_[seed]);
          message.big_endian(i);
          message.end();
        }
        ++seed;
      }
    hash_into(salts_);
  }

  void commit_segments(std::span<const CommitJob> jobs) {
    std::size_t salt = 0;
    for (const auto& job : jobs)
      for (const auto& field : *job.body)
        for (std::size_t i = 0; i < records::segment_count(field); ++i) {
          auto& message = next(kSegment);
          message.hash(salts_[salt++]);
          message.end(records::segment(field, i));
        }
    hash_into(commitments_);
  }

  void digest_fields(std::span<const CommitJob> jobs) {
    std::size_t at = 0;
    for (const auto& job : jobs)
      for (const auto& field : *job.body) {
        const std::size_t count = records::segment_count(field);
        auto& message = next(kField);
        message.big_endian(static_cast<std::uint32_t>(count));
        message.end(side_by_side(std::span(commitments_).subspan(at, count)));
        at += count;
      }
    hash_into(digests_);
  }

  void bind_names(std::span<const CommitJob> jobs) {
    named_.clear();
    std::size_t digest = 0;
    for (const auto& job : jobs)
      for (const auto& field : *job.body) {
        named_.push_back(static_cast<char>(field.name.size()));
        named_.append(field.name).append(base::view(digests_[digest++]));
      }
    std::string_view rest = named_;
    for (const auto& job : jobs) {
      std::size_t size = 0;
      for (const auto& field : *job.body) size += 1 + field.name.size() + sizeof(base::Hash);
      auto& message = next(kBody);
      message.big_endian(static_cast<std::uint16_t>(job.body->size()));
      message.end(rest.substr(0, size));
      rest.remove_prefix(size);
    }
    hash_into(bodies_);
  }

  std::vector<base::Message> messages_;  // the first used_ are in use
  std::size_t used_ = 0;
  // Of all bodies, one after another.
  std::vector<base::Hash> seeds_, salts_, commitments_, digests_, bodies_;
  std::string named_;  // each body's names and digests
};

}  // namespace

std::span<const base::Hash> body_commitments(std::span<const CommitJob> jobs) {
  thread_local Committer committer;
  return committer.commit(jobs);
}

base::Hash body_commitment(const base::Secret& secret, Seq seq, const records::Body& body) {
  const CommitJob job{secret, seq, &body};
  return body_commitments({&job, 1}).front();
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

base::Hash derived_key(const base::Secret& secret, Seq seq, std::uint16_t attachment, std::string_view salt) {
  base::Sha256 hasher;
  hasher.byte(kDerivedKey);
  hasher.hash(secret);
  hasher.u64(seq);
  hasher.u16(attachment);
  hasher.bytes(salt);
  return hasher.finish();
}

}  // namespace muniment::ledger
