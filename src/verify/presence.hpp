// Which bodies and secrets are there, and which should be.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "db/database.hpp"
#include "verify/report.hpp"

namespace muniment::verify {

// The numbers below `size` that a table lacks.  Ascending.
struct Presence {
  std::vector<std::uint64_t> missing;
  std::uint64_t strays = 0;  // rows with other numbers than 0 … size-1
  bool read = false;         // false: the table could not be read to its end
};

// How many bodies have other numbers than 0 … size-1; nothing when that cannot be read, which is reported.
std::optional<std::uint64_t> stray_bodies(db::Database& ledger, std::uint64_t size, Report& report);

Presence read_bodies(db::Database& ledger, std::uint64_t size, Report& report);
Presence read_secrets(db::Database& keys, std::uint64_t size, Report& report);

struct Disposed {
  std::map<std::uint64_t, std::uint64_t>
      by;             // entry number to the number of the disposal entry that names it
  bool whole = true;  // false: a disposal entry could not be read, so others may be named
};

// Missing without a disposal, there in spite of one: both are findings.  `table` is "body" or "secret".
void check_presence(const Presence& presence, const Disposed& disposed, std::string_view table,
                    Report& report);

}  // namespace muniment::verify
