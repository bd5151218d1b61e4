#include "collect/coverage.hpp"

#include "base/utf8.hpp"

namespace muniment::collect {
namespace {

constexpr std::size_t kMostLines = 200;
constexpr std::size_t kLongestLine = 1000;

// Sentences of ours may quote what a platform said.
std::string lines(const std::vector<std::string>& sentences) {
  std::string out;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (i == kMostLines) return out + "and " + std::to_string(sentences.size() - i) + " more\n";
    auto line = base::to_valid_utf8(std::string_view(sentences[i]).substr(0, kLongestLine));
    for (auto& c : line)
      if (c == '\n' || c == '\r') c = ' ';
    out += line + '\n';
  }
  return out;
}

}  // namespace

std::string_view outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::kComplete:
      return "complete";
    case Outcome::kPartial:
      return "partial";
    case Outcome::kFailed:
      break;
  }
  return "failed";
}

std::string_view access_name(Access access) {
  switch (access) {
    case Access::kNone:
      break;
    case Access::kAccepted:
      return "accepted";
    case Access::kRefused:
      return "refused";
    case Access::kAbsent:
      return "absent";
  }
  return {};
}

ledger::Draft coverage_draft(const PollOutcome& poll) {
  records::BodyBuilder body;
  body.add("agent", std::string(kAgent)).add("source", poll.source);
  body.add("started", poll.started).add("finished", poll.finished);
  body.add("outcome", std::string(outcome_name(poll.outcome))).add_number("pages", poll.pages);
  body.add_number("new", poll.counts.fresh).add_number("changed", poll.counts.changed);
  body.add_number("unchanged", poll.counts.moved + poll.counts.unchanged);
  body.add_number("deleted", poll.deleted).add_number("unavailable", poll.unavailable);
  body.add_number("missing", poll.missing).add_number("limits", poll.limits);
  body.add("errors", lines(poll.errors)).add("remarks", lines(poll.remarks));
  if (poll.outcome == Outcome::kComplete) body.add_bytes("cursor", poll.cursor);
  body.add_bytes("resume", poll.resume);
  body.add("covers.from", poll.covers_from);
  body.add("credential", poll.credential).add("credential.state", std::string(access_name(poll.access)));
  body.add("credential.expires", poll.credential_expires);
  if (poll.charged != 0) body.add_number("charged", poll.charged);
  body.add("cost", poll.cost);
  if (poll.requests != 0) body.add_number("requests", poll.requests);
  body.add("budget", poll.budget).add("not.before", poll.not_before);
  return {std::string(ledger::kind::kCoverage), body.build()};
}

}  // namespace muniment::collect
