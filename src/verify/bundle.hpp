// Verifies a disclosure bundle (docs/formats/bundle.md).
//
// Order: policy, checkpoint, then for each entry grammar, origin, inclusion, consistency and words, then
// time-stamps, then what the release says of everything that is withheld.
#pragma once

#include <filesystem>
#include <string_view>

#include "muniment/result.hpp"
#include "verify/policy.hpp"
#include "verify/report.hpp"

namespace muniment::verify {

inline constexpr std::uint64_t kLargestBundle = 256U << 20;  // bytes of bundle.json

// `bundle` is the bag's folder, or a bundle.json on its own.  An Error means that there was nothing to look
// at.
Result<Report> verify_bundle(const std::filesystem::path& bundle, const Policy& policy);

// The machine's part alone.  Marks the report complete when it got to the end.
void check_bundle_json(std::string_view json, const Policy& policy, Report& report);

}  // namespace muniment::verify
