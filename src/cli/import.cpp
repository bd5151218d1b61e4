#include "app/import.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <ostream>

#include "base/give_way.hpp"
#include "base/so_many.hpp"
#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"
#include "cli/progress.hpp"

namespace muniment::cli {
namespace {

using base::so_many;

constexpr std::array kOperands = {Operand{"FILE",
                                          "exports, archives, dumps, saved pages, also in ZIP, TAR and WARC; "
                                          "a folder stands for the files in it, - for "
                                          "standard input",
                                          true, true}};
constexpr std::array kOptions = {
    Option{"--format", "NAME", "read every file in this format; otherwise found from each file's content",
           false, false, app::import_format_names},
    Option{"--origin", "URL", "the address that the files came from, where they do not say it themselves"},
    Option{"--include-private", "AUTHORITY",
           "keep private messages and posts too, under this authority, which is recorded"},
    Option{"--large-window", "",
           "take 2 GiB of memory to unpack what needs them (`zstd --long=31`: the monthly dumps of Reddit)"},
    Option{"--json", "", "print the counts as one JSON object"},
};

constexpr std::size_t kMostNamed = 20;
constexpr std::size_t kMostPassedOverShown = 5;

void print_json(std::ostream& out, const collect::ImportOutcome& outcome) {
  boost::json::array refused;
  for (const auto& file : outcome.refused)
    refused.push_back(boost::json::object{{"file", base::to_valid_utf8(file.path)},
                                          {"why", base::to_valid_utf8(file.why.what)},
                                          {"hint", base::to_valid_utf8(file.why.hint)},
                                          {"kept", file.kept}});
  boost::json::object line;
  line["files"] = outcome.files;
  line["read"] = outcome.counts.read;
  line["new"] = outcome.counts.fresh;
  line["former"] = outcome.counts.former;
  line["changed"] = outcome.counts.changed;
  line["unchanged"] = outcome.counts.unchanged + outcome.counts.moved;
  line["reported"] = outcome.reports.written;
  line["refused"] = outcome.refused.size();
  line["refusals"] = std::move(refused);
  boost::json::object withheld;
  for (const auto& [why, count] : outcome.withheld) withheld[why] = count;
  line["private"] = std::move(withheld);
  line["passed_over"] = outcome.passed_over.count;
  boost::json::array passed_over;
  for (const auto& name : outcome.passed_over.names)
    passed_over.push_back(boost::json::string(base::to_valid_utf8(name)));
  line["passed_over_files"] = std::move(passed_over);
  boost::json::array remarks;
  for (const auto& remark : outcome.remarks)
    remarks.push_back(boost::json::object{{"file", base::to_valid_utf8(remark.path)},
                                          {"what", base::to_valid_utf8(remark.what)}});
  line["remarks"] = std::move(remarks);
  line["stopped"] = outcome.stopped;
  out << boost::json::serialize(line) << '\n';
}

void print_remarks(std::ostream& err, const std::vector<collect::FileRemark>& remarks) {
  for (std::size_t i = 0; i < std::min(remarks.size(), kMostNamed); ++i)
    err << "note: " << base::for_terminal(remarks[i].path) << ": " << base::for_terminal(remarks[i].what)
        << '\n';
  if (remarks.size() > kMostNamed)
    err << "and more such notes; the ledger keeps them with each file (`muniment log --json`)\n";
}

void print_reports(std::ostream& out, const collect::ReportCounts& reports) {
  if (reports.written > 0)
    out << so_many(reports.written, "item is", "items are")
        << " gone, a file says (`muniment search is:reported-gone`)\n";
  if (reports.not_held > 0)
    out << so_many(reports.not_held, "deletion is", "deletions are")
        << " of what the archive does not hold\n";
  if (reports.not_believed > 0)
    out << so_many(reports.not_believed, "deletion is", "deletions are")
        << " not believed: somebody else than the author says so\n";
}

void print_passed_over(std::ostream& out, const collect::PassedOver& passed_over, bool is_packed) {
  if (passed_over.count == 0) return;
  out << so_many(passed_over.count,
                 "other file was passed over, and nothing of it kept: no reader here knows it",
                 "other files were passed over, and nothing of them kept: no reader here knows them")
      << ", or finds an item there\n";
  const auto shown = std::min(passed_over.names.size(), kMostPassedOverShown);
  for (std::size_t i = 0; i < shown; ++i) out << "    " << base::for_terminal(passed_over.names[i]) << '\n';
  if (passed_over.count > shown)
    out << "    and " << passed_over.count - shown << " more; --json names the first "
        << collect::kMostPassedOverNamed << '\n';
  out << "  to keep such a file as it is, unread, name it itself on the command line"
      << (is_packed ? ", taken out of its container\n" : "\n");
  if (is_packed)
    out << "  `muniment media --from EXPORT` takes in the pictures and videos that its items name\n";
}

void print_text(Terminal& terminal, const collect::ImportOutcome& outcome, bool is_packed) {
  const auto& counts = outcome.counts;
  terminal.out << counts.read << (counts.read == 1 ? " item" : " items") << " read from " << outcome.files
               << (outcome.files == 1 ? " file: " : " files: ") << counts.fresh << " new, " << counts.changed
               << " changed, " << counts.unchanged + counts.moved << " unchanged";
  if (counts.moved > 0) terminal.out << " (" << counts.moved << " with other counts or details)";
  terminal.out << '\n';
  if (counts.former > 0)
    terminal.out << so_many(counts.former, "of the new ones is an earlier version",
                            "of the new ones are earlier versions")
                 << " of what is held already\n";
  for (const auto& [why, count] : outcome.withheld)
    terminal.out << count << " private, and not kept: " << why << '\n';
  if (!outcome.withheld.empty())
    terminal.out << "  with --include-private AUTHORITY they are kept, and the authority recorded\n";
  print_passed_over(terminal.out, outcome.passed_over, is_packed);
  print_reports(terminal.out, outcome.reports);
  print_remarks(terminal.err, outcome.remarks);
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

// A file that somebody named and that is not there is an error, whatever came of the others.  So it is when
// not one item came of it all; what that leaves behind depends on what could be opened.
Result<int> verdict(const collect::ImportOutcome& outcome) {
  if (outcome.stopped)
    return Error{Code::kUnavailable, "stopped early; what was read until then is in the archive",
                 "run the same import again to carry on"};
  const auto unopened = std::ranges::find_if(outcome.refused, &collect::RefusedFile::unopened);
  if (unopened != outcome.refused.end() && (outcome.counts.read > 0 || outcome.reports.written > 0))
    return Error{unopened->why.code,
                 "not every file that was named could be opened; the others were imported",
                 "look at the names, and whether you may read the files, then name those again"};
  if (outcome.refused.empty() || outcome.counts.read > 0) return 0;
  const auto& refused = outcome.refused;
  if (std::ranges::none_of(refused, &collect::RefusedFile::kept)) {
    const auto& first = refused.front().why;
    return Error{first.code, "nothing was imported, and nothing kept",
                 first.hint.empty() ? "look at the names, and whether you may read the files" : first.hint};
  }
  return Error{Code::kInvalid, "none of the files could be understood",
               "what could be opened is kept as it is; `muniment replay` of a later version may read it"};
}

Result<int> run_import(const Arguments& arguments, Terminal& terminal) {
  app::ImportRequest request;
  for (const auto& name : arguments.all("FILE")) request.files.emplace_back(name);
  const bool is_packed = std::ranges::any_of(request.files, [](const auto& file) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(file, ignored);
  });
  request.format = arguments.get("format");
  request.origin = arguments.get("origin");
  request.authority = arguments.get("include-private");
  request.large_window = arguments.has("large-window");
  if (arguments.has("include-private") && request.authority.find_first_not_of(" \t\r\n") == std::string::npos)
    return Error{Code::kInvalid, "--include-private names no authority; nothing was imported",
                 "say who decided it, and where that is written: \"Records officer, minute 12/2026\""};
  const auto* stop = stop_on_signals();
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  base::GiveWay give_way;
  Result<collect::ImportOutcome> outcome = collect::ImportOutcome{};
  {
    ProgressLine line(terminal);
    outcome = app::import_files(
        *archive, request,
        [&](const collect::ImportOutcome& so_far) {
          give_way.look();
          line.show("importing: " + std::to_string(so_far.files) + " files, " +
                    std::to_string(so_far.counts.read) + " items");
        },
        stop);
  }
  if (!outcome) return outcome.error();
  if (arguments.has("json"))
    print_json(terminal.out, *outcome);
  else
    print_text(terminal, *outcome, is_packed);
  return verdict(*outcome);
}

const std::string& details() {
  static const std::string text =
      "A file is known by its content, not by its name.  The same file twice adds nothing.  A file that "
      "cannot be\n"
      "understood is kept as it is, marked unread, and counted as refused, unless it seems to hold private\n"
      "items.  What a platform marks as private (direct messages, posts for followers, e-mail) is not kept "
      "unless an\n"
      "authority is stated.  Formats:\n\n" +
      app::import_formats();
  return text;
}

}  // namespace

const Command kImport = {"import",  "read exports, archives and saved pages into the archive",
                         details(), kOperands,
                         kOptions,  run_import};

}  // namespace muniment::cli
