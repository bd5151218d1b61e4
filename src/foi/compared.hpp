// One field as two disclosures left it.
#pragma once

#include <string>

#include "foi/planned.hpp"

namespace muniment::foi {

// What whoever has both bundles can read.
struct Together {
  bool shown_before = false;    // and withheld now
  std::string withheld_before;  // the exemption; and shown now
};

// Word by word where both hold the same bytes, cut alike; else, of texts, whether the one shows a stretch of
// words that the other withholds.
Together compared(const PlannedField& now, const PlannedField& then);

}  // namespace muniment::foi
