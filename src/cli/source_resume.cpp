#include <array>
#include <ostream>

#include "app/sources.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {Operand{"SOURCE", "its name"}};

Result<int> run_resume(const Arguments& arguments, Terminal& terminal) {
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  const auto name = arguments.get("SOURCE");
  if (auto done = app::change_source(*archive, name, app::SourceChange::kResume, actor()); !done)
    return done.error();
  terminal.out << name << ": resumed\n";
  return 0;
}

}  // namespace

const Command kSourceResume = {"source resume", "capture from a paused source again", "", kOperands, {},
                               run_resume};

}  // namespace muniment::cli
