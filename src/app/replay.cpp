#include "app/replay.hpp"

#include <algorithm>
#include <map>

#include "app/known_items.hpp"
#include "app/unread_pages.hpp"
#include "app/zone.hpp"
#include "index/catalogue.hpp"
#include "polls/platform.hpp"

namespace muniment::app {
namespace {

using collect::PolledExchange;
using collect::StoredExchange;
using ledger::Seq;

constexpr std::size_t kMostSentences = 5;
constexpr Seq kAtOnce = 20'000;

std::string value(const records::Body& body, std::string_view name) {
  return std::string(records::value_of(body, name).value_or(""));
}

// What is known of a poll whose end was not read yet.
struct OpenPoll {
  std::vector<PolledExchange> exchanges;
  bool has_credential = false;
  std::string started;
  std::string cursor;  // of the last complete poll before
  std::string resume;  // of the last poll before, if that one was not complete
};

// An entry that matters here.
struct Passed {
  Seq seq = 0;
  bool is_coverage = false;
  std::string source, method, url, credential, started, cursor, resume;
};

class Run {
 public:
  Run(Archive& archive, const ReplayWishes& wishes, KnownItems& known, index::Catalogue& catalogue)
      : archive_(archive),
        wishes_(wishes),
        known_(known),
        catalogue_(catalogue),
        unread_(archive, catalogue) {}

  Result<std::vector<ReplayAnswer>> all() {
    if (auto ready = prepare(); !ready) return ready.error();
    auto status = pass();
    if (auto note = wishes_.dry ? Result<std::string>("") : archive_.sign(); !note && status)
      status = note.error();
    if (auto index = archive_.projection(); !index && status) status = index.error();
    if (!status) return status.error();
    std::vector<ReplayAnswer> out;
    for (auto& [source, answer] : answers_) out.push_back(std::move(answer));
    return out;
  }

 private:
  Status prepare() {
    const auto rows = catalogue_.sources();
    if (!rows) return rows.error();
    for (const auto& row : *rows) sources_[row.name] = row;
    for (const auto& name : wishes_.sources)
      if (!sources_.contains(name))
        return Error{Code::kNotFound, "there is no source named " + name + "; nothing was read",
                     "`muniment source list` shows them"};
    if (auto read = unread_.read(); !read) return read;
    for (const auto& [seq, source] : unread_.waiting())
      if (is_chosen(source)) ++answer_of(source).unread;
    return bounds();
  }

  bool is_chosen(const std::string& source) const {
    return wishes_.sources.empty() || std::ranges::find(wishes_.sources, source) != wishes_.sources.end();
  }

  ReplayAnswer& answer_of(const std::string& source) {
    auto& answer = answers_[source];
    answer.source = source;
    return answer;
  }

  // Which part of the ledger holds the polls that are to be played.
  Status bounds() {
    const auto head = archive_.reader().head();
    if (!head) return head.error();
    first_ = wishes_.dry ? 0 : head->size;
    end_ = wishes_.dry ? head->size : 0;
    if (wishes_.dry) return {};
    const auto polls = catalogue_.coverage({}, 0);
    if (!polls) return polls.error();
    std::map<std::string, std::vector<Seq>> ends;
    for (const auto& poll : *polls) ends[poll.source].push_back(poll.seq);
    for (const auto& [seq, source] : unread_.waiting()) {
      if (!is_chosen(source)) continue;
      const auto& of_source = ends[source];
      const auto end = std::ranges::lower_bound(of_source, seq);
      const Seq from = source.empty() ? seq : end == of_source.begin() ? 0 : *std::prev(end) + 1;
      const Seq to = source.empty() ? seq + 1 : end == of_source.end() ? head->size : *end + 1;
      first_ = std::min(first_, from);
      end_ = std::max(end_, to);
    }
    return read_cursors(*polls);
  }

  // Where polls stood that ended before the part that is read.
  Status read_cursors(const std::vector<index::CoverageRow>& polls) {
    std::map<std::string, Seq> complete, last;
    for (const auto& poll : polls) {
      if (poll.seq >= first_) continue;
      if (poll.outcome == "complete") complete[poll.source] = poll.seq;
      last[poll.source] = poll.seq;
    }
    for (const auto* seqs : {&complete, &last})
      for (const auto& [source, seq] : *seqs) {
        const auto body = archive_.reader().body(seq);
        if (!body && body.error().code != Code::kNotFound) return body.error();
        if (!body) continue;
        const auto name = seqs == &complete ? "cursor" : "resume";
        (seqs == &complete ? open_[source].cursor : open_[source].resume) =
            records::bytes_of(*body, name).value_or("");
      }
    return {};
  }

  bool stopped() const { return wishes_.stop != nullptr && wishes_.stop->load(); }

  // Through that part of the ledger, poll by poll.
  Status pass() {
    for (Seq at = first_; at < end_ && !stopped(); at += kAtOnce) {
      std::vector<Passed> some;
      auto read = archive_.reader().each(
          at, std::min(at + kAtOnce, end_), [&](const ledger::Entry& entry, const records::Body* body) {
            const bool is_coverage = entry.kind == ledger::kind::kCoverage;
            if (body == nullptr || (!is_coverage && entry.kind != ledger::kind::kExchange)) return true;
            some.push_back({entry.seq, is_coverage, value(*body, "source"), value(*body, "method"),
                            records::bytes_of(*body, "url").value_or(""), value(*body, "credential"),
                            value(*body, "started"),
                            value(*body, "outcome") == "complete" ? value(*body, "cursor") : "",
                            is_coverage ? records::bytes_of(*body, "resume").value_or("") : ""});
            return true;
          });
      if (!read) return read;
      for (const auto& one : some)
        if (auto done = take(one); !done) return done;
    }
    for (auto& [source, poll] : open_)
      if (auto done = play(source, poll); !done) return done;
    return {};
  }

  Status take(const Passed& one) {
    if (!is_chosen(one.source) || one.method == collect::kReplay || stopped()) return {};
    if (one.source.empty()) return one.is_coverage ? Status() : file(one.seq);
    auto& poll = open_[one.source];
    if (!one.is_coverage) {
      if (poll.started.empty()) poll.started = one.started;
      poll.has_credential = poll.has_credential || !one.credential.empty();
      poll.exchanges.push_back({one.seq, one.url});
      return {};
    }
    if (auto played = play(one.source, poll); !played) return played;
    const auto cursor = one.cursor.empty() ? poll.cursor : one.cursor;
    poll = {};
    poll.cursor = cursor;
    poll.resume = one.resume;
    return {};
  }

  Status play(const std::string& source, const OpenPoll& poll) {
    const bool any_unread =
        std::ranges::any_of(poll.exchanges, [&](const auto& one) { return unread_.has(one.seq); });
    const auto row = sources_.find(source);
    if (row == sources_.end() || poll.exchanges.empty() || (!any_unread && !wishes_.dry)) return {};
    const auto machine = polls::new_poll(
        row->second.platform, {row->second.url, poll.cursor, poll.started, poll.has_credential, poll.resume});
    if (!machine) {
      note(answer_of(source), machine.error().what);
      return {};
    }
    return collect::play_poll(**machine, poll.exchanges, archive_.reader(),
                              [&](const StoredExchange& exchange, Result<sources::Reading> reading) {
                                return see(exchange, std::move(reading));
                              });
  }

  Status file(Seq seq) {
    if (!wishes_.dry && !unread_.has(seq)) return {};
    const auto exchange = collect::stored_exchange(archive_.reader(), seq);
    if (!exchange && exchange.error().code == Code::kNotFound) return {};
    if (!exchange) return exchange.error();
    const auto& zone = archive_.settings().timezone;
    return see(*exchange, collect::read_file_again(*exchange, {zone, moment_of(zone)}));
  }

  Status see(const StoredExchange& exchange, Result<sources::Reading> reading) {
    const auto& source = exchange.facts.source;
    if (wishes_.progress) wishes_.progress(source, exchange.seq);
    auto& answer = answer_of(source);
    if (unread_.has(exchange.seq))
      return reading ? record(exchange, *std::move(reading)) : still(exchange, reading.error());
    if (!wishes_.dry || !exchange.facts.unread.empty()) return {};
    if (!reading) return void(++answer.not_compared), Status();
    const auto differences = collect::differences(exchange, *reading, archive_.reader());
    if (!differences) return differences.error();
    answer.differences.compared += differences->compared;
    answer.differences.different += differences->different;
    answer.differences.missing += differences->missing;
    return {};
  }

  static void note(ReplayAnswer& answer, std::string why) {
    if (answer.still_unread.size() < kMostSentences)
      answer.still_unread.push_back(std::move(why));
    else
      ++answer.unnamed;
  }

  Status still(const StoredExchange& exchange, const Error& why) {
    note(answer_of(exchange.facts.source),
         "entry " + std::to_string(exchange.seq) + " (" + exchange.facts.url + "): " + why.what);
    return {};
  }

  Status record(const StoredExchange& exchange, sources::Reading reading) {
    const collect::ReplayRun run{
        archive_.appender(), archive_.reader(), known_,
        archive_.clock(),    wishes_.dry,       [&](Seq seq) { return unread_.is_done(seq); }};
    const auto counts = collect::record_again(exchange, std::move(reading), run);
    if (!counts && counts.error().code == Code::kDenied) return still(exchange, counts.error());
    if (!counts) return counts.error();
    auto& answer = answer_of(exchange.facts.source);
    ++answer.read;
    answer.items += *counts;
    return {};
  }

  Archive& archive_;
  const ReplayWishes& wishes_;
  KnownItems& known_;
  index::Catalogue& catalogue_;
  UnreadPages unread_;
  std::map<std::string, index::SourceRow> sources_;
  std::map<std::string, OpenPoll> open_;         // by source
  std::map<std::string, ReplayAnswer> answers_;  // likewise
  Seq first_ = 0, end_ = 0;
};

}  // namespace

Result<std::vector<ReplayAnswer>> replay(Archive& archive, const ReplayWishes& wishes) {
  auto known = KnownItems::open(archive);
  if (!known) return known.error();
  auto catalogue = archive.catalogue();
  if (!catalogue) return catalogue.error();
  return Run(archive, wishes, *known, *catalogue).all();
}

}  // namespace muniment::app
