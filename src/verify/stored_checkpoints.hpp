// The signed checkpoints in ledger.db, and what the signer remembers of the last one.
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

class CheckpointCheck {
 public:
  // Reads the rows; what cannot be read is reported.  The policy may be absent: then signatures
  // are not judged, and that is reported as "could not be checked".
  // `last`: the signer's state, where it is there.
  CheckpointCheck(db::Database& database, const std::string& origin, const std::optional<Policy>& policy,
                  const std::optional<Checkpoint>& last, Report& report);

  // The size of the next checkpoint, or of the signer's state, that waits for the root of its tree.
  std::optional<std::uint64_t> next() const;
  // The root of the tree of next() leaves, recomputed.
  void compare(const base::Hash& root);
  // So many entries the newest checkpoint covers; 0: there is none.
  std::uint64_t covered() const { return rows_.empty() ? 0 : rows_.back().size; }
  // After the last entry: signatures, and checkpoints that cover more entries than there are.
  void finish(std::uint64_t entries);

 private:
  struct Row {
    std::uint64_t size = 0;
    std::string note;
    std::optional<base::Hash> root;  // as the note says; absent when the note is malformed
  };
  void read(db::Database& database);
  void read_note(Row& row);
  void check_signature(const Row& row);

  const std::string& origin_;
  const std::optional<Policy>& policy_;
  Report& report_;
  std::vector<Row> rows_;
  std::optional<Checkpoint> last_;  // until it was compared
  std::size_t at_ = 0;
  std::size_t unwitnessed_ = 0;
};

}  // namespace muniment::verify
