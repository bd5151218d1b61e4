#include "app/harvest.hpp"

#include <array>
#include <boost/json.hpp>
#include <optional>
#include <ostream>

#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/media_lines.hpp"
#include "cli/open.hpp"
#include "cli/progress.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {Operand{"SOURCE", "names; otherwise every active source", false, true}};
constexpr std::array kOptions = {Option{"--json", "", "one JSON object a source"}};

boost::json::array strings(const std::vector<std::string>& texts) {
  boost::json::array out;
  for (const auto& text : texts) out.push_back(boost::json::string(base::to_valid_utf8(text)));
  return out;
}

void print_json(std::ostream& out, const collect::PollOutcome& poll) {
  boost::json::object line;
  line["source"] = poll.source;
  line["outcome"] = std::string(collect::outcome_name(poll.outcome));
  line["interrupted"] = poll.interrupted;
  line["pages"] = poll.pages;
  line["read"] = poll.counts.read;
  line["new"] = poll.counts.fresh;
  line["changed"] = poll.counts.changed;
  line["unchanged"] = poll.counts.unchanged + poll.counts.moved;
  line["deleted"] = poll.deleted;
  line["unavailable"] = poll.unavailable;
  line["missing"] = poll.missing;
  if (!poll.credential.empty())
    line["credential"] = {{"name", poll.credential},
                          {"state", std::string(collect::access_name(poll.access))},
                          {"expires", poll.credential_expires}};
  if (poll.charged > 0) line["charged"] = poll.charged;
  line["errors"] = strings(poll.errors);
  line["remarks"] = strings(poll.remarks);
  line["started"] = poll.started;
  line["finished"] = poll.finished;
  out << boost::json::serialize(line) << '\n';
}

void print_text(std::ostream& out, const collect::PollOutcome& poll) {
  out << poll.source << ": " << collect::outcome_name(poll.outcome)
      << (poll.interrupted ? " (stopped early)" : "") << ", " << poll.pages
      << (poll.pages == 1 ? " page, " : " pages, ") << poll.counts.fresh << " new, " << poll.counts.changed
      << " changed, " << poll.counts.unchanged + poll.counts.moved << " unchanged";
  if (poll.deleted > 0) out << ", " << poll.deleted << " deleted on the platform";
  if (poll.unavailable > 0) out << ", " << poll.unavailable << " no longer shown by the platform";
  if (poll.missing > 0) out << ", " << poll.missing << " missing without a word";
  out << '\n';
  if (poll.access == collect::Access::kRefused)
    out << "  the credential " << poll.credential << " was refused; replace it\n";
  if (poll.charged > 0) out << "  " << poll.charged << " items count against the platform's allowance\n";
  for (const auto& error : poll.errors) out << "  failed: " << base::for_terminal(error) << '\n';
  for (const auto& remark : poll.remarks) out << "  note: " << base::for_terminal(remark) << '\n';
}

// The files that items name, of the sources whose policy it is.
Result<std::optional<app::MediaAnswer>> media_after(app::Archive& archive,
                                                    const std::vector<collect::PollOutcome>& polls) {
  std::vector<std::string> polled;
  for (const auto& poll : polls) polled.push_back(poll.source);
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

Result<int> run_harvest(const Arguments& arguments, Terminal& terminal) {
  auto archive = open_archive(arguments, app::Access::kWrite);
  if (!archive) return archive.error();
  app::HarvestWishes wishes;
  wishes.sources = arguments.all("SOURCE");
  wishes.stop = stop_on_signals();
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
  const auto media = media_after(*archive, *outcomes);
  if (!media) return media.error();
  bool failed = false;
  for (const auto& poll : *outcomes) {
    failed = failed || poll.outcome == collect::Outcome::kFailed;
    arguments.has("json") ? print_json(terminal.out, poll) : print_text(terminal.out, poll);
  }
  if (*media && !arguments.has("json")) terminal.out << media_text(**media);
  if (outcomes->empty() && !arguments.has("json"))
    terminal.out << "no active source; `muniment source add` adds one\n";
  if (failed)
    return Error{Code::kUnavailable, "not every source could be captured; the gap is recorded in the ledger",
                 "run the same command again later"};
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
    "Proxies are taken from http_proxy, https_proxy and no_proxy; SSL_CERT_FILE names the certificates that "
    "are\n"
    "believed instead of this machine's own.",
    kOperands,
    kOptions,
    run_harvest};

}  // namespace muniment::cli
