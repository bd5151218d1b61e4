// An option that a command does not have: which was typed, and which may have been meant.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace muniment::cli {

// "`search` has no option --lmit; --limit is near": of the first of these words that is an option and none of
// the command's.  Of a search with a word to be left out it says how that is typed.  Empty: there is none.
std::string no_such_option(const Command& command, const std::vector<std::string>& words);

}  // namespace muniment::cli
