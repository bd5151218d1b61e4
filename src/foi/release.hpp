// The release text: every gap and its exemption, in the one spelling that is hashed into the ledger
// (docs/formats/bundle.md).
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "foi/plan.hpp"

namespace muniment::foi {

std::string release_text(const Plan& plan);

// The field of a line about a record that was left out.
inline constexpr std::string_view kWholeRecord = "*";

// One line of it.
struct Gap {
  ledger::Seq seq = 0;
  std::string_view field;
  bool whole = false;
  SeqRanges ranges;  // of its segments, unless it is `whole`
  std::string_view code;
};

// The reverse.  The text is our own, from the ledger: lines that are none are passed over.
void each_gap(std::string_view release, const std::function<void(const Gap&)>& visit);

}  // namespace muniment::foi
