// Files that lie in an export beside its posts: taken in as supplied, each with the item that names it.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/media.hpp"

namespace muniment::app {

struct SupplyWishes {
  std::vector<std::filesystem::path> containers;  // exports (ZIP, TAR) that were imported before
  std::uint64_t most_file = collect::kMediaFileBytes;
  std::string actor;
  const std::atomic<bool>* stop = nullptr;
};

struct SupplyAnswer {
  std::uint64_t kept = 0, same = 0;  // as in MediaAnswer
  std::uint64_t refused = 0;         // of a kind that is not kept, or too large
  std::uint64_t unnamed = 0;         // files that no item held from this export names
  std::vector<std::string> faults;   // of the containers, a sentence each
};

// Items are known to be of an export by the name of its file, as it was when it was imported.  They name a
// file by its path in the export, or, in X archives, by the address whose last part follows the post's number
// in the file's name.  Twice adds nothing.  The ledger is signed at the end.  kInvalid: not a container;
// kNotFound, kIo as the system says; what came before is kept.
Result<SupplyAnswer> supply_media(Archive& archive, const SupplyWishes& wishes);

}  // namespace muniment::app
