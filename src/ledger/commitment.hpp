// Commitments to every word of a body: format.md section 1, docs/formats/entry.md.
#pragma once

#include <span>
#include <vector>

#include "base/bytes.hpp"
#include "ledger/entry.hpp"
#include "records/body.hpp"

namespace muniment::ledger {

base::Hash field_seed(const base::Secret& secret, Seq seq, std::uint16_t field);
base::Hash segment_salt(const base::Hash& seed, std::uint32_t segment);
base::Hash segment_commitment(const base::Hash& salt, std::string_view bytes);
base::Hash field_digest(std::span<const base::Hash> commitments);

// d_j of one field under its seed.
base::Hash field_digest(const base::Hash& seed, const records::Field& field);

// B over a whole body.
base::Hash body_commitment(const base::Secret& secret, Seq seq, const records::Body& body);

struct CommitJob {
  base::Secret secret{};
  Seq seq = 0;
  const records::Body* body = nullptr;
};
// B of each; several are quicker together.  Good until this thread's next call.
std::span<const base::Hash> body_commitments(std::span<const CommitJob> jobs);

// The keys that seal a body and its attachments at rest.
base::Hash body_key(const base::Secret& secret, Seq seq);
base::Hash attachment_key(const base::Secret& secret, Seq seq, std::uint16_t attachment);

// Seals what was derived from an attachment and is kept outside the ledger, so that it goes with the secret.
// `salt`: 16 random bytes, new for each value.
base::Hash derived_key(const base::Secret& secret, Seq seq, std::uint16_t attachment, std::string_view salt);

}  // namespace muniment::ledger
