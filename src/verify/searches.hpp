// The searches of a bundle against what it discloses and lists as left out (docs/formats/bundle.md).
#pragma once

#include <string_view>

#include "verify/bundle_json.hpp"
#include "verify/release.hpp"
#include "verify/report.hpp"

namespace muniment::verify {

inline constexpr std::string_view kSearchKind = "search";

// Each record that a search found is in the bundle, or the release lists it as left out; and it lists none
// that no search found.  What is not shown of a search cannot be checked.
void check_searches(const Bundle& bundle, const Release& release, Report& report);

}  // namespace muniment::verify
