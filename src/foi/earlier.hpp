// What earlier disclosures showed and withheld of the items of a plan.  Two bundles that are sound, each by
// itself, may say side by side what one of them withholds; whoever asked for both has both.
#pragma once

#include <functional>
#include <string_view>

#include "foi/plan.hpp"

namespace muniment::foi {

// What the archive knows of itself.
struct Register {
  std::function<Result<Seqs>()> disclosures;  // the entries of that kind, ascending
  std::function<Result<Seqs>()> searches;     // likewise
  // Every version of an item, in any order; of very many the newest.
  std::function<Result<Seqs>(std::string_view platform, std::string_view id)> versions;
};

// Adds to plan.doubtful, once a field and disclosure: what is withheld now and was shown then, and the other
// way round; of the same entry word by word, of another version of the item where it says the same, or shows
// a stretch of words that the other one withholds; and, as field "*", of records that one of them leaves out
// under an exemption and the other shows.  After a few hundred one remark says that there are more.
//
// What was disposed of since cannot be compared and is passed over.  Errors of the reader and the register.
Status doubt_earlier(Plan& plan, ledger::Reader& reader, const Register& known);

}  // namespace muniment::foi
