// The sealed files beside the ledger: docs/formats/archive.md.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "ledger/store.hpp"

namespace muniment::ledger {

// The files of one batch, on disk before the entries that name them: a crash between the two leaves files
// that no entry names and that nothing can unseal, which `verify --deep` remarks on.
class MediaBatch {
 public:
  explicit MediaBatch(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // All on disk, or an error; nothing that was there is written over.
  Status write(std::span<const Sealed> batch);
  // Takes back what was written, as far as the disk lets it.
  void undo();

 private:
  std::filesystem::path folder_;
  std::vector<std::filesystem::path> written_;
};

// kNotFound: it is not there.  kInvalid: not a name of ours, or larger than any attachment.
Result<std::string> read_media(const std::filesystem::path& folder, const std::string& name);

}  // namespace muniment::ledger
