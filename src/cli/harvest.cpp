#include "app/harvest.hpp"

#include <array>
#include <optional>
#include <ostream>

#include "app/follow.hpp"
#include "app/sources.hpp"
#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/media_lines.hpp"
#include "cli/notes.hpp"
#include "cli/open.hpp"
#include "cli/poll_lines.hpp"
#include "cli/progress.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {Operand{"SOURCE", "names; otherwise every active source", false, true}};
constexpr std::array kOptions = {
    Option{"--follow", "", "go on until a signal comes: each source at its interval (`source watch`)"},
    Option{"--metrics", "FILE", "following: figures for Prometheus, written anew twice a minute"},
    Option{"--notify-command", "CMD",
           "following: run by /bin/sh when there is a new alarm, with it on its input"},
    Option{"--json", "", "one JSON object a poll"}};

// Until a signal comes.  Of polls that found nothing and came to their end only programs are told.
Result<int> follow(app::Archive& archive, const Arguments& arguments, Terminal& terminal) {
  app::FollowWishes wishes;
  wishes.sources = arguments.all("SOURCE");
  wishes.stop = stop_on_signals();
  wishes.metrics = arguments.get("metrics");
  wishes.notify_command = arguments.get("notify-command");
  const bool json = arguments.has("json");
  wishes.ended = [&](const collect::PollOutcome& poll) {
    const bool quiet = poll.outcome == collect::Outcome::kComplete && poll.remarks.empty() &&
                       poll.counts.fresh + poll.counts.changed + poll.deleted + poll.unavailable == 0;
    if (json) print_json(terminal.out, poll);
    if (!json && !quiet) print_text(terminal.out, poll);
    terminal.out.flush();
  };
  wishes.remark = [&](const std::string& what) {
    terminal.err << "note: " << base::for_terminal(what) << std::endl;
  };
  if (terminal.err_is_terminal) terminal.err << "following; Ctrl-C ends it" << std::endl;
  if (auto followed = app::follow(archive, wishes); !followed) return followed.error();
  return 0;
}

// The files that items name, of the sources whose policy it is.
Result<std::optional<app::MediaAnswer>> media_after(app::Archive& archive,
                                                    const std::vector<collect::PollOutcome>& polls) {
  std::vector<std::string> polled;
  for (const auto& poll : polls) polled.push_back(poll.source);
  if (polled.empty()) return std::optional<app::MediaAnswer>{};
  app::MediaWishes wishes;
  auto sources = app::sources_with_media(archive, polled);
  if (!sources) return sources.error();
  if (sources->empty()) return std::optional<app::MediaAnswer>{};
  wishes.sources = *std::move(sources);
  wishes.stop = stop_on_signals();
  auto answer = app::fetch_media(archive, wishes);
  if (!answer) return answer.error();
  return std::optional(*std::move(answer));
}

// Where there is nothing to ask.
Result<std::string> why_none(app::Archive& archive) {
  const auto sources = app::list_sources(archive);
  if (!sources) return sources.error();
  return std::string(sources->empty() ? "no active source; `muniment source add` adds one\n"
                                      : "every source is paused, so nothing was asked; `muniment source "
                                        "resume NAME` captures from one again\n");
}

Result<int> run_harvest(const Arguments& arguments, Terminal& terminal) {
  if (!arguments.has("follow") && (arguments.has("metrics") || arguments.has("notify-command")))
    return Error{Code::kInvalid, "--metrics and --notify-command are for --follow; nothing was asked",
                 "`muniment status --notify-command` tells of alarms once"};
  const auto* stop = stop_on_signals();
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  if (arguments.has("follow")) return follow(*archive, arguments, terminal);
  app::HarvestWishes wishes;
  wishes.sources = arguments.all("SOURCE");
  wishes.stop = stop;
  std::vector<std::string> remarks;
  wishes.remark = [&](const std::string& what) { remarks.push_back(what); };
  Result<std::vector<collect::PollOutcome>> outcomes = std::vector<collect::PollOutcome>{};
  {
    ProgressLine line(terminal);
    wishes.progress = [&](const collect::PollOutcome& poll) {
      line.show(poll.source + ": page " + std::to_string(poll.pages) + ", " +
                std::to_string(poll.counts.fresh) + " new, " + std::to_string(poll.counts.changed) +
                " changed");
    };
    outcomes = app::harvest(*archive, wishes);
  }
  if (!outcomes) return outcomes.error();
  print_notes(terminal.err, remarks);
  bool failed = false;
  for (const auto& poll : *outcomes) {
    failed = failed || poll.outcome == collect::Outcome::kFailed;
    arguments.has("json") ? print_json(terminal.out, poll) : print_text(terminal.out, poll);
  }
  const auto media = media_after(*archive, *outcomes);
  if (!media) return media.error();
  if (*media && !arguments.has("json")) terminal.out << media_text(**media);
  if (outcomes->empty() && remarks.empty() && !arguments.has("json")) {
    const auto why = why_none(*archive);
    if (!why) return why.error();
    terminal.out << *why;
  }
  if (failed)
    return Error{Code::kUnavailable, "not every source could be captured; the gap is recorded in the ledger",
                 "see what is said of each above, then run the same command again"};
  return 0;
}

}  // namespace

const Command kHarvest = {
    "harvest",
    "capture what is new, changed or gone at the sources",
    "Each answer is in the ledger before the next question is asked: stopped at any moment, a later run "
    "carries on without\n"
    "loss or double.  A deletion is recorded only when the platform said so twice.  Each poll leaves a "
    "coverage\n"
    "entry, so that \"nothing was found\" and \"nothing was captured\" can be told apart.\n"
    "With --follow it goes on: each source is polled at its interval, many at a time, and no host faster "
    "than "
    "its pace.\n"
    "SIGTERM or SIGINT ends it, with what is known written down and signed; another one, more than a second "
    "later, ends it at once.  "
    "docs/running.md\n"
    "says how to run it as a service.\n"
    "Proxies are taken from http_proxy, https_proxy and no_proxy; SSL_CERT_FILE names the certificates that "
    "are\n"
    "believed instead of this machine's own.",
    kOperands,
    kOptions,
    run_harvest};

}  // namespace muniment::cli
