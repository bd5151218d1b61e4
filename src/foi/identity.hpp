// Names that say nothing by themselves, and lead to what is withheld.
#pragma once

#include "foi/plan.hpp"

namespace muniment::foi {

// Where an author is withheld: the account's other names, and the address of the post, at which anybody may
// read who wrote it.  Where anything of an item is withheld: a name made from its words
// (records/made_name.hpp), for whoever has the name can try words until it fits.  Where a file is: its hash.
// Explained in plan.automatic; an author's display name that stays is a doubt.
void withhold_what_leads_there(Plan& plan);

// Display names that are shown of accounts that are withheld.
void doubt_accounts(Plan& plan);

}  // namespace muniment::foi
