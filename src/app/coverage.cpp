#include "app/coverage.hpp"

#include <algorithm>
#include <map>

#include "app/zone.hpp"
#include "base/time.hpp"
#include "records/interaction.hpp"

namespace muniment::app {
namespace {

using base::Time;
using ledger::Seq;

constexpr std::size_t kPollsLookedAt = 200;  // of each source, to see whether a gap began or ended

// The gap entries there are, by source and beginning.
struct Noted {
  Seq open = 0, closed = 0;
};
using NotedGaps = std::map<std::pair<std::string, std::string>, Noted>;

std::string value(const records::Body& body, std::string_view name) {
  return std::string(records::value_of(body, name).value_or(""));
}

Result<NotedGaps> noted_gaps(Archive& archive) {
  auto catalogue = archive.catalogue();
  if (!catalogue) return catalogue.error();
  const auto seqs = catalogue->registered(ledger::kind::kGap);
  if (!seqs) return seqs.error();
  NotedGaps out;
  for (const auto seq : *seqs) {
    const auto body = archive.reader().body(seq);
    if (!body && body.error().code == Code::kNotFound) continue;
    if (!body) return body.error();
    auto& noted = out[{value(*body, "source"), value(*body, "from")}];
    (value(*body, "to").empty() ? noted.open : noted.closed) = seq;
  }
  return out;
}

Result<std::string> last_error(ledger::Reader& reader, const collect::Gap& gap) {
  if (gap.failed == 0) return std::string();
  const auto body = reader.body(gap.last_failed);
  if (!body && body.error().code == Code::kNotFound) return std::string();
  if (!body) return body.error();
  const auto errors = collect::poll_record_of(*body).errors;
  return errors.empty() ? std::string() : errors.back();
}

void add(const collect::PollRecord& poll, PollSums& sums) {
  ++sums.polls;
  sums.partial += poll.outcome == "partial";
  sums.failed += poll.outcome == "failed";
  sums.pages += poll.pages;
  sums.fresh += poll.fresh;
  sums.changed += poll.changed;
  sums.deleted += poll.deleted;
  sums.unavailable += poll.unavailable;
  sums.missing += poll.missing;
  sums.limits += poll.limits;
  sums.charged += poll.charged;
  if (poll.cost) sums.cost[poll.cost->currency] += poll.cost->millionths;
  sums.errors += poll.errors.size();
}

// The first entry sealed at `time` or later; times never decrease.
Result<Seq> first_since(ledger::Reader& reader, Time time, Seq end) {
  Seq first = 0;
  while (first < end) {
    const Seq middle = first + (end - first) / 2;
    const auto entry = reader.entry(middle);
    if (!entry) return entry.error();
    if (entry->time < time)
      first = middle + 1;
    else
      end = middle;
  }
  return first;
}

// How far back the first complete poll reached, and those before it that it went on with.
Status look_back(ledger::Reader& reader, const SourceHistory& source, CoverageStory& story) {
  const Time since = source.addresses.size() > 1 ? source.addresses.back().since : Time{};
  const auto own = std::ranges::find_if(
      source.polls, [&](const collect::PollTimes& poll) { return poll.started >= since; });
  const auto first = std::find_if(own, source.polls.end(), [&](const collect::PollTimes& poll) {
    return poll.complete && poll.started >= since;
  });
  if (first == source.polls.end()) return {};
  story.first_complete = base::to_rfc3339(first->started);
  const auto begin = first_since(reader, own->started, first->seq);
  if (!begin) return begin.error();
  return reader.each(*begin, first->seq, [&](const ledger::Entry& entry, const records::Body* body) {
    if (body == nullptr || entry.kind != ledger::kind::kCapture || value(*body, "source") != source.row.name)
      return true;
    const auto posted = value(*body, "posted");
    if (!posted.empty() && (story.oldest.empty() || posted < story.oldest)) story.oldest = posted;
    return true;
  });
}

// Until when the name was that address's, whatever time is asked about.
Time end_of(const SourceHistory& source, const EarlierAddress& one) {
  const auto next = std::ranges::find_if(source.addresses,
                                         [&](const SourceAddress& other) { return other.since >= one.to; });
  return next == source.addresses.end() ? one.to : next->since;
}

Result<CoverageStory> tell(Archive& archive, const SourceHistory& source, const NotedGaps& noted, Time now,
                           Time from, Time to) {
  auto& reader = archive.reader();
  CoverageStory story{source.row, source.policy, {}, {}, {}, {}, {}, {}, {}, {}, {}};
  for (std::size_t i = 0; i + 1 < source.addresses.size(); ++i) {
    const auto& [platform, url, since] = source.addresses[i];
    const Time end = source.addresses[i + 1].since;
    if (end > from && since < to)
      story.earlier.push_back({platform, url, std::max(since, from), std::min(end, to)});
  }
  const Time own_since = source.addresses.size() > 1 ? source.addresses.back().since : Time{};
  auto watch = source.watch(reader, now);
  if (!watch) return watch.error();
  for (auto span : watch->spans) {
    if (span.to < from || span.from > to) continue;
    const auto polls = std::ranges::count_if(source.polls, [&](const collect::PollTimes& poll) {
      return poll.complete && poll.started >= span.from && poll.finished <= span.to &&
             poll.finished >= from && poll.started <= to;
    });
    story.spans.push_back(
        {std::max(span.from, from), std::min(span.to, to), static_cast<std::uint64_t>(polls)});
  }
  for (auto gap : watch->gaps) {
    if (gap.to <= from || gap.from >= to) continue;
    GapStory one;
    const auto there = noted.find({source.row.name, base::to_rfc3339(gap.from)});
    if (there != noted.end())
      one.entry = there->second.closed != 0 ? there->second.closed : there->second.open;
    auto error = last_error(reader, gap);
    if (!error) return error.error();
    one.error = *std::move(error);
    gap.open = gap.open && gap.to <= to;
    gap.from = std::max(gap.from, from);
    gap.to = std::min(gap.to, to);
    one.gap = gap;
    story.gaps.push_back(std::move(one));
  }
  for (const auto& poll : source.polls) {
    if (poll.finished < from || poll.started > to) continue;
    const auto body = reader.body(poll.seq);
    if (!body && body.error().code == Code::kNotFound) continue;
    if (!body) return body.error();
    const auto record = collect::poll_record_of(*body);
    if (poll.started < own_since) {
      const auto whose = std::ranges::find_if(
          story.earlier, [&](const EarlierAddress& one) { return poll.started < end_of(source, one); });
      if (whose != story.earlier.end()) add(record, whose->sums);
      continue;
    }
    add(record, story.sums);
    if (record.credential.empty()) continue;
    story.credential = record.credential;
    story.credential_state = record.credential_state;
    story.credential_expires = record.credential_expires;
  }
  if (auto looked = look_back(reader, source, story); !looked) return looked.error();
  return story;
}

Status read_window(const Archive& archive, const CoverageWishes& wishes, Time now, CoverageAnswer& answer) {
  const auto& zone = archive.settings().timezone;
  answer.to = now;
  if (!wishes.from.empty()) {
    const auto from = read_typed_time(zone, wishes.from);
    if (!from) return wrap(from.error(), "--from");
    answer.from = from->time;
  }
  if (!wishes.to.empty()) {
    auto to = read_typed_time(zone, wishes.to);
    // The day after begins within 36 hours, also where the clocks change; of a day to come nothing is told.
    if (to && to->day_only && to->time < now)
      to = read_typed_time(zone, local_text(zone, to->time + std::chrono::hours{36}).substr(0, 10));
    if (!to) return wrap(to.error(), "--to");
    answer.to = std::min(answer.to, to->time);
  }
  if (answer.from < answer.to) return {};
  return Error{Code::kInvalid, "there is no time between --from and --to, or it is still to come", {}};
}

// Those of older polls were noted when they were new.
Result<std::vector<ledger::Draft>> gap_drafts(Archive& archive) {
  const auto sources = newest_histories(archive, kPollsLookedAt);
  if (!sources) return sources.error();
  const auto noted = noted_gaps(archive);
  if (!noted) return noted.error();
  const auto now = archive.clock().now();
  std::vector<ledger::Draft> drafts;
  for (const auto& source : *sources) {
    const auto watch = source.watch(archive.reader(), now);
    if (!watch) return watch.error();
    for (const auto& gap : watch->gaps) {
      const auto there = noted->find({source.row.name, base::to_rfc3339(gap.from)});
      const Noted known = there == noted->end() ? Noted{} : there->second;
      if (known.closed != 0 || (gap.open && known.open != 0)) continue;
      collect::GapFacts facts{source.row.name, gap, source.policy.quiet_after, {}, {}, now};
      auto error = last_error(archive.reader(), gap);
      if (!error) return error.error();
      facts.error = *std::move(error);
      if (known.open != 0) {
        const auto leaf = archive.reader().leaf(known.open);
        if (!leaf) return leaf.error();
        facts.of = ledger::citation(known.open, *leaf);
      }
      drafts.push_back(collect::gap_draft(facts));
    }
  }
  return drafts;
}

}  // namespace

Result<CoverageAnswer> coverage(Archive& archive, const CoverageWishes& wishes) {
  const auto now = archive.clock().now();  // one moment for all: an open gap ends where the window does
  CoverageAnswer answer;
  if (auto window = read_window(archive, wishes, now, answer); !window) return window.error();
  const auto sources = source_histories(archive);
  if (!sources) return sources.error();
  const auto noted = noted_gaps(archive);
  if (!noted) return noted.error();
  for (const auto& source : *sources) {
    if (!wishes.source.empty() && source.row.name != wishes.source) continue;
    auto story = tell(archive, source, *noted, now, answer.from, answer.to);
    if (!story) return story.error();
    answer.sources.push_back(*std::move(story));
  }
  if (answer.sources.empty() && !wishes.source.empty())
    return Error{Code::kNotFound, "there never was a source named " + wishes.source,
                 "`muniment source list` shows those there are"};
  return answer;
}

Result<std::size_t> note_gaps(Archive& archive) {
  std::size_t count = 0;
  // Composed anew for each head, from an index that has caught up with it: what another process noted
  // meanwhile is seen.
  const auto appended =
      archive.appender().append([&](const ledger::Head&) -> Result<std::vector<ledger::Draft>> {
        auto drafts = gap_drafts(archive);
        if (drafts) count = drafts->size();
        return drafts;
      });
  if (!appended) return appended.error();
  return count;
}

}  // namespace muniment::app
