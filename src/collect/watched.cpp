#include "collect/watched.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/time.hpp"
#include "base/utf8.hpp"
#include "collect/exchange.hpp"

namespace muniment::collect {
namespace {

using base::Time;

// A time in which the source was meant to be captured, or was paused.
struct Phase {
  Time from{}, to{};
  bool paused = false;
  bool last = false;       // it goes on
  bool elsewhere = false;  // it begins a term at another address
};

// From when it was added until it was removed: the phases of each such term join without a break.
std::vector<std::vector<Phase>> terms_of(const std::vector<SourceAction>& actions, Time now) {
  using What = SourceAction::What;
  std::vector<std::vector<Phase>> terms;
  bool open = false;
  for (const auto& action : actions) {
    if (open) terms.back().back().to = action.at;
    const bool goes_on = action.what != What::kRemove;
    if (goes_on && !open) terms.emplace_back();
    if (goes_on)
      terms.back().push_back({action.at, action.at, action.what == What::kPause, false, action.elsewhere});
    open = goes_on;
  }
  if (open) {
    terms.back().back().to = std::max(now, terms.back().back().from);
    terms.back().back().last = true;
  }
  return terms;
}

// Runs of complete polls of one address that lie no farther apart than `quiet_after`.
std::vector<Span> spans_of(const std::vector<PollTimes>& polls, const std::vector<SourceAction>& actions,
                           std::chrono::milliseconds quiet_after) {
  const auto moved = [&](Time from, Time to) {
    return std::ranges::any_of(
        actions, [&](const SourceAction& one) { return one.elsewhere && from < one.at && one.at <= to; });
  };
  std::vector<Span> spans;
  for (const auto& poll : polls) {
    if (!poll.complete) continue;
    if (!spans.empty() && poll.started - spans.back().to <= quiet_after &&
        !moved(spans.back().from, poll.started)) {
      spans.back().to = std::max(spans.back().to, poll.finished);
      ++spans.back().polls;
    } else {
      spans.push_back({poll.started, poll.finished, 1});
    }
  }
  return spans;
}

void explain(Gap& gap, bool paused, const std::vector<PollTimes>& polls) {
  for (const auto& poll : polls) {
    if (poll.complete || poll.finished < gap.from || poll.started > gap.to) continue;
    ++gap.failed;
    gap.last_failed = poll.seq;
  }
  gap.cause = paused ? GapCause::kPaused : gap.failed > 0 ? GapCause::kFailing : GapCause::kNotPolled;
}

// Cuts the time between two spans by what was decided in it.
void add_gaps(Time from, Time to, bool open, const std::vector<Phase>& phases,
              const std::vector<PollTimes>& polls, std::vector<Gap>& gaps) {
  for (const auto& phase : phases) {
    const Time begin = std::max(from, phase.from), end = std::min(to, phase.to);
    if (begin >= end) continue;
    Gap gap{begin, end, open && phase.last && end == to, GapCause::kNotPolled, 0, 0};
    explain(gap, phase.paused, polls);
    // Added, and paused and resumed again, in one go: one gap where the cause is one.
    if (!gaps.empty() && gaps.back().to == gap.from && gaps.back().cause == gap.cause &&
        gaps.back().from >= from) {
      gaps.back().to = gap.to;
      gaps.back().open = gap.open;
      gaps.back().failed += gap.failed;
      gaps.back().last_failed = std::max(gaps.back().last_failed, gap.last_failed);
    } else {
      gaps.push_back(gap);
    }
  }
}

std::uint64_t number(const records::Body& body, std::string_view name) {
  const auto text = records::value_of(body, name).value_or("");
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    if (!line.empty()) out.emplace_back(line);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return out;
}

}  // namespace

std::string_view gap_cause_name(GapCause cause) {
  switch (cause) {
    case GapCause::kFailing:
      return "failing";
    case GapCause::kCredential:
      return "credential-refused";
    case GapCause::kPaused:
      return "paused";
    case GapCause::kBudget:
      return "budget";
    case GapCause::kNotPolled:
      break;
  }
  return "not-polled";
}

std::string_view gap_cause_words(GapCause cause) {
  switch (cause) {
    case GapCause::kFailing:
      return "the polls did not come to their end";
    case GapCause::kCredential:
      return "the platform did not take the credential";
    case GapCause::kPaused:
      return "it was paused";
    case GapCause::kBudget:
      return "its budget was used up";
    case GapCause::kNotPolled:
      break;
  }
  return "nobody polled it";
}

Watch watch_of(const std::vector<PollTimes>& polls, const std::vector<SourceAction>& actions,
               std::chrono::milliseconds quiet_after, Time now) {
  Watch watch;
  watch.spans = spans_of(polls, actions, quiet_after);
  for (const auto& phases : terms_of(actions, now)) {
    Time from = phases.front().from;
    const Time end = phases.back().to;
    for (const auto& span : watch.spans) {
      if (span.to < from || span.from > end) continue;
      if (phases.front().elsewhere && span.from < phases.front().from) continue;
      if (span.from - from > quiet_after) add_gaps(from, span.from, false, phases, polls, watch.gaps);
      from = std::max(from, span.to);
    }
    if (end - from > quiet_after) add_gaps(from, end, phases.back().last, phases, polls, watch.gaps);
  }
  return watch;
}

PollRecord poll_record_of(const records::Body& body) {
  const auto text = [&](std::string_view name) {
    return std::string(records::value_of(body, name).value_or(""));
  };
  PollRecord out;
  out.outcome = text("outcome");
  out.pages = number(body, "pages");
  out.fresh = number(body, "new");
  out.changed = number(body, "changed");
  out.unchanged = number(body, "unchanged");
  out.deleted = number(body, "deleted");
  out.unavailable = number(body, "unavailable");
  out.missing = number(body, "missing");
  out.limits = number(body, "limits");
  out.charged = number(body, "charged");
  out.requests = records::value_of(body, "requests") ? number(body, "requests") : out.pages;
  out.errors = lines(text("errors"));
  out.credential = text("credential");
  out.credential_state = text("credential.state");
  out.credential_expires = text("credential.expires");
  out.budget = text("budget");
  out.cost = base::read_money(text("cost"));
  out.not_before = text("not.before");
  out.resume = records::bytes_of(body, "resume").value_or("");
  return out;
}

ledger::Draft gap_draft(const GapFacts& facts) {
  records::BodyBuilder body;
  body.add("agent", std::string(kAgent)).add("source", facts.source).add("of", facts.of);
  body.add("from", base::to_rfc3339(facts.gap.from));
  if (!facts.gap.open) body.add("to", base::to_rfc3339(facts.gap.to));
  body.add("cause", std::string(gap_cause_name(facts.gap.cause)));
  body.add_number("polls.failed", facts.gap.failed);
  body.add("error", base::to_valid_utf8(facts.error)).add("noticed", base::to_rfc3339(facts.noticed));
  body.add_number(
      "quiet.after.hours",
      static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::hours>(facts.quiet_after).count()));
  return {std::string(ledger::kind::kGap), body.build()};
}

}  // namespace muniment::collect
