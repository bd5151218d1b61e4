// What a command is: a row of the table in commands.cpp.  The parser, the help, the man page and the shell
// completion are all made from these rows.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "muniment/result.hpp"

namespace muniment::cli {

// The values that there are to choose from, for the shell's completion.
using Choices = std::vector<std::string> (*)();

struct Option {
  const char* name;   // "--json", or "-A,--archive"
  const char* value;  // what stands for the value in the help; empty: a flag
  const char* help;
  bool required = false;
  bool many = false;  // may be given several times
  Choices choices = nullptr;
};

struct Operand {
  const char* name;  // "FILE"
  const char* help;
  bool required = true;
  bool many = false;
  Choices choices = nullptr;
};

class Arguments {
 public:
  void set(const std::string& name, std::vector<std::string> values) { values_[name] = std::move(values); }
  bool has(const std::string& name) const { return values_.contains(name); }
  std::string get(const std::string& name, std::string otherwise = {}) const;
  std::vector<std::string> all(const std::string& name) const;
  // A whole number from 1 to `most`; kInvalid names the option.
  Result<std::uint64_t> number(const std::string& name, std::uint64_t otherwise, std::uint64_t most) const;

 private:
  std::map<std::string, std::vector<std::string>> values_;
};

// Where a command speaks: results go to `out`, everything else to `err`.
struct Terminal {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
};

struct Command {
  std::string_view name;     // "search", "source add"
  std::string_view summary;  // one line, no full stop
  std::string_view details;  // paragraphs for the man page and `help COMMAND`
  std::span<const Operand> operands;
  std::span<const Option> options;
  // The exit code, 0, 1 or 3 (docs/exit-codes.md); an Error becomes 10 + its code.
  Result<int> (*run)(const Arguments& arguments, Terminal& terminal);
};

// Sorted by name.
std::span<const Command* const> commands();

// Options every command takes.
std::span<const Option> common_options();

// Runs what argv asks for and answers the exit code.
int run(int argc, const char* const* argv, Terminal& terminal);

}  // namespace muniment::cli
