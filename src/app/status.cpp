#include "app/status.hpp"

#include <algorithm>
#include <optional>

#include "app/spot.hpp"
#include "app/zone.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"

namespace muniment::app {
namespace {

using base::Time;
using std::chrono::hours;

constexpr hours kClockAhead{1};

// "3 days", "5 hours"
std::string length_of(std::chrono::milliseconds time) {
  const auto all = std::max<std::int64_t>(0, std::chrono::duration_cast<hours>(time).count());
  const auto number = all >= 48 ? all / 24 : all;
  return std::to_string(number) + (all >= 48 ? " day" : " hour") + (number == 1 ? "" : "s");
}

// Entries take the time of the one before them until the clock has come to it.
void judge_clock(const Archive& archive, Time newest, Time now, std::vector<Alarm>& alarms) {
  if (newest - now < kClockAhead) return;
  alarms.push_back(
      {"", "wrong-clock",
       "the newest entry is dated " + local_text(archive.settings().timezone, newest) +
           ", which is in the future: the clock of this machine was wrong then, or is now; until "
           "that time all entries are dated so, and what is said of gaps may be wrong",
       "set the clock right, and have it kept right; nothing in the archive is lost by it"});
}

// What is known of one source, and what is wrong with it.
class Judge {
 public:
  Judge(Archive& archive, SourceBook& book, const SourceState& source)
      : archive_(archive), book_(book), source_(source), now_(archive.clock().now()) {}

  Result<SourceStatus> run(std::vector<Alarm>& alarms) {
    status_.row = source_.row;
    status_.policy = source_.policy;
    read_last();
    if (source_.row.state == index::SourceRow::State::kActive) {
      if (auto judged = judge_silence(alarms); !judged) return judged.error();
      judge_credential(alarms);
    }
    return std::move(status_);
  }

 private:
  void read_last() {
    if (source_.last_good) status_.last_good = base::to_rfc3339(*source_.last_good);
    if (!source_.last) return;
    status_.failures = source_.failures;
    status_.last_try = base::to_rfc3339(Time{std::chrono::milliseconds{source_.last->finished}});
    status_.outcome = source_.record.outcome;
    status_.credential_state = source_.record.credential_state;
    status_.credential_expires = source_.record.credential_expires;
    if (source_.not_before() <= now_) return;
    status_.budget = source_.record.budget;
    status_.not_before = source_.record.not_before;
  }

  // Silence counts from the last complete poll, but not from before somebody wanted the source captured.
  Status judge_silence(std::vector<Alarm>& alarms) {
    const Time since = source_.silent_since(now_);
    if (now_ - since <= source_.policy.quiet_after) return {};
    const auto failed = book_.failed_since(source_.row.name, since);
    if (!failed) return failed.error();
    const auto& name = source_.row.name;
    const auto when = length_of(now_ - since) + ", since " + local_text(archive_.settings().timezone, since);
    if (!status_.budget.empty()) {
      alarms.push_back({name, "budget",
                        "no poll of it has come to its end for " + when + ": its budget of " +
                            status_.budget + " is used up until " + local(source_.not_before()),
                        "`muniment source watch " + name + "` can give it more, or poll it less often"});
    } else if (*failed > 0) {
      const auto& errors = source_.record.errors;
      alarms.push_back({name, "failing",
                        "no poll of it has come to its end for " + when + "; " + std::to_string(*failed) +
                            (*failed == 1 ? " was" : " were") + " tried" +
                            (errors.empty() ? "" : ", and the last one said: " + errors.back()),
                        "look at what it says; `muniment harvest " + name + "` tries again"});
    } else {
      alarms.push_back(
          {name, "silent", "nobody has polled it for " + when,
           "is the timer or service that runs `muniment harvest` still there? `muniment source pause " +
               name + "` if it is not to be captured"});
    }
    return {};
  }

  std::string local(Time time) const { return local_text(archive_.settings().timezone, time); }

  void judge_credential(std::vector<Alarm>& alarms) {
    const auto& state = status_.credential_state;
    if (state == "refused" || state == "absent")
      alarms.push_back(
          {source_.row.name, "credential-refused",
           state == "refused" ? "the platform no longer takes its credential"
                              : "the newest poll found no credential that it could use",
           "renew the credential; `muniment harvest " + source_.row.name + "` says what is wrong with it"});
    const auto ends = base::parse_rfc3339(status_.credential_expires);
    if (!ends || *ends - now_ > source_.policy.warn_before) return;
    const auto when = local_text(archive_.settings().timezone, *ends);
    alarms.push_back({source_.row.name, "credential-ending",
                      *ends <= now_ ? "its credential ended on " + when
                                    : "its credential ends in " + length_of(*ends - now_) + ", on " + when,
                      *ends <= now_ ? "renew the credential, then `muniment harvest " + source_.row.name + "`"
                                    : "renew the credential before that"});
  }

  Archive& archive_;
  SourceBook& book_;
  const SourceState& source_;
  Time now_;
  SourceStatus status_;
};

}  // namespace

std::string alarm_lines(const ArchiveStatus& status) {
  std::string out;
  for (const auto& alarm : status.alarms)
    out += "ALARM  " + (alarm.source.empty() ? "" : alarm.source + ": ") + base::for_terminal(alarm.words) +
           "\n       " + base::for_terminal(alarm.hint) + '\n';
  return out;
}

std::string alarm_letter(const Archive& archive, const ArchiveStatus& status) {
  return archive.settings().authority + ": " + archive.settings().origin + '\n' + alarm_lines(status);
}

Result<ArchiveStatus> status(Archive& archive) {
  SourceBook book(archive);
  if (auto looked = book.look(); !looked) return looked.error();
  return status(archive, book);
}

Result<ArchiveStatus> status(Archive& archive, SourceBook& book) {
  const auto head = archive.reader().head();
  if (!head) return head.error();
  ArchiveStatus out;
  out.entries = head->size;
  out.newest = base::to_rfc3339(head->last);
  out.checkpointed = archive.checkpointed();
  judge_clock(archive, head->last, archive.clock().now(), out.alarms);
  if (const auto own = archive.has_own_key(); own && !*own) {
    const auto error =
        not_its_key(archive.layout(), "nothing can be written, and nobody would believe what it signs");
    out.alarms.push_back({"", "wrong-key", error.what, error.hint});
  }
  const auto waiting = possible_requests(archive, false);
  if (!waiting) return waiting.error();
  out.waiting = waiting->size();
  for (const auto& [name, source] : book.sources()) {
    if (source.row.state == index::SourceRow::State::kRemoved) continue;
    auto one = Judge(archive, book, source).run(out.alarms);
    if (!one) return one.error();
    out.sources.push_back(*std::move(one));
  }
  return out;
}

}  // namespace muniment::app
