// Whether a record counts as shown in full, in part, or withheld: one rule for the page and the command line.
#pragma once

#include "foi/plan.hpp"
#include "muniment/disclosure.hpp"

namespace muniment::foi {

// kFull: nothing is withheld.  kWithheld: of all that people wrote in it or are named by (is_text_field)
// nothing is shown, whatever else is (its platform, its time); of a record without such fields, nothing at
// all.  kPart: between these.
Decision decision_of(const PlannedEntry& entry);

}  // namespace muniment::foi
