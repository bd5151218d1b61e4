// Opening the archive a command was told of.
#pragma once

#include "app/archive.hpp"
#include "cli/command.hpp"

namespace muniment::cli {

// From -A, or MUNIMENT_ARCHIVE, or the current folder when it is an archive.  kInvalid: none was named.
Result<std::filesystem::path> archive_folder(const Arguments& arguments);
// An index that has to be made anew on the way is told of on stderr.
Result<app::Archive> open_archive(const Arguments& arguments, app::Access access, Terminal& terminal);

// Who acts, for the record: MUNIMENT_ACTOR, or else the name of the system account.
std::string actor();

}  // namespace muniment::cli
