// What a poll came to, as `harvest` prints it.
#pragma once

#include <iosfwd>

#include "app/harvest.hpp"

namespace muniment::cli {

void print_json(std::ostream& out, const collect::PollOutcome& poll);  // one line
void print_text(std::ostream& out, const collect::PollOutcome& poll);  // a line, and those it needs below

}  // namespace muniment::cli
