// What is withheld now, and an earlier disclosure showed in another item: an answer to it, a post of the same
// account.  Who has both bundles may learn from the one what the other withholds.
#pragma once

#include "foi/earlier.hpp"

namespace muniment::foi {

// Adds to plan.doubtful, once a record and disclosure, where names, accounts, addresses and stretches of
// words that are withheld are shown in a record that is not in the plan and is of no item of it.  Single
// words are not looked for, nor what a text of the plan shows.  Looks at the newest few thousand such
// records.  What was disposed of since is passed over.  Errors of the reader and the register.
Status doubt_earlier_shown(Plan& plan, ledger::Reader& reader, const Register& known);

}  // namespace muniment::foi
