#include "app/source_history.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace muniment::app {
namespace {

using collect::SourceAction;

constexpr char kQuietAfter[] = "quiet.after.hours";
constexpr char kWarnBefore[] = "warn.before.hours";
constexpr char kMedia[] = "media";

void read_hours(const records::Body& body, std::string_view name, std::chrono::hours& out) {
  const auto text = records::value_of(body, name).value_or("");
  std::uint64_t hours = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), hours);
  if (wrong == std::errc{} && end == text.data() + text.size() && hours <= kMostPolicyHours)
    out = std::chrono::hours{hours};
}

void take(const ledger::Entry& entry, const records::Body& body, SourceHistory& source) {
  using What = SourceAction::What;
  const auto action = records::value_of(body, "action").value_or("");
  if (action == "add") source.policy = {};
  read_hours(body, kQuietAfter, source.policy.quiet_after);
  read_hours(body, kWarnBefore, source.policy.warn_before);
  if (const auto media = records::value_of(body, kMedia)) source.policy.media = *media == "yes";
  const std::pair<std::string_view, What> kActions[] = {
      {"add", What::kAdd}, {"pause", What::kPause}, {"resume", What::kResume}, {"remove", What::kRemove}};
  for (const auto& [name, what] : kActions)
    if (name == action) source.actions.push_back({what, entry.time});
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

}  // namespace

Result<collect::Watch> SourceHistory::watch(ledger::Reader& reader, base::Time now) const {
  auto watch = collect::watch_of(polls, actions, policy.quiet_after, now);
  for (auto& gap : watch.gaps) {
    if (gap.cause != collect::GapCause::kFailing) continue;
    const auto body = reader.body(gap.last_failed);
    if (!body && body.error().code == Code::kNotFound) continue;
    if (!body) return body.error();
    const auto state = collect::poll_record_of(*body).credential_state;
    if (state == "refused" || state == "absent") gap.cause = collect::GapCause::kCredential;
  }
  return watch;
}

Result<std::vector<SourceHistory>> source_histories(Archive& archive) {
  if (auto projection = archive.projection(); !projection) return projection.error();
  auto catalogue = index::Catalogue::open(archive.layout().index(), archive.settings().origin);
  if (!catalogue) return catalogue.error();
  auto rows = catalogue->sources();
  if (!rows) return rows.error();
  std::map<std::string, SourceHistory> sources;
  for (auto& row : *rows) {
    auto name = row.name;
    sources[name].row = std::move(row);
  }
  if (auto read = read_decisions(archive, *catalogue, sources); !read) return read.error();
  const auto polls = catalogue->coverage({}, 0);
  if (!polls) return polls.error();
  for (const auto& poll : *polls) {
    const auto source = sources.find(poll.source);
    if (source == sources.end()) continue;
    source->second.polls.push_back(
        {poll.seq, time_of(poll.started), time_of(poll.finished), poll.outcome == "complete"});
  }
  std::vector<SourceHistory> out;
  out.reserve(sources.size());
  for (auto& [name, source] : sources) out.push_back(std::move(source));
  return out;
}

Status set_watch_policy(Archive& archive, const std::string& name, const WatchPolicy& policy,
                        const std::string& actor) {
  const auto sources = source_histories(archive);
  if (!sources) return sources.error();
  const auto source = std::find_if(sources->begin(), sources->end(), [&](const SourceHistory& one) {
    return one.row.name == name && one.row.state != index::SourceRow::State::kRemoved;
  });
  if (source == sources->end())
    return Error{Code::kNotFound, "there is no source of that name", "`muniment source list` shows them"};
  records::BodyBuilder body;
  body.add("name", name).add("action", "watch").add("actor", actor);
  body.add_number(kQuietAfter, static_cast<std::uint64_t>(policy.quiet_after.count()));
  body.add_number(kWarnBefore, static_cast<std::uint64_t>(policy.warn_before.count()));
  body.add(kMedia, policy.media ? "yes" : "no");
  if (auto done = archive.appender().append({std::string(ledger::kind::kSource), body.build()}); !done)
    return done.error();
  if (auto signed_now = archive.sign(); !signed_now) return signed_now.error();
  return {};
}

}  // namespace muniment::app
