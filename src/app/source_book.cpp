#include "app/source_book.hpp"

#include <algorithm>

#include "base/time.hpp"

namespace muniment::app {
namespace {

using base::Time;
using index::SourceRow;

constexpr std::chrono::minutes kClockSlip{1};

Time time_of(std::int64_t milliseconds) {
  return Time{std::chrono::milliseconds{milliseconds}};
}

}  // namespace

// A poll that ended in the future says that the clock was wrong, then or now: it ends no silence.
Time SourceState::silent_since(Time now) const {
  const auto is_past = [&](Time time) { return time <= now + kClockSlip; };
  const Time wanted = is_past(wanted_since) ? wanted_since : Time{};
  if (last_good && is_past(*last_good)) return std::max(*last_good, wanted);
  return is_past(wanted_since) ? wanted_since : now;
}

// One that was under way when the name was given to another address ended after that, and is not; one that
// ended before it and was written behind it shows that the clock was wrong in between.
bool SourceState::is_own(const index::CoverageRow& poll) const {
  const bool was_under_way = time_of(poll.started) < added && time_of(poll.finished) >= added;
  return poll.seq > added_by && !was_under_way;
}

Time SourceState::not_before() const {
  return base::parse_rfc3339(record.not_before).value_or(Time{});
}

std::string SourceState::resume() const {
  return record.resume;
}

Status SourceBook::look() {
  auto opened = archive_.catalogue();
  if (!opened) return opened.error();
  const auto position = opened->position();
  catalogue_.emplace(*std::move(opened));
  std::vector<std::string> fresh;
  if (auto read = read_rows(*catalogue_, fresh); !read) return read;
  // First what was decided: polls from before a source was added count for nothing.
  if (auto read = read_decisions(*catalogue_, position); !read) return read;
  if (auto read = read_polls(*catalogue_, position, fresh); !read) return read;
  for (auto& [name, source] : sources_)
    if (auto read = read_details(source); !read) return read;
  return {};
}

Status SourceBook::look_before_polling(const std::string& name) {
  const auto behind = is_behind(name);
  if (!behind) return behind.error();
  return *behind ? look() : Status{};
}

Result<bool> SourceBook::is_behind(const std::string& name) {
  const auto index = archive_.projection();
  if (!index) return index.error();
  if (!catalogue_ || catalogue_->keys() != (*index)->keys()) return true;
  const auto decided = catalogue_->registered(ledger::kind::kSource, next_decision_);
  if (!decided) return decided.error();
  const auto polls = catalogue_->newest_polls(name, 1);
  if (!polls) return polls.error();
  const auto found = sources_.find(name);
  const auto known = found == sources_.end() || !found->second.last ? 0 : found->second.last->seq;
  return !decided->empty() || (!polls->empty() && polls->front().seq != known);
}

Status SourceBook::read_rows(index::Catalogue& catalogue, std::vector<std::string>& fresh) {
  auto rows = catalogue.sources();
  if (!rows) return rows.error();
  for (auto& row : *rows) {
    const auto [place, is_new] = sources_.try_emplace(row.name);
    auto& source = place->second;
    source.last_good = row.complete != 0 ? std::optional(time_of(row.complete)) : std::nullopt;
    source.row = std::move(row);
    source.row.cursor.clear();
    if (is_new) fresh.push_back(place->first);
  }
  return {};
}

Status SourceBook::read_polls(index::Catalogue& catalogue, ledger::Seq position,
                              const std::vector<std::string>& fresh) {
  for (const auto& name : fresh) {
    auto polls = catalogue.newest_polls(name, kNewestPolls);
    if (!polls) return polls.error();
    std::ranges::reverse(*polls);
    for (auto& poll : *polls) take(std::move(poll), sources_[name]);
  }
  if (next_poll_ != 0) {
    auto polls = catalogue.polls_from(next_poll_);
    if (!polls) return polls.error();
    for (auto& poll : *polls)
      if (const auto found = sources_.find(poll.source); found != sources_.end())
        take(std::move(poll), found->second);
  }
  next_poll_ = position;
  return {};
}

// What polls before it met with, at another address perhaps, neither holds the next one back nor is an alarm.
void SourceBook::begin_anew(const ledger::Entry& added, SourceState& source) {
  source.added = added.time;
  source.added_by = added.seq;
  if (!source.last || source.is_own(*source.last)) return;
  source.last.reset();
  source.record = {};
  source.failures = 0;
}

void SourceBook::take(index::CoverageRow poll, SourceState& source) {
  if (source.last && poll.seq <= source.last->seq) return;
  if (!source.is_own(poll)) return;
  source.failures = poll.outcome == "failed" ? source.failures + 1 : 0;
  source.record = {};
  source.last = std::move(poll);
}

// Of a source that was added while the rows were read, at `position` or behind it, the next look tells.
Status SourceBook::read_decisions(index::Catalogue& catalogue, ledger::Seq position) {
  const auto seqs = catalogue.registered(ledger::kind::kSource, next_decision_);
  if (!seqs) return seqs.error();
  for (const auto seq : *seqs) {
    const auto entry = archive_.reader().entry(seq);
    if (!entry) return entry.error();
    const auto body = archive_.reader().body(seq);
    if (!body && body.error().code != Code::kNotFound) return body.error();
    const auto source =
        body ? sources_.find(std::string(records::value_of(*body, "name").value_or(""))) : sources_.end();
    if (source == sources_.end() && seq >= position) break;
    next_decision_ = seq + 1;
    if (source == sources_.end()) continue;
    read_policy(*body, source->second.policy);
    const auto action = records::value_of(*body, "action");
    if (action == "add" || action == "resume") source->second.wanted_since = entry->time;
    if (action == "add") begin_anew(*entry, source->second);
  }
  return {};
}

Status SourceBook::read_details(SourceState& source) {
  if (!source.last || !source.record.outcome.empty()) return {};
  const auto body = archive_.reader().body(source.last->seq);
  if (!body && body.error().code != Code::kNotFound) return body.error();
  if (body) source.record = collect::poll_record_of(*body);
  source.record.outcome = source.last->outcome;
  return {};
}

Result<std::size_t> SourceBook::failed_since(const std::string& source, Time since) {
  const auto polls = catalogue_->coverage(source, since.time_since_epoch().count());
  if (!polls) return polls.error();
  return static_cast<std::size_t>(std::ranges::count_if(
      *polls, [](const index::CoverageRow& poll) { return poll.outcome != "complete"; }));
}

Result<std::vector<ledger::Seq>> SourceBook::unended(const std::string& source) {
  return catalogue_->unended(source);
}

Result<SourceBook::Cost> SourceBook::cost_of(const index::CoverageRow& poll) {
  const auto body = archive_.reader().body(poll.seq);
  if (!body && body.error().code == Code::kNotFound) return Cost{};
  if (!body) return body.error();
  const auto record = collect::poll_record_of(*body);
  Cost cost{time_of(poll.finished), record.requests, record.charged};
  if (record.cost) cost.millionths = record.cost->millionths;
  return cost;
}

Result<collect::Allowance> SourceBook::allowance(const SourceState& source, Time now) {
  collect::Allowance out;
  const auto& policy = source.policy;
  out.price = policy.price;
  if (!policy.requests && !policy.charged && !policy.money) return out;
  const auto month = period_of(Budget::Per::kMonth, now);
  auto& costs = costs_[source.row.name];
  std::erase_if(costs.of_this_month, [&](const Cost& cost) { return cost.at < month.from; });
  const auto polls = catalogue_->coverage(source.row.name, month.from.time_since_epoch().count());
  if (!polls) return polls.error();
  for (const auto& poll : *polls) {
    if (poll.seq < costs.counted) continue;
    auto cost = cost_of(poll);
    if (!cost) return cost.error();
    costs.counted = poll.seq + 1;
    costs.of_this_month.push_back(*cost);
  }
  const auto left = [&](std::uint64_t most, Budget::Per per, std::string words, const auto& cost_of_one) {
    const auto period = period_of(per, now);
    std::uint64_t used = 0;
    for (const auto& cost : costs.of_this_month)
      if (cost.at >= period.from && cost.at < period.to) used += cost_of_one(cost);
    return collect::Allowance::Left{most - std::min(most, used), base::to_rfc3339(period.to),
                                    std::move(words)};
  };
  if (const auto& budget = policy.requests)
    out.requests = left(budget->most, budget->per, budget_words(*budget, "requests"),
                        [](const Cost& cost) { return cost.requests; });
  if (const auto& budget = policy.charged)
    out.charged = left(budget->most, budget->per, budget_words(*budget, "charged items"),
                       [](const Cost& cost) { return cost.charged; });
  if (policy.money && policy.price) {
    const auto price = policy.price->millionths;
    // What came before there was a price is counted at today's.
    out.affordable = left(policy.money->most.millionths, policy.money->per, money_budget_words(*policy.money),
                          [&](const Cost& cost) { return cost.millionths.value_or(cost.charged * price); });
    out.affordable->left /= price;
  }
  return out;
}

}  // namespace muniment::app
