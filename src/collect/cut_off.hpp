// A poll without an end: its program was killed, or its machine stopped.
#pragma once

#include <string>
#include <vector>

#include "collect/answer_entries.hpp"

namespace muniment::collect {

struct CutOff {
  std::string source;
  std::string credential;            // its name; empty: the source has none
  std::string resume;                // where the poll before it left off
  std::vector<ledger::Seq> answers;  // its exchanges, ascending; at least one
};

// Appends the coverage entry that it lacks, as its answers tell it: a poll that was not complete, with what
// it captured, asked and was charged for.  So a budget is spent once only, and the next poll asks for
// everything. Not told are questions without an answer, and items that came as they were before.
Status end_cut_off(const CutOff& poll, const Ledgers& ledgers);

}  // namespace muniment::collect
