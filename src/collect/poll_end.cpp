#include "collect/poll_end.hpp"

#include "base/time.hpp"
#include "collect/append_once.hpp"

namespace muniment::collect {
namespace {

// A budget that left no room for the first question says nothing about the source.
bool only_a_budget_ended(const PollOutcome& poll) {
  return !poll.budget.empty() && poll.errors.size() == 1;
}

Outcome outcome_of(const PollOutcome& poll, bool is_whole) {
  if (is_whole && poll.interrupted) return Outcome::kPartial;
  if (poll.understood == 0) return only_a_budget_ended(poll) ? Outcome::kPartial : Outcome::kFailed;
  return is_whole ? Outcome::kComplete : Outcome::kPartial;
}

void withhold_words(const Credential& credential, PollOutcome& outcome) {
  for (auto* lines : {&outcome.errors, &outcome.remarks})
    for (auto& line : *lines) credential.blot(line);
  credential.blot(outcome.cursor);
  credential.blot(outcome.resume);
}

}  // namespace

Status end_poll(const sources::Poll& poll, const PollRun& run, const Status& asked,
                const std::vector<sources::Ask>& unanswered, PollOutcome& outcome) {
  if (!asked) outcome.errors.push_back(asked.error().what);
  outcome.outcome = outcome_of(outcome, outcome.errors.empty());
  if (outcome.interrupted) outcome.remarks.push_back("the poll was stopped on request before its end");
  if (const auto& price = run.allowance.price; price && outcome.charged != 0)
    outcome.cost = base::money_text({outcome.charged * price->millionths, price->currency});
  outcome.finished = base::to_rfc3339(run.ledgers.clock.now());
  if (outcome.outcome == Outcome::kComplete) {
    outcome.cursor = poll.cursor();
    if (!unanswered.empty() || poll.owes()) outcome.resume = poll.resume(unanswered);
  } else if (outcome.resume = poll.resume(unanswered); outcome.resume.empty() && outcome.understood == 0) {
    outcome.resume = run.resume;
  }
  if (run.credential != nullptr) withhold_words(*run.credential, outcome);
  return append_coverage(outcome, run.ledgers);
}

Status append_coverage(const PollOutcome& outcome, const Ledgers& ledgers) {
  const auto compose = [&](const ledger::Head&) -> Result<std::vector<ledger::Draft>> {
    return std::vector<ledger::Draft>{coverage_draft(outcome)};
  };
  const auto written = append_once(ledgers.appender, ledgers.reader, ledgers.clock, compose,
                                   [&](const ledger::Entry& entry, const records::Body& body) {
                                     return entry.kind == ledger::kind::kCoverage &&
                                            records::value_of(body, "source") == outcome.source &&
                                            records::value_of(body, "started") == outcome.started;
                                   });
  if (!written) return written.error();
  return {};
}

}  // namespace muniment::collect
