#include "app/status.hpp"

#include <array>
#include <boost/json.hpp>
#include <ostream>

#include "app/coverage.hpp"
#include "app/notify.hpp"
#include "app/zone.hpp"
#include "base/so_many.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

using app::ArchiveStatus;

constexpr std::array kOptions = {
    Option{"--notify-command", "CMD",
           "run by /bin/sh when there is an alarm, or it cannot look, with words about it on its input"},
    Option{"--json", "", "print one JSON object"},
};
constexpr int kAlarm = 1;

const char* state_words(const app::SourceStatus& source) {
  return source.row.state == index::SourceRow::State::kPaused ? "paused" : "active";
}

boost::json::value time_or_null(const std::string& time) {
  return time.empty() ? boost::json::value(nullptr) : boost::json::value(time);
}

boost::json::string text(const std::string& words) {
  return boost::json::string(base::to_valid_utf8(words));
}

void print_json(std::ostream& out, const ArchiveStatus& status, std::size_t noted) {
  boost::json::array sources, alarms;
  for (const auto& source : status.sources)
    sources.push_back({{"name", source.row.name},
                       {"platform", source.row.platform},
                       {"state", state_words(source)},
                       {"last_good", time_or_null(source.last_good)},
                       {"last_try", time_or_null(source.last_try)},
                       {"last_outcome", source.outcome},
                       {"quiet_after_hours", source.policy.quiet_after.count()},
                       {"every_minutes", source.policy.every.count()},
                       {"not_before", time_or_null(source.not_before)},
                       {"budget_used_up", text(source.budget)},
                       {"credential_state", text(source.credential_state)},
                       {"credential_expires", text(source.credential_expires)}});
  for (const auto& alarm : status.alarms)
    alarms.push_back({{"source", alarm.source},
                      {"kind", alarm.kind},
                      {"words", text(alarm.words)},
                      {"hint", text(alarm.hint)}});
  const boost::json::object line{{"entries", status.entries},
                                 {"newest", status.newest},
                                 {"checkpointed", status.checkpointed},
                                 {"sources", std::move(sources)},
                                 {"possible_requests", status.waiting},
                                 {"alarms", std::move(alarms)},
                                 {"gaps_noted", noted}};
  out << boost::json::serialize(line) << '\n';
}

class Page {
 public:
  Page(std::ostream& out, std::string zone) : out_(out), zone_(std::move(zone)) {}

  void print(const ArchiveStatus& status, std::size_t noted) {
    out_ << base::so_many(status.entries, "entry", "entries") << "; the newest was sealed "
         << local(status.newest) << '\n';
    if (status.checkpointed == status.entries)
      out_ << "all of them are covered by a signed checkpoint\n";
    else
      out_ << (status.entries - status.checkpointed == 1
                   ? "the newest is"
                   : "the newest " + std::to_string(status.entries - status.checkpointed) + " are")
           << " not yet covered by a signed checkpoint\n";
    if (status.sources.empty()) out_ << "no sources yet; `muniment source add` adds one\n";
    for (const auto& source : status.sources) line(source);
    if (status.waiting > 0)
      out_ << status.waiting << (status.waiting == 1 ? " possible request waits" : " possible requests wait")
           << " for a person's decision; `muniment spot` lists them\n";
    if (noted > 0)
      out_ << noted << (noted == 1 ? " gap was" : " gaps were")
           << " noted in the ledger; `muniment coverage` tells more\n";
    out_ << (status.alarms.empty() ? "no alarms\n" : app::alarm_lines(status));
  }

 private:
  std::string local(const std::string& time) const {
    const auto parsed = base::parse_rfc3339(time);
    return parsed ? app::local_text(zone_, *parsed) : time;
  }

  void line(const app::SourceStatus& source) {
    out_ << "  " << source.row.name << "  " << source.row.platform << "  " << state_words(source) << "  "
         << (source.last_good.empty() ? "never captured in full"
                                      : "last captured in full " + local(source.last_good));
    if (!source.outcome.empty() && source.outcome != "complete")
      out_ << "; the newest poll, " << local(source.last_try) << ", "
           << (source.outcome == "failed" ? "failed" : "was " + source.outcome);
    if (!source.budget.empty())
      out_ << "; its budget of " << source.budget << " is used up until " << local(source.not_before);
    else if (!source.not_before.empty())
      out_ << "; its host wants to be left alone until " << local(source.not_before);
    out_ << '\n';
  }

  std::ostream& out_;
  std::string zone_;
};

// Gaps are noted where that is possible now; a status that cannot write still tells all it sees.
Result<app::Archive> open_for_status(const Arguments& arguments, Terminal& terminal, std::size_t& noted) {
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive && archive.error().code != Code::kUnavailable && archive.error().code != Code::kDenied)
    return archive;
  auto count = archive ? app::note_gaps(*archive) : Result<std::size_t>(archive.error());
  if (count && *count > 0)
    if (auto note = archive->sign(); !note) return note.error();
  if (!count)
    terminal.err << "note: gaps were not noted in the ledger: " << base::for_terminal(count.error().what)
                 << '\n';
  noted = count.value_or(0);
  if (archive) return archive;
  return open_archive(arguments, app::Access::kRead, terminal);
}

void tell(const Arguments& arguments, Terminal& terminal, const std::string& message) {
  if (!arguments.has("notify-command")) return;
  if (auto told = app::notify(arguments.get("notify-command"), message); !told)
    terminal.err << "note: nobody was told: " << base::for_terminal(told.error().what) << '\n';
}

std::string letter_about(const Error& error) {
  return "`muniment status` could not tell how the archive is: " + base::for_terminal(error.what) + '\n' +
         base::for_terminal(error.hint) + '\n';
}

Result<int> run_status(const Arguments& arguments, Terminal& terminal) {
  std::size_t noted = 0;
  auto archive = open_for_status(arguments, terminal, noted);
  const auto status = archive ? app::status(*archive) : Result<ArchiveStatus>(archive.error());
  if (!status) {
    // What keeps it from looking is worse than most alarms, unless it is that others are at work.
    if (status.error().code != Code::kUnavailable) tell(arguments, terminal, letter_about(status.error()));
    return status.error();
  }
  if (arguments.has("json"))
    print_json(terminal.out, *status, noted);
  else
    Page(terminal.out, archive->settings().timezone).print(*status, noted);
  if (status->alarms.empty()) return 0;
  tell(arguments, terminal, app::alarm_letter(*archive, *status));
  return kAlarm;
}

}  // namespace

const Command kStatus = {
    "status",
    "one screen: is the archive being filled, and does anything need a person?",
    "Entries, the last checkpoint, each source's last good poll, and alarms: a source that has been silent "
    "or "
    "failing for\n"
    "longer than its policy (`muniment source watch`), whose credential was refused, or ends soon; a clock "
    "that was wrong;\n"
    "a signing key that is not the archive's.  With an alarm the exit code is 1, so that a timer can act on "
    "it.  A time in which a source was not captured is noted in the "
    "ledger, once.",
    {},
    kOptions,
    run_status};

}  // namespace muniment::cli
