#include <array>
#include <ostream>

#include "base/so_many.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"
#include "cli/progress.hpp"

namespace muniment::cli {
namespace {

Result<int> run_rebuild(const Arguments& arguments, Terminal& terminal) {
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  if (auto renewed = archive->renew_index(); !renewed) return renewed.error();
  std::uint64_t entries = 0;
  {
    ProgressLine line(terminal);
    const auto made = archive->projection([&](ledger::Seq position, ledger::Seq size) {
      line.show("indexing: entry " + std::to_string(position) + " of " + std::to_string(size));
    });
    if (!made) return made.error();
    entries = (*made)->position();
    if (auto settled = (*made)->settle(); !settled) return settled.error();
  }
  terminal.out << "the index was made anew from " << base::so_many(entries, "entry", "entries") << '\n';
  return 0;
}

}  // namespace

const Command kRebuild = {"rebuild",
                          "make the search index anew from the ledger",
                          "Everything in the index is derived from the ledger; nothing can be lost.",
                          {},
                          {},
                          run_rebuild};

}  // namespace muniment::cli
