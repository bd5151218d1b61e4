// A real server that nobody here wrote, on this machine, started by ../shared/peers where that is present and
// MUNIMENT_PEERS is set: starting one may install packages and take minutes.
#pragma once

#include <map>
#include <optional>
#include <string>

namespace muniment::support {

// What the server's start script prints, KEY to value.  Nothing: it is absent, was not asked for or did not
// start, and `why` says which.
std::optional<std::map<std::string, std::string>> start_peer(const std::string& name, std::string& why);

// The output of a command, and whether it ended well.
std::pair<std::string, bool> output_of(const std::string& command);

}  // namespace muniment::support
