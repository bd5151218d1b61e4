// Accounts that earlier disclosures withheld: who has both bundles may learn from an answer or a mention
// whose a record in the earlier one is.
#pragma once

#include "foi/earlier.hpp"

namespace muniment::foi {

// Adds to plan.doubtful, once a field, what is shown and names an account that an earlier disclosure withheld
// of a record that is not in the plan.  Looks at the newest few thousand such records.  What was disposed of
// since is passed over.  Errors of the reader and the register.
Status doubt_earlier_accounts(Plan& plan, ledger::Reader& reader, const Register& known);

}  // namespace muniment::foi
