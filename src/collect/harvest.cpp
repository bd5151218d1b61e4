#include "collect/harvest.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <set>

#include "base/sha256.hpp"
#include "base/time.hpp"
#include "collect/absence.hpp"
#include "collect/append_once.hpp"
#include "net/url.hpp"

namespace muniment::collect {
namespace {

using ledger::Draft;
using ledger::Seq;
using sources::Ask;
using sources::Fate;

constexpr int kTooManyQuestions = 429;

// An item said to be gone, to be asked for once more.
struct Gone {
  Ask ask;
  std::string id;
  Seq exchange = 0;  // that said so
};

class Harvest {
 public:
  Harvest(const SourceSettings& source, sources::Poll& poll, const HarvestRun& run)
      : source_(source), poll_(poll), run_(run) {}

  Result<PollOutcome> run() {
    outcome_.source = source_.name;
    outcome_.started = base::to_rfc3339(run_.clock.now());
    outcome_.credential = source_.credential;
    if (run_.credential != nullptr)
      outcome_.credential_expires = run_.credential->expires();
    else if (!source_.credential.empty())
      outcome_.access = Access::kAbsent;
    if (!run_.hindrance.empty()) outcome_.errors.push_back(run_.hindrance);
    auto asked = ask_everything();
    auto covered = write_coverage(asked);
    if (!asked) return asked.error();
    if (!covered) return covered.error();
    return std::move(outcome_);
  }

 private:
  Status ask_everything() {
    const auto head = run_.reader.head();
    if (!head) return head.error();
    if (auto ready = run_.catalogue.at(head->size); !ready) return ready;
    auto since = run_.catalogue.last_complete(source_.name);
    if (!since) return since.error();
    outcome_.covers_from = *std::move(since);
    enqueue(poll_.start());
    if (auto asked = ask_queue(); !asked) return asked;
    if (!may_go_on() || outcome_.errors.size() > (run_.hindrance.empty() ? 0U : 1U)) return {};
    const auto held = run_.catalogue.held(source_.name);
    if (!held) return held.error();
    enqueue(poll_.ask_after(*held));
    if (auto asked = ask_queue(); !asked) return asked;
    return ask_again();
  }

  void enqueue(std::vector<Ask> asks) { std::move(asks.begin(), asks.end(), std::back_inserter(queue_)); }

  bool stopped() const { return run_.stop != nullptr && run_.stop->load(); }
  bool may_go_on() const { return !stopped() && failures_ < kFailuresInARow; }

  Status ask_queue() {
    while (!queue_.empty() && may_go_on()) {
      const Ask ask = std::move(queue_.front());
      queue_.pop_front();
      if (outcome_.pages == kMostAnswers) {
        outcome_.errors.push_back("the source has more than " + std::to_string(kMostAnswers) +
                                  " pages; the rest was not asked for");
        queue_.clear();
        break;
      }
      if (auto done = ask_one(ask, nullptr); !done) return done;
    }
    outcome_.interrupted = stopped();
    if (!queue_.empty() && !outcome_.interrupted)
      outcome_.errors.push_back("after " + std::to_string(kFailuresInARow) + " failures in a row, " +
                                std::to_string(queue_.size()) + " questions were not asked");
    return {};
  }

  // The second asking.  A cache, a restart or a slip of the platform should be over by then.
  Status ask_again() {
    const auto gone = std::exchange(gone_, {});
    for (const auto& one : gone) {
      wait_until(last_gone_ + kBeforeAskingAgain);
      outcome_.interrupted = stopped();
      if (!may_go_on()) {
        missing_.insert(one.id);
        continue;
      }
      if (auto done = ask_one(one.ask, &one); !done) return done;
    }
    return ask_queue();
  }

  void wait_until(base::Time when) {
    constexpr std::chrono::milliseconds kSlice{250};
    for (auto left = std::min(when - run_.clock.now(), kBeforeAskingAgain); left.count() > 0 && !stopped();
         left -= kSlice)
      run_.clock.sleep(std::min(left, kSlice));
  }

  // `second`: what was said the first time; null at the first asking.
  Status ask_one(const Ask& ask, const Gone* second) {
    Validators validators;
    if (ask.conditional && second == nullptr) {
      auto known = run_.catalogue.validators(source_.name, net::shown_url(ask.url));
      if (!known) return known.error();
      validators = *std::move(known);
    }
    auto request = request_for(source_, ask, validators, second != nullptr);
    if (auto shown = show(ask, request); !shown) {
      failed_to_ask(ask, shown.error());
      return {};
    }
    auto response = run_.transport.get(request);
    forget(request);
    if (!response) {
      failed_to_ask(ask, response.error());
      return {};
    }
    failures_ = 0;
    return take(ask, *response, second);
  }

  Status show(const Ask& ask, net::Request& request) {
    if (ask.shows.empty()) return {};
    if (run_.credential == nullptr)
      return Error{Code::kDenied, net::shown_url(ask.url) + " is asked with a credential, and there is none"};
    if (!is_meant_for(source_, ask.url))
      return Error{Code::kDenied, "the credential " + source_.credential + " is not meant for " +
                                      net::shown_url(ask.url) + "; nothing was sent"};
    return run_.credential->show(ask, request);
  }

  static void forget(net::Request& request) {
    for (auto& [name, value] : request.secret_headers) base::wipe(value);
    base::wipe(request.url);
    base::wipe(request.body);
  }

  void failed_to_ask(const Ask& ask, const Error& error) {
    if (stopped()) return;
    const bool may_be_down = error.code == Code::kUnavailable || error.code == Code::kIo;
    failures_ = may_be_down ? failures_ + 1 : 0;
    note_failure(ask, error.what);
  }

  void note_failure(const Ask& ask, const std::string& what) {
    (ask.optional ? outcome_.remarks : outcome_.errors).push_back(what);
    if (!ask.about.empty()) missing_.insert(ask.about);
  }

  // What the answer says of the credential that was shown.
  void judge_access(const Ask& ask, const net::Response& response, const Result<sources::Reading>& reading) {
    if (ask.shows.empty()) return;
    const bool refused = response.status == 401 || (!reading && reading.error().code == Code::kDenied);
    if (refused)
      outcome_.access = Access::kRefused;
    else if (reading && response.status < 400 && outcome_.access == Access::kNone)
      outcome_.access = Access::kAccepted;
    if (!reading) return;
    outcome_.charged += reading->charged;
    if (!reading->credential_expires.empty()) outcome_.credential_expires = reading->credential_expires;
  }

  Status take(const Ask& ask, net::Response& response, const Gone* second) {
    std::size_t withheld = 0;
    if (run_.credential != nullptr)
      withheld = take_secrets_out(*run_.credential, ask, response, outcome_.remarks);
    const sources::Answer answer{response.status,
                                 response.final_url,
                                 std::string(net::header(response.headers, "link")),
                                 std::string(net::header(response.headers, "content-type")),
                                 response.body,
                                 std::string(net::header(response.headers, "x-wp-total"))};
    auto facts = facts_of(source_, ask, response);
    facts.withheld = withheld;
    auto reading = fitting(poll_.read(ask, answer), response.body);
    judge_access(ask, response, reading);
    // With a login somebody named it for this source, and stands for what it shows.
    if (reading && run_.credential == nullptr)
      if (auto left = leave_private_out(response.body, *reading, facts); !left) reading = left.error();
    if (!reading) facts.unread = reading.error().what;
    const auto exchange = append_page(facts, response.body, reading ? *reading : sources::Reading{}, second);
    if (!exchange) return exchange.error();
    ++outcome_.pages;
    if (response.status == kTooManyQuestions) ++outcome_.limits;
    if (reading)
      understood(ask, *exchange, *std::move(reading), second);
    else
      note_failure(ask, net::shown_url(ask.url) + ": " + reading.error().what);
    if (run_.progress) run_.progress(outcome_);
    return {};
  }

  void understood(const Ask& ask, Seq exchange, sources::Reading reading, const Gone* second) {
    ++outcome_.understood;
    for (auto& remark : reading.remarks) outcome_.remarks.push_back(std::move(remark));
    for (auto& fault : reading.faults) outcome_.errors.push_back(std::move(fault));
    if (reading.recovered)
      outcome_.remarks.push_back(net::shown_url(ask.url) +
                                 " was not well-formed; it was read as far as it made sense");
    for (const auto& item : reading.items) missing_.erase(item.interaction.id);
    for (const auto& verdict : reading.verdicts) judge(ask, exchange, verdict, second);
    enqueue(std::move(reading.next));
  }

  void judge(const Ask& ask, Seq exchange, const sources::Verdict& verdict, const Gone* second) {
    if (verdict.fate == Fate::kGone && second == nullptr) {
      gone_.push_back({ask, verdict.id, exchange});
      last_gone_ = run_.clock.now();
    } else if (verdict.fate == Fate::kUnclear) {
      missing_.insert(verdict.id);
    } else {
      missing_.erase(verdict.id);
    }
    if (second != nullptr && verdict.id == second->id && verdict.fate != Fate::kGone)
      outcome_.remarks.push_back("exchange " + std::to_string(second->exchange) +
                                 " said that an item is gone, exchange " + std::to_string(exchange) +
                                 " did not; no deletion is recorded");
  }

  // Answers the number of the exchange entry.
  Result<Seq> append_page(const ExchangeFacts& facts, const std::string& page,
                          const sources::Reading& reading, const Gone* second) {
    PageEntries entries;
    std::uint64_t deleted = 0, unavailable = 0;
    const auto compose = [&](const ledger::Head& head) -> Result<std::vector<Draft>> {
      if (auto ready = run_.catalogue.at(head.size); !ready) return ready.error();
      auto composed = compose_page(head.size, facts, page, reading.items, run_.catalogue, run_.reader);
      if (!composed) return composed.error();
      entries = *std::move(composed);
      deleted = unavailable = 0;
      for (const auto& verdict : reading.verdicts) {
        if (!is_settled(verdict, second)) continue;
        AbsenceFacts said{source_.name, source_.platform, facts.fetched, {head.size}};
        if (verdict.fate == Fate::kGone) said.exchanges.insert(said.exchanges.begin(), second->exchange);
        auto absence = absence_of(verdict, said, run_.catalogue, run_.reader);
        if (!absence) return absence.error();
        if (!*absence) continue;
        ++(verdict.fate == Fate::kGone ? deleted : unavailable);
        run_.catalogue.note(source_.platform, verdict.id, (*absence)->known);
        entries.drafts.push_back(std::move((*absence)->draft));
      }
      return entries.drafts;
    };
    const auto digest = base::to_hex(base::sha256(page));
    const auto first = append_once(run_.appender, run_.reader, run_.clock, compose,
                                   [&](const ledger::Entry& entry, const records::Body& body) {
                                     return entry.kind == ledger::kind::kExchange &&
                                            records::value_of(body, "source") == source_.name &&
                                            records::bytes_of(body, "url") == facts.url &&
                                            records::value_of(body, "started") == facts.started &&
                                            records::value_of(body, "fetched") == facts.fetched &&
                                            records::value_of(body, "payload.sha256") == digest;
                                   });
    if (!first) return first.error();
    outcome_.counts += entries.counts;
    outcome_.deleted += deleted;
    outcome_.unavailable += unavailable;
    return *first;
  }

  // May this verdict be recorded now?
  static bool is_settled(const sources::Verdict& verdict, const Gone* second) {
    if (verdict.fate == Fate::kBarred) return true;
    return verdict.fate == Fate::kGone && second != nullptr && second->id == verdict.id;
  }

  void withhold_words() {
    if (run_.credential == nullptr) return;
    for (auto& line : outcome_.errors) run_.credential->blot(line);
    for (auto& line : outcome_.remarks) run_.credential->blot(line);
  }

  // Written whatever happened before; when the ledger itself failed, this will most likely fail too.
  Status write_coverage(const Status& asked) {
    if (!asked) outcome_.errors.push_back(asked.error().what);
    withhold_words();
    if (outcome_.interrupted) outcome_.remarks.push_back("the poll was stopped on request before its end");
    outcome_.missing = missing_.size();
    outcome_.finished = base::to_rfc3339(run_.clock.now());
    const bool whole = asked && outcome_.errors.empty() && !outcome_.interrupted;
    outcome_.outcome = outcome_.understood == 0 ? Outcome::kFailed
                       : whole                  ? Outcome::kComplete
                                                : Outcome::kPartial;
    if (outcome_.outcome == Outcome::kComplete) outcome_.cursor = poll_.cursor();
    if (run_.credential != nullptr) run_.credential->blot(outcome_.cursor);
    const auto compose = [&](const ledger::Head&) -> Result<std::vector<Draft>> {
      return std::vector<Draft>{coverage_draft(outcome_)};
    };
    const auto written = append_once(run_.appender, run_.reader, run_.clock, compose,
                                     [&](const ledger::Entry& entry, const records::Body& body) {
                                       return entry.kind == ledger::kind::kCoverage &&
                                              records::value_of(body, "source") == source_.name &&
                                              records::value_of(body, "started") == outcome_.started;
                                     });
    if (!written) return written.error();
    return {};
  }

  const SourceSettings& source_;
  sources::Poll& poll_;
  const HarvestRun& run_;
  PollOutcome outcome_;
  std::deque<Ask> queue_;
  std::vector<Gone> gone_;
  std::set<std::string> missing_;  // asked after, and not explained
  base::Time last_gone_{};
  int failures_ = 0;  // in a row
};

}  // namespace

Result<PollOutcome> harvest_poll(const SourceSettings& source, sources::Poll& poll, const HarvestRun& run) {
  return Harvest(source, poll, run).run();
}

}  // namespace muniment::collect
