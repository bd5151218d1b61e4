// The chain: every leaf, and the tree hash of everything before it that each leaf names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "db/database.hpp"
#include "verify/note.hpp"
#include "verify/policy.hpp"
#include "verify/report.hpp"

namespace muniment::verify {

// What later steps need to know of the entries.
struct Chain {
  std::uint64_t size = 0;                // entries read, from 0, without a gap
  base::Hash root{};                     // over all of them
  std::vector<std::uint64_t> disposals;  // numbers of the entries of kind "disposal"
  std::uint64_t covered = 0;             // entries under the newest checkpoint
  bool whole = false;                    // the table was read to its end
};

// Reads every entry in order, recomputes leaves, tree hashes, tiles and checkpoints, and compares.  `last`:
// the signer's state, where it is there.
Chain check_chain(db::Database& database, const std::string& origin, const std::optional<Policy>& policy,
                  const std::optional<Checkpoint>& last, Report& report);

// The tree hashes over the first sizes[0], sizes[1], … entries (ascending), from the entries as they are
// stored. Fewer than asked for when the entries end, or stop being entries, before.
Result<std::vector<base::Hash>> roots_at(db::Database& database, const std::string& origin,
                                         const std::vector<std::uint64_t>& sizes);

}  // namespace muniment::verify
