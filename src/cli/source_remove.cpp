#include <array>
#include <ostream>

#include "app/sources.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {Operand{"SOURCE", "its name"}};

Result<int> run_remove(const Arguments& arguments, Terminal& terminal) {
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  const auto name = arguments.get("SOURCE");
  if (auto done = app::change_source(*archive, name, app::SourceChange::kRemove, actor()); !done)
    return done.error();
  terminal.out << name << ": removed\n";
  return 0;
}

}  // namespace

const Command kSourceRemove = {
    "source remove",
    "stop capturing from a source for good",
    "What was captured stays in the archive, and so does the record that the source was there.",
    kOperands,
    {},
    run_remove};

}  // namespace muniment::cli
