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
  std::vector<std::filesystem::path> files;  // a folder stands for the files in it, at any depth
  std::string format;                        // by its name; empty: found from each file's content
  std::string origin;                        // an address that the files came from; may be empty
  std::string authority;                     // under which private items are kept; empty: they are not
};

std::vector<std::string> import_format_names();

// The formats there are, and what each is: a line a format, for help.
std::string import_formats();

// The ledger is signed at the end, also when the import was stopped or failed half-way.
// kInvalid: there is no such format, or the origin is no address.
Result<collect::ImportOutcome> import_files(
    Archive& archive, const ImportRequest& request,
    const std::function<void(const collect::ImportOutcome&)>& progress, const std::atomic<bool>* stop);

}  // namespace muniment::app
