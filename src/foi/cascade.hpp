// What else must be withheld, because it says what is withheld.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "foi/plan.hpp"

namespace muniment::foi {

// Extends the plan, fills plan.words, and explains each step in plan.automatic and plan.doubtful.
// kInvalid: the request's reference gives away what is withheld.
Status withhold_what_follows(Plan& plan, const std::vector<Keep>& keep);

// Withholds the segments that hold any of these bytes of the text that `parts` make up.
void withhold_bytes(PlannedEntry& entry, const std::vector<std::size_t>& parts, std::size_t begin,
                    std::size_t end, const std::string& code);

// "s40(2);s41" is two codes; joined_codes is the way back.
void add_codes(std::string_view joined, std::set<std::string>& out);
std::string joined_codes(const std::set<std::string>& codes);

}  // namespace muniment::foi
