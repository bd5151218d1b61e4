// The tiles in ledger.db against the leaves as they are.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.hpp"
#include "db/database.hpp"
#include "verify/report.hpp"

namespace muniment::verify {

// Level 0 is compared while the leaves go by, the levels above from the roots of the tiles below.
class TileCheck {
 public:
  TileCheck(db::Database& database, Report& report) : database_(database), report_(report) {}

  // The next 256 leaves and the tree hash over them.
  void add(std::span<const base::Hash> leaves, const base::Hash& root);
  // After the last leaf: the levels above, and rows that stand for nothing.
  void finish();

 private:
  void compare(std::uint64_t level, std::uint64_t index, std::span<const base::Hash> hashes,
               const base::Hash& root);
  bool next_row();

  db::Database& database_;
  Report& report_;
  std::optional<db::Statement> rows_;
  bool row_ = false;     // a row of rows_ waits to be compared
  bool failed_ = false;  // the table could not be read on
  std::vector<base::Hash> roots_;
};

}  // namespace muniment::verify
