// What only the withheld bytes of an item say (raw), for when the bytes of another are handed out: the
// picture of an account, its number on another service, the e-mail address of who commented.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bundle/needles.hpp"
#include "foi/plan.hpp"

namespace muniment::foi {

// Of items an account of which is withheld, where their bytes are JSON: strings that point at somebody
// (is_telling).  None that a shown field says, too; and none that bytes of an item whose accounts are shown
// say at the same place: that is the platform's (the picture of who has none), or the other's own.
//
// Empty where no raw bytes are handed out.  Time and memory grow with the raw bytes of the plan.
std::vector<bundle::Needle> values_only_in_raw(const Plan& plan);

// Withholds the bytes that were to be handed out and say one of these, explained in plan.automatic.
void withhold_raw_values(Plan& plan);

// The names of accounts that JSON bytes give under a key which says so ("screen_name"), a line each.  Empty
// where they are no JSON.
std::string accounts_in_raw(const std::string& raw);

// The address of a page, not of a host alone; of an e-mail; an account (@name); a token without blanks of at
// least sixteen characters, letters and digits among them, that is no time; a number of eight digits and
// more.
bool is_telling(std::string_view value);

}  // namespace muniment::foi
