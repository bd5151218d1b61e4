// A command that does not exist: which was typed, and which may have been meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muniment::cli {

// The command whose name differs least from what was typed, by at most two letters put in, left out,
// exchanged or swapped (one, in words of up to three); empty: none is near.
std::string near_command(std::string_view typed);

// "there is no command `serch`; …": when the word that should name a command (or, behind a group's name, the
// second) names none.  Empty: it does, or there is none.
std::string no_such_command(const std::vector<std::string>& words);

}  // namespace muniment::cli
