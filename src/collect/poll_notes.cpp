#include "collect/poll_notes.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "net/url.hpp"

namespace muniment::collect {
namespace {

constexpr int kUnauthorised = 401;
constexpr int kTooManyQuestions = 429;
constexpr std::size_t kMostCollisions = 20;  // remarked upon

}  // namespace

void PollNotes::failure(const sources::Ask& ask, const std::string& what, sources::Later later) {
  using sources::Later;
  const bool is_lost = later == Later::kNever;
  (ask.optional && !is_lost ? outcome.remarks : outcome.errors)
      .push_back(what + (later == Later::kAgain ? "; it is asked for again in the next poll"
                         : is_lost              ? "; it is not asked for any more, and was not captured"
                                                : ""));
  if (!ask.about.empty()) unexplained(ask.about);
}

void PollNotes::hint(const std::string& hint) {
  auto& hints = outcome.hints;
  if (!hint.empty() && std::ranges::find(hints, hint) == hints.end()) hints.push_back(hint);
}

void PollNotes::appended(const sources::Ask& ask, int status, const AppendedAnswer& answer) {
  outcome.counts += answer.counts;
  outcome.deleted += answer.deleted;
  outcome.unavailable += answer.unavailable;
  ++outcome.pages;
  if (status == kTooManyQuestions) ++outcome.limits;
  for (const auto& id : answer.collided)
    collision(ask, "several items claim to be " + base::to_valid_utf8(id) +
                       " and differ; one was taken for it, the others stand in the page only");
  for (const auto& id : answer.parted)
    collision(ask,
              "another source holds " + base::to_valid_utf8(id) +
                  ", and this one says something else under that name; it was taken for an item of its own");
}

void PollNotes::collision(const sources::Ask& ask, const std::string& what) {
  if (!collided_.insert(what).second || collided_.size() > kMostCollisions) return;
  outcome.remarks.push_back(net::shown_url(ask.url) + ": " + what);
}

void PollNotes::access(const sources::Ask& ask, const net::Response& response,
                       const Result<sources::Reading>& reading) {
  if (ask.shows.empty()) return;
  const bool refused =
      response.status == kUnauthorised || (!reading && reading.error().code == Code::kDenied);
  if (refused)
    outcome.access = Access::kRefused;
  else if (reading && response.status < 400 && outcome.access == Access::kNone)
    outcome.access = Access::kAccepted;
  if (!reading) return;
  outcome.charged += reading->charged;
  if (!reading->credential_expires.empty()) outcome.credential_expires = reading->credential_expires;
}

void PollNotes::understood(const sources::Ask& ask, sources::Reading& reading) {
  if (!reading.only_leads) ++outcome.understood;
  for (auto& remark : reading.remarks) outcome.remarks.push_back(std::move(remark));
  for (auto& fault : reading.faults) outcome.errors.push_back(std::move(fault));
  if (reading.recovered)
    outcome.remarks.push_back(net::shown_url(ask.url) +
                              " was not well-formed; it was read as far as it made sense");
  for (const auto& item : reading.items) explained(item.interaction.id);
}

void PollNotes::used_up(const Allowance::Left& budget, const std::string& what,
                        std::vector<std::string>& lines) {
  outcome.budget = budget.budget;
  outcome.not_before = budget.until;
  lines.push_back("the budget of " + budget.budget + " is used up; " + what);
}

}  // namespace muniment::collect
