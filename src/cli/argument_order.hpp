// Options may stand before the command: `muniment --json search boil`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace muniment::cli {

// The words typed, without the program's own name, with what stands before the command put right behind it.
// Operands before a "--" come behind it.  Words among which there is no command stay as they are.
std::vector<std::string> command_first(std::vector<std::string> words);

// Behind the options at the beginning, and their values: where a command is named, if there is one.
std::size_t place_of_command(const std::vector<std::string>& words);

// The word there.  Empty: there is none.
std::string command_word(const std::vector<std::string>& words);

}  // namespace muniment::cli
