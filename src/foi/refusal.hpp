// Where in the records the release gate found something, for people who have to mend it there.
#pragma once

#include <vector>

#include "bundle/gate.hpp"
#include "muniment/disclosure.hpp"

namespace muniment::foi {

// `in_files` with every finding that is found in a field, too, told by its record and field instead of the
// file ("record 54, field raw").
std::vector<bundle::Finding> told_by_field(const Disclosure& disclosure, const bundle::Needles& needles,
                                           const bundle::Opaque& opaque,
                                           const std::vector<bundle::Finding>& in_files);

}  // namespace muniment::foi
