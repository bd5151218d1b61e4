// Importing saved files into an archive and its index.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/archive.hpp"
#include "collect/import.hpp"

namespace muniment::app {

struct ImportRequest {
  // A folder stands for the files in it, at any depth; "-" for standard input, once.
  std::vector<std::filesystem::path> files;
  std::string format = {};     // by its name; empty: found from each file's content
  std::string origin = {};     // an address that the files came from; may be empty
  std::string authority = {};  // under which private items are kept; empty: they are not
  // 2 GiB of memory may be taken for what was packed so that it needs them (`zstd --long=31`).
  bool large_window = false;
};

std::vector<std::string> import_format_names();

// The formats there are, and what each is: a line a format, for help.
std::string import_formats();

// The ledger is signed at the end, also when the import was stopped or failed half-way; the error of one that
// failed says what stands in the ledger all the same.
// Standard input is read to its end first, into a file without a name in the archive's folder.
// kInvalid: there is no such format, the origin is no address or bears a secret, or standard input is a
// terminal.
Result<collect::ImportOutcome> import_files(
    Archive& archive, const ImportRequest& request,
    const std::function<void(const collect::ImportOutcome&)>& progress, const std::atomic<bool>* stop);

}  // namespace muniment::app
