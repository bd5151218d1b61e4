// Names that are too short to be looked for: "K", "47", "***".
#pragma once

#include "foi/plan.hpp"

namespace muniment::foi {

// Where a text, or the name of another account, has such a name of a withheld person by itself, spelt so.  A
// single sign, "A" and "I" only where they are a line of their own.
void doubt_odd_names(Plan& plan);

}  // namespace muniment::foi
