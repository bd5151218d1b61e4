// Records that are left out under an exemption, where what is shown says whose they are.
#pragma once

#include "foi/plan.hpp"
#include "ledger/reader.hpp"

namespace muniment::foi {

// Adds to plan.doubtful, as field "*", what is shown of the same item, and, once a field, what names an
// account of such a record, or the record's address.  Who is shown as an author elsewhere is no doubt, nor is
// what is out of scope.  Their words are not looked for. After a few hundred one remark says that there are
// more.
//
// A record that was disposed of since is passed over.  Errors of the reader.
Status doubt_left_out(Plan& plan, ledger::Reader& reader);

}  // namespace muniment::foi
