// Names that say nothing by themselves, and lead to what is withheld.
#pragma once

#include "foi/plan.hpp"

namespace muniment::foi {

// Where an author, the author of what is repeated, or the one spoken to is withheld: the account's other
// names, and of authors the address of the post, at which anybody may read who wrote it. Where anything of an
// item is: a name made from its words (records/made_name.hpp), for whoever has the name can try words until
// it fits, and the hashes of its files, likewise.  Explained in plan.automatic; a display name that stays is
// a doubt.
void withhold_what_leads_there(Plan& plan);

// Display names that are shown of accounts that are withheld.
void doubt_accounts(Plan& plan);

// Numbers that are shown and tell a time that is withheld.
void doubt_times(Plan& plan);

}  // namespace muniment::foi
