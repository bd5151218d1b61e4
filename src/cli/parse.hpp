// From words typed to a command and its arguments.
#pragma once

#include "cli/command.hpp"

namespace muniment::cli {

struct Parsed {
  const Command* command = nullptr;  // null: `text` is all there is to say
  Arguments arguments;
  std::string text;  // help, version, or what was wrong
  bool usage_error = false;
  const Command* meant = nullptr;  // the command that was not understood, where it can be told
};

Parsed parse(int argc, const char* const* argv);

}  // namespace muniment::cli
