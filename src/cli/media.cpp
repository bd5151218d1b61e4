#include "app/media.hpp"
#include "app/media_supply.hpp"

#include <array>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/media_lines.hpp"
#include "cli/notes.hpp"
#include "cli/open.hpp"
#include "cli/progress.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {Operand{"SOURCE", "names; otherwise every active source", false, true}};
constexpr std::array kOptions = {
    Option{"--by-policy", "",
           "only of sources that `source watch NAME --media yes` was said of: for a timer"},
    Option{"--imported", "", "what items from saved files name, instead of what sources brought"},
    Option{"--from", "EXPORT",
           "a ZIP or TAR that was imported: the files in it that its items name, instead of asking anybody",
           false, true},
    Option{"--refused-too", "", "also what was refused before: a limit was raised, or a site is back"},
    Option{"--most-file", "MIB", "the largest file that is kept, at most 64; otherwise 25"},
    Option{"--most-run", "MIB", "when so much has come, the rest waits for the next run; otherwise 1024"},
    Option{"--json", "", "print one JSON object"},
};
constexpr std::uint64_t kMebi = 1U << 20;

Result<int> supply(const Arguments& arguments, Terminal& terminal, std::uint64_t most_file) {
  app::SupplyWishes wishes;
  for (const auto& path : arguments.all("from")) wishes.containers.emplace_back(path);
  wishes.most_file = most_file;
  wishes.actor = actor();
  wishes.stop = stop_on_signals();
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  const auto answer = app::supply_media(*archive, wishes);
  if (!answer) return answer.error();
  print_notes(terminal.err, answer->faults);
  terminal.out << (arguments.has("json") ? supply_json(*answer) : supply_text(*answer));
  return 0;
}

Result<int> run_media(const Arguments& arguments, Terminal& terminal) {
  app::MediaWishes wishes;
  const auto most_file =
      arguments.number("most-file", wishes.most_file / kMebi, ledger::kMostAttachmentBytes / kMebi);
  if (!most_file) return most_file.error();
  const auto most_run = arguments.number("most-run", wishes.most_run / kMebi, 1U << 20);
  if (!most_run) return most_run.error();
  wishes.sources = arguments.all("SOURCE");
  wishes.imported = arguments.has("imported");
  wishes.refused_too = arguments.has("refused-too");
  wishes.most_file = *most_file * kMebi;
  wishes.most_run = *most_run * kMebi;
  if ((wishes.imported || arguments.has("from")) && !wishes.sources.empty())
    return Error{Code::kInvalid, "what came from saved files has no source; nothing was asked",
                 "give --imported or --from, or names of sources"};
  if (arguments.has("from")) return supply(arguments, terminal, wishes.most_file);
  wishes.stop = stop_on_signals();
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  if (arguments.has("by-policy")) {
    auto sources = app::sources_with_media(*archive, wishes.sources);
    if (!sources) return sources.error();
    if (sources->empty()) {
      terminal.out << "of no source it was said that its files are kept\n";
      return 0;
    }
    wishes.sources = *std::move(sources);
  }
  Result<app::MediaAnswer> answer = app::MediaAnswer{};
  {
    ProgressLine line(terminal);
    std::uint64_t done = 0;
    wishes.progress = [&](const collect::MediaOutcome& outcome) {
      line.show(std::to_string(++done) + " files; " + outcome.url);
    };
    answer = app::fetch_media(*archive, wishes);
  }
  if (!answer) return answer.error();
  terminal.out << (arguments.has("json") ? media_json(*answer) : media_text(*answer));
  return 0;
}

}  // namespace

const Command kMedia = {
    "media",
    "fetch the files that captured items name",
    "Pictures, sound, videos and documents are sealed as they came; the same file is kept once, whoever "
    "names "
    "it.\n"
    "What could not be had, or may not be kept, is recorded with the reason: not-found, barred, no-answer, "
    "host-error,\n"
    "too-large, type, web-page, empty, not-the-file, not-allowed (a private address, a certificate), "
    "no-address.\n"
    "What may come back is asked for again by later runs, at most five times.  No credential is ever shown.\n"
    "`muniment source watch NAME --media yes` makes `muniment harvest` do this after each poll of a source;\n"
    "beside `harvest --follow` a timer runs it with --by-policy (docs/running.md).\n"
    "`muniment show ID` says what is held, and `muniment attachment save` writes it out.",
    kOperands,
    kOptions,
    run_media};

}  // namespace muniment::cli
