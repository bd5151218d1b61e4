// Where the records of a plan say whose another record is, or where it stands.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "foi/plan.hpp"

namespace muniment::foi {

// Fields that say whose a record is, or where it stands.
bool names_somebody(std::string_view field);

// What such a field says, and of people's names those of several words; `from` is Needle::from.
void add_account(const records::Field& field, const std::string& from, std::vector<bundle::Needle>& out);

// Adds to plan.doubtful, once a field, what is shown and says one of these; `why` has the words for it.  Who
// is shown as an author or an item of the plan is no doubt.  After a few hundred one remark says that there
// are more.
void doubt_accounts_said(Plan& plan, std::vector<bundle::Needle> accounts,
                         const std::function<std::string(const std::string& from)>& why);

}  // namespace muniment::foi
