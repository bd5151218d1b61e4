#include "app/import.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <ostream>

#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"
#include "cli/progress.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {
    Operand{"FILE", "saved API pages and feeds; a folder stands for the files in it", true, true}};
constexpr std::array kOptions = {
    Option{"--format", "NAME", "mastodon, wordpress or feed; otherwise found from each file's content"},
    Option{"--json", "", "print the counts as one JSON object"},
};

constexpr std::size_t kMostNamed = 20;

// Folders are replaced by the plain files in them, by name.
Result<std::vector<std::filesystem::path>> files_named(const std::vector<std::string>& names) {
  std::vector<std::filesystem::path> files;
  for (const auto& name : names) {
    std::error_code wrong;
    if (!std::filesystem::is_directory(name, wrong)) {
      files.emplace_back(name);
      continue;
    }
    std::vector<std::filesystem::path> inside;
    for (const auto& entry : std::filesystem::directory_iterator(name, wrong))
      if (entry.is_regular_file(wrong)) inside.push_back(entry.path());
    if (wrong)
      return Error{Code::kIo,
                   "reading the folder " + name + ": " + wrong.message() + "; nothing was imported"};
    std::sort(inside.begin(), inside.end());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

void print_json(std::ostream& out, const collect::ImportOutcome& outcome) {
  boost::json::array refused;
  for (const auto& file : outcome.refused)
    refused.push_back(boost::json::object{{"file", base::to_valid_utf8(file.path)},
                                          {"why", base::to_valid_utf8(file.why.what)}});
  boost::json::object line;
  line["files"] = outcome.files;
  line["read"] = outcome.counts.read;
  line["new"] = outcome.counts.fresh;
  line["changed"] = outcome.counts.changed;
  line["unchanged"] = outcome.counts.unchanged + outcome.counts.moved;
  line["refused"] = outcome.refused.size();
  line["refusals"] = std::move(refused);
  out << boost::json::serialize(line) << '\n';
}

void print_text(Terminal& terminal, const collect::ImportOutcome& outcome) {
  const auto& counts = outcome.counts;
  terminal.out << counts.read << (counts.read == 1 ? " item" : " items") << " read from " << outcome.files
               << (outcome.files == 1 ? " file: " : " files: ") << counts.fresh << " new, " << counts.changed
               << " changed, " << counts.unchanged + counts.moved << " unchanged";
  if (counts.moved > 0) terminal.out << " (" << counts.moved << " with other counters)";
  terminal.out << '\n';
  std::size_t named = 0;
  for (const auto& file : outcome.refused) {
    if (++named > kMostNamed) break;
    terminal.err << "refused: " << base::for_terminal(file.path) << ": " << base::for_terminal(file.why.what)
                 << '\n';
    if (!file.why.hint.empty()) terminal.err << "  " << base::for_terminal(file.why.hint) << '\n';
  }
  if (outcome.refused.size() > kMostNamed)
    terminal.err << "and " << outcome.refused.size() - kMostNamed << " more; --json names them all\n";
}

// When not one item came of it all, that is an error; what it leaves behind depends on what could be opened.
Result<int> verdict(const collect::ImportOutcome& outcome) {
  if (outcome.refused.empty() || outcome.counts.read > 0) return 0;
  const auto& refused = outcome.refused;
  if (std::none_of(refused.begin(), refused.end(), [](const auto& file) { return file.kept; }))
    return Error{refused.front().why.code, "none of the files could be opened; nothing was imported",
                 "look at the names, and whether you may read the files"};
  return Error{
      Code::kInvalid, "none of the files could be understood",
      "the bytes of each that could be opened are kept in the ledger, marked unread; a later version "
      "may read them"};
}

Result<int> run_import(const Arguments& arguments, Terminal& terminal) {
  const auto files = files_named(arguments.all("FILE"));
  if (!files) return files.error();
  auto archive = open_archive(arguments, app::Access::kWrite);
  if (!archive) return archive.error();
  Result<collect::ImportOutcome> outcome = collect::ImportOutcome{};
  {
    ProgressLine line(terminal);
    outcome = app::import_files(
        *archive, *files, arguments.get("format"),
        [&](const collect::ImportOutcome& so_far) {
          line.show("importing: file " + std::to_string(so_far.files) + " of " +
                    std::to_string(files->size()) + ", " + std::to_string(so_far.counts.read) + " items");
        },
        stop_on_signals());
  }
  if (!outcome) return outcome.error();
  if (arguments.has("json"))
    print_json(terminal.out, *outcome);
  else
    print_text(terminal, *outcome);
  if (stop_on_signals()->load()) terminal.err << "stopped early; run the same import again to carry on\n";
  return verdict(*outcome);
}

}  // namespace

const Command kImport = {
    "import",
    "read saved pages and feeds into the archive",
    "Reads Mastodon and WordPress API pages (JSON) and RSS and Atom feeds, each told by "
    "its content.  The same file\n"
    "twice adds no item twice.  A file that cannot be understood is kept as it is, marked "
    "unread, and counted as refused.",
    kOperands,
    kOptions,
    run_import};

}  // namespace muniment::cli
