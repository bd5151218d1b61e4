// What the officer asks for, put on the entries of a plan: nothing else follows from it here.
#pragma once

#include <vector>

#include "foi/planned.hpp"
#include "foi/selection.hpp"

namespace muniment::foi {

// Raw bytes that the officer does not ask to keep are out of scope.
//
// kInvalid: a rule that names no field of these records, words that are not there, a field to keep that none
// of its records has.
Status apply_asked(const Selection& selection, std::vector<PlannedEntry>& entries);

}  // namespace muniment::foi
