// Importing saved pages into an archive and its index.
#pragma once

#include <atomic>
#include <functional>

#include "app/archive.hpp"
#include "collect/import.hpp"

namespace muniment::app {

// The ledger is signed at the end, also when the import was stopped or failed half-way.
Result<collect::ImportOutcome> import_files(
    Archive& archive, const std::vector<std::filesystem::path>& files, std::string_view format,
    const std::function<void(const collect::ImportOutcome&)>& progress, const std::atomic<bool>* stop);

}  // namespace muniment::app
