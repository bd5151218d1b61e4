#include <array>
#include <ostream>

#include "app/sources.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {Operand{"SOURCE", "its name"}};

Result<int> run_pause(const Arguments& arguments, Terminal& terminal) {
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  const auto name = arguments.get("SOURCE");
  if (auto done = app::change_source(*archive, name, app::SourceChange::kPause, actor()); !done)
    return done.error();
  terminal.out << name << ": paused\n";
  return 0;
}

}  // namespace

const Command kSourcePause = {
    "source pause",
    "stop capturing from a source for a while",
    "What was captured stays.  The pause is an entry in the ledger, so that the gap explains itself.",
    kOperands,
    {},
    run_pause};

}  // namespace muniment::cli
