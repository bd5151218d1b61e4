// The bag around a bundle: BagIt 1.0 (RFC 8493), checksums SHA-256.
#pragma once

#include <filesystem>

#include "verify/report.hpp"

namespace muniment::verify {

// Every file of the bag against its manifests.  Files that cannot be read are "could not be checked";
// files that are missing, changed, added or not plain files are findings.
void check_bag(const std::filesystem::path& bag, Report& report);

}  // namespace muniment::verify
