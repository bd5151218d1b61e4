#include "app/status.hpp"

#include <algorithm>
#include <optional>

#include "app/spot.hpp"
#include "app/zone.hpp"
#include "base/time.hpp"

namespace muniment::app {
namespace {

using base::Time;
using std::chrono::hours;

// "3 days", "5 hours"
std::string length_of(std::chrono::milliseconds time) {
  const auto all = std::max<std::int64_t>(0, std::chrono::duration_cast<hours>(time).count());
  const auto number = all >= 48 ? all / 24 : all;
  return std::to_string(number) + (all >= 48 ? " day" : " hour") + (number == 1 ? "" : "s");
}

// What is known of one source, and what is wrong with it.
class Judge {
 public:
  Judge(Archive& archive, const SourceHistory& source)
      : archive_(archive), source_(source), now_(archive.clock().now()) {}

  Result<SourceStatus> run(std::vector<Alarm>& alarms) {
    status_.row = source_.row;
    status_.policy = source_.policy;
    if (auto read = read_last(); !read) return read.error();
    if (source_.row.state == index::SourceRow::State::kActive) {
      judge_silence(alarms);
      judge_credential(alarms);
    }
    return std::move(status_);
  }

 private:
  Status read_last() {
    for (const auto& poll : source_.polls)
      if (poll.complete) good_ = poll.finished;
    if (good_) status_.last_good = base::to_rfc3339(*good_);
    if (source_.polls.empty()) return {};
    const auto& last = source_.polls.back();
    status_.last_try = base::to_rfc3339(last.finished);
    const auto body = archive_.reader().body(last.seq);
    if (!body && body.error().code == Code::kNotFound) return {};
    if (!body) return body.error();
    const auto record = collect::poll_record_of(*body);
    status_.outcome = record.outcome;
    status_.credential_state = record.credential_state;
    status_.credential_expires = record.credential_expires;
    if (!record.errors.empty()) error_ = record.errors.back();
    return {};
  }

  // Silence counts from the last complete poll, but not from before somebody wanted the source captured.
  void judge_silence(std::vector<Alarm>& alarms) {
    Time since = good_.value_or(Time{});
    for (const auto& action : source_.actions) {
      using What = collect::SourceAction::What;
      if (action.what == What::kAdd || action.what == What::kResume) since = std::max(since, action.at);
    }
    if (now_ - since <= source_.policy.quiet_after) return;
    const auto failed = std::count_if(
        source_.polls.begin(), source_.polls.end(),
        [&](const collect::PollTimes& poll) { return !poll.complete && poll.finished >= since; });
    const auto when = length_of(now_ - since) + ", since " + local_text(archive_.settings().timezone, since);
    if (failed > 0)
      alarms.push_back({source_.row.name, "failing",
                        "no poll of it has come to its end for " + when + "; " + std::to_string(failed) +
                            (failed == 1 ? " was" : " were") + " tried" +
                            (error_.empty() ? "" : ", and the last one said: " + error_),
                        "look at what it says; `muniment harvest " + source_.row.name + "` tries again"});
    else
      alarms.push_back({source_.row.name, "silent", "nobody has polled it for " + when,
                        "is the timer that runs `muniment harvest` still there? `muniment source pause " +
                            source_.row.name + "` if it is not to be captured"});
  }

  void judge_credential(std::vector<Alarm>& alarms) {
    const auto& state = status_.credential_state;
    if (state == "refused" || state == "absent")
      alarms.push_back({source_.row.name, "credential-refused",
                        state == "refused" ? "the platform no longer takes its credential"
                                           : "its credential is not where it should be",
                        "renew the credential, then `muniment harvest " + source_.row.name + "`"});
    const auto ends = base::parse_rfc3339(status_.credential_expires);
    if (!ends || *ends - now_ > source_.policy.warn_before) return;
    const auto when = local_text(archive_.settings().timezone, *ends);
    alarms.push_back({source_.row.name, "credential-ending",
                      *ends <= now_ ? "its credential ended on " + when
                                    : "its credential ends in " + length_of(*ends - now_) + ", on " + when,
                      "renew the credential before that"});
  }

  Archive& archive_;
  const SourceHistory& source_;
  Time now_;
  SourceStatus status_;
  std::optional<Time> good_;
  std::string error_;
};

}  // namespace

Result<ArchiveStatus> status(Archive& archive) {
  const auto sources = source_histories(archive);
  if (!sources) return sources.error();
  const auto head = archive.reader().head();
  if (!head) return head.error();
  ArchiveStatus out;
  out.entries = head->size;
  out.newest = base::to_rfc3339(head->last);
  out.checkpointed = archive.checkpointed();
  const auto waiting = possible_requests(archive, false);
  if (!waiting) return waiting.error();
  out.waiting = waiting->size();
  for (const auto& source : *sources) {
    if (source.row.state == index::SourceRow::State::kRemoved) continue;
    auto one = Judge(archive, source).run(out.alarms);
    if (!one) return one.error();
    out.sources.push_back(*std::move(one));
  }
  return out;
}

}  // namespace muniment::app
