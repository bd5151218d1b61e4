// Two checkpoints of one log: is the newer an extension of the older?
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "muniment/result.hpp"
#include "verify/policy.hpp"
#include "verify/report.hpp"

namespace muniment::verify {

// Is the ledger that `newer` was signed over an extension of the one that `older` was signed over?
// Both must be signed as the policy asks; the proof is every entry of the archive, read again.
// Without an archive only the signatures and the sizes can be compared: kCouldNotCheck at best,
// unless both cover the same number of entries.
Result<Report> verify_checkpoints(std::string_view older, std::string_view newer, const Policy& policy,
                                  const std::optional<std::filesystem::path>& archive);

}  // namespace muniment::verify
