// Single bodies, by their numbers: disposals, and items of pages that lie far from their page.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "db/database.hpp"
#include "muniment/result.hpp"
#include "verify/packed_body.hpp"
#include "verify/presence.hpp"

namespace muniment::verify {

// Own connections to both databases; one thread at a time.
class StoredBodies {
 public:
  // `keys.db` must be there.  Errors as db::Database::open.
  static Result<StoredBodies> open(const std::filesystem::path& archive, std::string_view dictionary);

  // True: opened, and it matches the commitment of its entry.  False: gone, sealed otherwise, or different;
  // the pass over all bodies says which.
  bool read(std::uint64_t seq, OpenBody& body);

 private:
  StoredBodies(db::Database ledger, db::Database keys, std::string_view dictionary);
  db::Database ledger_, keys_;
  std::unique_ptr<BodyOpener> opener_;
  BodyCommitter committer_;
  db::Statement body_, secret_;
};

// What the disposal entries name.  An entry that cannot be read is reported as not checked.
Disposed read_disposals(StoredBodies& bodies, const std::vector<std::uint64_t>& disposals, Report& report);

}  // namespace muniment::verify
