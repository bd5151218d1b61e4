// Names of people that are also words of the authority's name, or of the log's: they are everywhere, and are
// not looked for.
#pragma once

#include <string>
#include <vector>

#include "foi/plan.hpp"

namespace muniment::foi {

// Names of several words that stand in the authority's name, too: "Rose Hill" in "Rose Hill Parish Council".
std::vector<bundle::Needle> names_in_surroundings(const Plan& plan);

// With nothing but line ends where `text` says the whole name of the authority, or of the log.
std::string without_surroundings(const Plan& plan, std::string text);

// Of people's names the single words that are so ("Harbour" in "Wexcombe Harbour Town Council"), where a text
// has them with a capital, and not in the authority's name: each text in which a title or another word of the
// name stands before it, and of the others one, with their number.
void doubt_shared_names(Plan& plan);

}  // namespace muniment::foi
