#include "collect/cut_off.hpp"

#include <charconv>

#include "base/time.hpp"
#include "collect/coverage.hpp"
#include "collect/poll_end.hpp"

namespace muniment::collect {
namespace {

using ledger::Seq;

constexpr std::uint64_t kTooManyQuestions = 429;

std::uint64_t number(const records::Body& body, std::string_view name) {
  const auto text = records::value_of(body, name).value_or("");
  std::uint64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

// What came with an exchange stands behind it, in one piece.  False: this did not.
bool count(std::string_view kind, PollOutcome& outcome) {
  using namespace ledger::kind;
  auto* counter = kind == kCapture     ? &outcome.counts.fresh
                  : kind == kEdit      ? &outcome.counts.changed
                  : kind == kSeenAgain ? &outcome.counts.moved
                  : kind == kDeletion  ? &outcome.deleted
                  : kind == kBarred    ? &outcome.unavailable
                                       : nullptr;
  if (counter != nullptr) ++*counter;
  return counter != nullptr;
}

Status add_answer(Seq exchange, Seq end, ledger::Reader& reader, PollOutcome& outcome) {
  const auto entry = reader.entry(exchange);
  if (!entry) return entry.error();
  const auto body = reader.body(exchange);
  if (!body && body.error().code != Code::kNotFound) return body.error();
  ++outcome.pages;
  ++outcome.requests;
  auto started = base::to_rfc3339(entry->time);
  outcome.finished = started;
  if (body) {
    started = records::value_of(*body, "started").value_or(started);
    outcome.finished = records::value_of(*body, "fetched").value_or(outcome.finished);
    outcome.charged += number(*body, "charged");
    if (number(*body, "status") == kTooManyQuestions) ++outcome.limits;
    if (!records::bytes_of(*body, "unread")) ++outcome.understood;
  }
  if (outcome.started.empty()) outcome.started = started;
  return reader.each_entry(exchange + 1, end,
                           [&](const ledger::Entry& next) { return count(next.kind, outcome); });
}

}  // namespace

Status end_cut_off(const CutOff& poll, const Ledgers& ledgers) {
  PollOutcome outcome;
  outcome.source = poll.source;
  outcome.credential = poll.credential;
  outcome.resume = poll.resume;
  const auto head = ledgers.reader.head();
  if (!head) return head.error();
  if (auto ready = ledgers.catalogue.at(head->size); !ready) return ready;
  auto since = ledgers.catalogue.last_complete(poll.source);
  if (!since) return since.error();
  outcome.covers_from = *std::move(since);
  for (const auto exchange : poll.answers)
    if (auto added = add_answer(exchange, head->size, ledgers.reader, outcome); !added) return added;
  outcome.outcome = outcome.understood != 0 ? Outcome::kPartial : Outcome::kFailed;
  outcome.errors.emplace_back(
      "the program that polled ended before the poll did; what it was answered is kept, and the next poll "
      "asks for the rest");
  return append_coverage(outcome, ledgers);
}

}  // namespace muniment::collect
