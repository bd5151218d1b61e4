#include "app/source_history.hpp"

#include <algorithm>
#include <map>

namespace muniment::app {
namespace {

using collect::SourceAction;

void take(const ledger::Entry& entry, const records::Body& body, SourceHistory& source) {
  using What = SourceAction::What;
  const auto action = records::value_of(body, "action").value_or("");
  read_policy(body, source.policy);
  bool elsewhere = false;
  if (action == "add") {
    SourceAddress address{std::string(records::value_of(body, "platform").value_or("")),
                          std::string(records::value_of(body, "url").value_or("")), entry.time};
    auto& all = source.addresses;
    elsewhere = !all.empty() && (all.back().url != address.url || all.back().platform != address.platform);
    if (all.empty() || elsewhere) all.push_back(std::move(address));
  }
  const std::pair<std::string_view, What> kActions[] = {
      {"add", What::kAdd}, {"pause", What::kPause}, {"resume", What::kResume}, {"remove", What::kRemove}};
  for (const auto& [name, what] : kActions)
    if (name == action) source.actions.push_back({what, entry.time, elsewhere});
}

Status read_decisions(Archive& archive, index::Catalogue& catalogue,
                      std::map<std::string, SourceHistory>& sources) {
  const auto seqs = catalogue.registered(ledger::kind::kSource);
  if (!seqs) return seqs.error();
  for (const auto seq : *seqs) {
    const auto entry = archive.reader().entry(seq);
    if (!entry) return entry.error();
    const auto body = archive.reader().body(seq);
    if (!body && body.error().code == Code::kNotFound) continue;
    if (!body) return body.error();
    const auto source = sources.find(std::string(records::value_of(*body, "name").value_or("")));
    if (source != sources.end()) take(*entry, *body, source->second);
  }
  return {};
}

base::Time time_of(std::int64_t milliseconds) {
  return base::Time{std::chrono::milliseconds{milliseconds}};
}

collect::PollTimes times_of(const index::CoverageRow& poll) {
  return {poll.seq, time_of(poll.started), time_of(poll.finished), poll.outcome == "complete"};
}

Status read_newest(index::Catalogue& catalogue, std::size_t most, SourceHistory& source) {
  auto polls = catalogue.newest_polls(source.row.name, most);
  if (!polls) return polls.error();
  source.is_cut = polls->size() == most;
  const bool any_complete =
      std::ranges::any_of(*polls, [](const auto& poll) { return poll.outcome == "complete"; });
  if (source.is_cut && !any_complete) {
    polls = catalogue.coverage(source.row.name, 0);
    if (!polls) return polls.error();
    source.is_cut = false;
  }
  std::ranges::sort(*polls, {}, &index::CoverageRow::seq);
  for (const auto& poll : *polls) source.polls.push_back(times_of(poll));
  return {};
}

using Histories = std::map<std::string, SourceHistory>;

// `read_polls`: into those of all sources.
Result<std::vector<SourceHistory>> histories(
    Archive& archive, const std::function<Status(index::Catalogue&, Histories&)>& read_polls) {
  auto catalogue = archive.catalogue();
  if (!catalogue) return catalogue.error();
  auto rows = catalogue->sources();
  if (!rows) return rows.error();
  Histories sources;
  for (auto& row : *rows) {
    auto name = row.name;
    sources[name].row = std::move(row);
  }
  if (auto read = read_decisions(archive, *catalogue, sources); !read) return read.error();
  if (auto read = read_polls(*catalogue, sources); !read) return read.error();
  std::vector<SourceHistory> out;
  out.reserve(sources.size());
  for (auto& [name, source] : sources) out.push_back(std::move(source));
  return out;
}

}  // namespace

Result<collect::Watch> SourceHistory::watch(ledger::Reader& reader, base::Time now) const {
  auto watch = collect::watch_of(polls, actions, policy.quiet_after, now);
  if (is_cut && !watch.spans.empty())
    std::erase_if(watch.gaps, [&](const collect::Gap& gap) { return gap.from < watch.spans.front().from; });
  for (auto& gap : watch.gaps) {
    if (gap.cause != collect::GapCause::kFailing) continue;
    const auto body = reader.body(gap.last_failed);
    if (!body && body.error().code == Code::kNotFound) continue;
    if (!body) return body.error();
    const auto poll = collect::poll_record_of(*body);
    if (!poll.budget.empty())
      gap.cause = collect::GapCause::kBudget;
    else if (poll.credential_state == "refused" || poll.credential_state == "absent")
      gap.cause = collect::GapCause::kCredential;
  }
  return watch;
}

Result<std::vector<SourceHistory>> source_histories(Archive& archive) {
  return histories(archive, [](index::Catalogue& catalogue, Histories& sources) -> Status {
    const auto polls = catalogue.coverage({}, 0);
    if (!polls) return polls.error();
    for (const auto& poll : *polls)
      if (const auto source = sources.find(poll.source); source != sources.end())
        source->second.polls.push_back(times_of(poll));
    return {};
  });
}

Result<std::vector<SourceHistory>> newest_histories(Archive& archive, std::size_t most_polls) {
  return histories(archive, [&](index::Catalogue& catalogue, Histories& sources) -> Status {
    for (auto& [name, source] : sources)
      if (auto read = read_newest(catalogue, most_polls, source); !read) return read;
    return {};
  });
}

Result<WatchPolicy> change_watch_policy(Archive& archive, const std::string& name, const PolicyChange& change,
                                        const std::string& actor) {
  WatchPolicy policy;
  const auto compose = [&](const ledger::Head&) -> Result<std::vector<ledger::Draft>> {
    const auto sources = histories(archive, [](index::Catalogue&, Histories&) { return Status{}; });
    if (!sources) return sources.error();
    const auto source = std::ranges::find_if(*sources, [&](const SourceHistory& one) {
      return one.row.name == name && one.row.state != index::SourceRow::State::kRemoved;
    });
    if (source == sources->end())
      return Error{Code::kNotFound, "there is no source of that name", "`muniment source list` shows them"};
    auto changed = change(*source);
    if (!changed) return changed.error();
    policy = *std::move(changed);
    records::BodyBuilder body;
    body.add("name", name).add("action", "watch").add("actor", actor);
    add_policy(policy, body);
    return std::vector{ledger::Draft{std::string(ledger::kind::kSource), body.build()}};
  };
  if (auto done = archive.appender().append(compose); !done) return done.error();
  if (auto signed_now = archive.sign(); !signed_now) return signed_now.error();
  return policy;
}

}  // namespace muniment::app
