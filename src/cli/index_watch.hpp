// What a clerk is told while a command makes the search index anew.
#pragma once

#include "app/archive.hpp"
#include "cli/command.hpp"

namespace muniment::cli {

// A line on stderr that says what goes on and why, and on a terminal one that says how far it is.  Of an
// index that is only missing, and made in no time, nothing is said.  `terminal` must outlive it.
app::IndexWatch index_watch(Terminal& terminal);

}  // namespace muniment::cli
