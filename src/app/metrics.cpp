#include "app/metrics.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "base/time.hpp"

namespace muniment::app {
namespace {

class Page {
 public:
  void begin(const std::string& name, const char* type, const char* help) {
    name_ = "muniment_" + name;
    text_ += "# HELP " + name_ + " " + help + "\n# TYPE " + name_ + " " + type + "\n";
  }
  void sample(const std::string& labels, const std::string& value) {
    text_ += name_ + (labels.empty() ? "" : "{" + labels + "}") + " " + value + "\n";
  }
  void sample(const std::string& labels, std::uint64_t value) { sample(labels, std::to_string(value)); }
  // A name and its one sample.
  void one(const std::string& name, const char* type, const char* help, std::uint64_t value) {
    begin(name, type, help);
    sample({}, value);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string name_, text_;
};

std::string label(const char* name, const std::string& value) {
  std::string out = std::string(name) + "=\"";
  for (const char c : value) {
    if (c == '\\' || c == '"') out.push_back('\\');
    c == '\n' ? out += "\\n" : out += c;
  }
  return out + '"';
}

void labelled(Page& page, const char* of,
              std::initializer_list<std::pair<const char*, std::uint64_t>> samples) {
  for (const auto& [value, count] : samples) page.sample(label(of, value), count);
}

std::string seconds_of(const std::string& rfc3339) {
  const auto time = base::parse_rfc3339(rfc3339).value_or(base::Time{});
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count());
}

void tell_sources(Page& page, const ArchiveStatus& status) {
  using State = index::SourceRow::State;
  const auto in = [&](State state) {
    return static_cast<std::uint64_t>(std::ranges::count_if(
        status.sources, [&](const SourceStatus& source) { return source.row.state == state; }));
  };
  page.begin("sources", "gauge", "Sources by state.");
  labelled(page, "state", {{"active", in(State::kActive)}, {"paused", in(State::kPaused)}});
  page.begin("source_last_complete_seconds", "gauge",
             "End of the last complete poll, since 1970; 0: none yet.");
  for (const auto& source : status.sources)
    page.sample(label("source", source.row.name), seconds_of(source.last_good));
  page.begin("source_failures_in_a_row", "gauge", "Polls that failed since the last one that did not.");
  for (const auto& source : status.sources)
    page.sample(label("source", source.row.name), static_cast<std::uint64_t>(source.failures));
  page.begin("source_budget_used_up", "gauge", "1: the source is not asked before its budget begins anew.");
  for (const auto& source : status.sources)
    page.sample(label("source", source.row.name), source.budget.empty() ? 0U : 1U);
}

}  // namespace

void FollowCounts::add(const collect::PollOutcome& poll) {
  ++(poll.outcome == collect::Outcome::kComplete  ? complete
     : poll.outcome == collect::Outcome::kPartial ? partial
                                                  : failed);
  requests += poll.requests;
  charged += poll.charged;
  limits += poll.limits;
  fresh += poll.counts.fresh;
  changed += poll.counts.changed;
  deleted += poll.deleted;
  unavailable += poll.unavailable;
}

std::string metrics_text(const FollowCounts& counts, const FollowNow& now, const ArchiveStatus& status) {
  Page page;
  const auto seconds = [](auto duration) {
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(duration).count());
  };
  page.one("written_seconds", "gauge", "When this was written, since 1970.",
           seconds(now.now.time_since_epoch()));
  page.begin("polls_total", "counter", "Polls that ended, by outcome.");
  labelled(page, "outcome",
           {{"complete", counts.complete}, {"partial", counts.partial}, {"failed", counts.failed}});
  page.one("requests_total", "counter", "Questions asked.", counts.requests);
  page.one("charged_items_total", "counter", "Items that platforms charge for.", counts.charged);
  page.one("limit_hits_total", "counter", "Answers that said: too many questions.", counts.limits);
  page.begin("items_total", "counter", "What the polls found, by kind.");
  labelled(page, "kind",
           {{"new", counts.fresh},
            {"changed", counts.changed},
            {"deleted", counts.deleted},
            {"unavailable", counts.unavailable}});
  page.one("polls_under_way", "gauge", "Polls that have begun and not ended.", now.under_way);
  page.one("behind_seconds", "gauge", "How late the source is that has waited longest.", seconds(now.behind));
  page.one("ledger_entries", "gauge", "Entries in the ledger.", status.entries);
  page.one("ledger_entries_signed", "gauge", "Entries that a signed checkpoint covers.", status.checkpointed);
  page.one("possible_requests", "gauge", "Possible requests that wait for a decision.", status.waiting);
  page.one("alarms", "gauge", "Alarms; `muniment status` lists them.", status.alarms.size());
  tell_sources(page, status);
  return page.take();
}

}  // namespace muniment::app
