#include <array>
#include <ostream>

#include "app/case_files.hpp"
#include "cli/commands.hpp"
#include "cli/notes.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOptions = {
    Option{"--title", "TEXT", "what the file is about", true},
    Option{"--records", "LIST",
           "numbers and ranges (12,15-20), or items: identifiers, or PLATFORM:IDENTIFIER", true, true},
    Option{"--out", "DIR", "the case file; a folder that does not exist yet", true},
};

Result<int> run_export_case_file(const Arguments& arguments, Terminal& terminal) {
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  const auto made = app::make_case_file(
      *archive, {arguments.get("title"), arguments.all("records"), actor(), arguments.get("out")});
  if (!made) return made.error();
  print_notes(terminal.err, made->remarks);
  terminal.out << "The case file stands in " << arguments.get("out") << "; entry " << made->entry
               << " of the ledger cites every version in it.\n"
               << "Nothing is withheld in it: it is for use inside the authority.\n";
  return 0;
}

}  // namespace

const Command kExportCaseFile = {
    "export case-file",
    "put chosen records and all their versions into one dated folder",
    "Each record with every version, cited by number and leaf hash, its provenance, its place in the thread "
    "and how well its\n"
    "source was watched.  Nothing is withheld: a case file stays inside the authority.",
    {},
    kOptions,
    run_export_case_file};

}  // namespace muniment::cli
