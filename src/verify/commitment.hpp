// Commitments to every word of a body (docs/formats/entry.md).
// `ledger` has its own; the repetition is on purpose.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/sha256_many.hpp"

namespace muniment::verify {

inline constexpr std::size_t kMostFields = 65535;
inline constexpr std::uint64_t kMostSegments = 1 << 20;  // in one field

bool is_field_name(std::string_view name);  // [a-z0-9][a-z0-9._-]{0,63}

// One field of an unsealed body; views into the body's bytes.
struct FieldView {
  std::string_view name;
  std::string_view value;
  std::span<const std::uint32_t> lengths;  // of the segments; their sum is value.size()
};

base::Hash segment_salt(const base::Hash& seed, std::uint32_t segment);
base::Hash segment_commitment(const base::Hash& salt, std::string_view bytes);
// d: binds the commitments of all segments of a field.  At least one.
base::Hash field_digest(std::span<const base::Hash> commitments);

struct NamedDigest {
  std::string_view name;
  base::Hash digest;
};
// B, from the digests of all fields in ascending order of their names.
base::Hash body_commitment(std::span<const NamedDigest> fields);

// A body to commit to.
struct CommitterJob {
  const base::Secret* secret = nullptr;
  std::uint64_t seq = 0;
  std::span<const FieldView> fields;
};

// B, from the secret and the words.  Keeps its memory between calls; one thread at a time.
//
// Seeds, salts, commitments and digests are hashed a step at a time for several bodies together, because
// messages that do not wait for each other are hashed faster side by side (base/sha256_many.hpp).
class BodyCommitter {
 public:
  base::Hash commit(const base::Secret& secret, std::uint64_t seq, std::span<const FieldView> fields);
  // One for each job; good until the next call.
  std::span<const base::Hash> commit(std::span<const CommitterJob> jobs);

 private:
  base::Message& next(std::uint8_t domain) {
    if (used_ == messages_.size()) messages_.resize(2 * used_ + 64);
    auto& message = messages_[used_++];
    message.start(domain);
    return message;
  }
  void hash_all(std::vector<base::Hash>& out);  // of the messages used, which are free again
  void hash_seeds(std::span<const CommitterJob> jobs);
  void hash_salts(std::span<const CommitterJob> jobs);
  void hash_segments(std::span<const CommitterJob> jobs);
  void hash_digests(std::span<const CommitterJob> jobs);
  void hash_bodies(std::span<const CommitterJob> jobs);

  std::vector<base::Message> messages_;  // kept between calls; the first used_ are in use
  std::size_t used_ = 0;
  // Of all bodies, one after another.
  std::vector<base::Hash> seeds_, salts_, commitments_, digests_, bodies_;
  std::string named_;  // each body's names and digests
};

}  // namespace muniment::verify
