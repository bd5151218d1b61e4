// A signed archive of a few entries with a policy to verify it by, made by the room `ledger`.
#pragma once

#include "support/small_ledger.hpp"
#include "verify/policy.hpp"

namespace muniment::support {

// A genesis entry, then `captures` entries; signed; everything moved from the write-ahead log into the file.
class SmallArchive {
 public:
  explicit SmallArchive(int captures, bool sign = true);

  SmallLedger& ledger() { return ledger_; }
  const std::filesystem::path& folder() const { return ledger_.folder(); }
  std::filesystem::path ledger_db() const { return folder() / "ledger.db"; }
  std::filesystem::path keys_db() const { return folder() / "keys.db"; }
  verify::Policy policy();

  // Appends an exchange entry and `items` captures whose bytes are the page's items.
  void append_page(int items);
  // Moves the write-ahead log into the files, so that they stand alone.
  void settle();
  // Runs a statement on one of the files without triggers in its way, as somebody who has the file can.
  void tamper(const std::filesystem::path& file, const std::string& sql);

 private:
  SmallLedger ledger_;
};

}  // namespace muniment::support
