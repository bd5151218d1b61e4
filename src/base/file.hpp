// Files: read whole within a limit, write so that a crash leaves the old or the new, never half.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "muniment/result.hpp"

namespace muniment::base {

// kNotFound, kDenied, kIo as the system says; kInvalid when larger than `most` bytes or not a plain file.
Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t most);

// Who may read it: everybody the system's umask allows, or its owner alone.
enum class Mode { kShared = 0644, kPrivate = 0600 };

// Whose is what root makes in a folder of another account?  That account could not use root's.
enum class Owner { kThisAccount, kOfTheFolder };

// Temporary name in the same folder, write, fsync, rename, fsync of the folder.
// On any error the old file, if there was one, stands as it was.
Status write_durably(const std::filesystem::path& path, std::string_view bytes, Mode mode = Mode::kShared,
                     Owner owner = Owner::kThisAccount);

// Creates a folder that must not exist yet.  kConflict when it does.
Status create_folder(const std::filesystem::path& path, Mode mode = Mode::kShared,
                     Owner owner = Owner::kThisAccount);

// Owner::kOfTheFolder for a file that root made just now by other means.  Where the file system does not let
// it, or somebody put something else there, nothing is done.
void give_to_owner_of_folder(const std::filesystem::path& path);

// May this account make files in the folder, and does its disk allow it?
bool can_be_written(const std::filesystem::path& folder);

// fsync of a folder, so that names made in it outlive a power cut.
Status sync_folder(const std::filesystem::path& path);

}  // namespace muniment::base
