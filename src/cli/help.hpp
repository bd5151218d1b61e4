// The texts made from the command table.
#pragma once

#include <string>

#include "cli/command.hpp"

namespace muniment::cli {

std::string version_text();
std::string overview();                         // every command, a line each
std::string help_text(const Command& command);  // `muniment help COMMAND`
std::string exit_codes();                       // `muniment help exit-codes`
std::string man_page();                         // muniment(1), roff
std::string bash_completion();

}  // namespace muniment::cli
