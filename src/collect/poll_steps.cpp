#include "collect/poll_steps.hpp"

#include "base/check.hpp"
#include "base/time.hpp"
#include "collect/harvest.hpp"
#include "collect/poll_end.hpp"
#include "collect/poll_notes.hpp"
#include "collect/questions.hpp"
#include "collect/second_asking.hpp"
#include "net/url.hpp"

namespace muniment::collect {
namespace {

using ledger::Seq;
using sources::Ask;
using sources::Fate;

}  // namespace

class PollSteps::Machine {
 public:
  Machine(SourceSettings source, sources::Poll& poll, PollRun run)
      : source_(std::move(source)), poll_(poll), run_(std::move(run)) {}

  Result<Step> next() {
    if (phase_ == Phase::kDone) return Step{};
    auto step = go_on();
    if (step && step->kind != Step::Kind::kDone) return step;
    phase_ = Phase::kDone;
    auto covered = write_coverage(step ? Status{} : Status{step.error()});
    if (!step) return step.error();
    if (!covered) return covered.error();
    return Step{};
  }

  Status take(Result<net::Response> response) {
    const auto asked = std::exchange(asked_, std::nullopt);
    MUNIMENT_CHECK(asked.has_value(), "an answer follows a question");
    if (!response) {
      failed_to_ask(asked->ask, response.error(), asked->before.has_value());
      return {};
    }
    failures_ = 0;
    questions_.heard();
    auto taken = read(asked->ask, *response, asked->before);
    if (taken) return taken;
    phase_ = Phase::kDone;
    (void)write_coverage(taken).has_value();
    return taken;
  }

  const PollOutcome& outcome() const { return notes_.outcome; }

 private:
  // What is asked for, in this order.
  enum class Phase { kStart, kListing, kAfter, kAgain, kRest, kDone };

  Result<Step> go_on() {
    if (phase_ == Phase::kStart)
      if (auto begun = begin(); !begun) return begun.error();
    if (phase_ == Phase::kListing) {
      auto step = next_in_queue();
      if (!step || step->kind != Step::Kind::kDone) return step;
      if (!may_be_asked() || outcome_.errors.size() > (run_.hindrance.empty() ? 0U : 1U)) return Step{};
      if (auto queued = enqueue_those_after(); !queued) return queued.error();
    }
    if (phase_ == Phase::kAfter) {
      auto step = next_in_queue();
      if (!step || step->kind != Step::Kind::kDone) return step;
      again_.begin();
      phase_ = Phase::kAgain;
    }
    if (phase_ == Phase::kAgain) {
      auto step = next_again();
      if (!step || step->kind != Step::Kind::kDone) return step;
      phase_ = Phase::kRest;
    }
    return next_in_queue();
  }

  Status begin() {
    outcome_.source = source_.name;
    outcome_.started = base::to_rfc3339(run_.ledgers.clock.now());
    outcome_.credential = source_.credential;
    if (run_.credential != nullptr)
      outcome_.credential_expires = run_.credential->expires();
    else if (!source_.credential.empty())
      outcome_.access = Access::kAbsent;
    if (!run_.hindrance.empty()) outcome_.errors.push_back(run_.hindrance);
    notes_.hint(run_.hindrance_hint);
    const auto head = run_.ledgers.reader.head();
    if (!head) return head.error();
    if (auto ready = run_.ledgers.catalogue.at(head->size); !ready) return ready;
    auto since = run_.ledgers.catalogue.last_complete(source_.name);
    if (!since) return since.error();
    outcome_.covers_from = *std::move(since);
    questions_.add(poll_.start());
    phase_ = Phase::kListing;
    return {};
  }

  Status enqueue_those_after() {
    const auto held = run_.ledgers.catalogue.held(source_.name);
    if (!held) return held.error();
    questions_.add(poll_.ask_after(*held));
    phase_ = Phase::kAfter;
    return {};
  }

  bool stopped() const { return run_.stop != nullptr && run_.stop->load(); }
  const Allowance::Left* used_up() const {
    return run_.allowance.used_up(outcome_.requests, outcome_.charged);
  }
  bool may_be_asked() const { return !stopped() && failures_ < kFailuresInARow; }
  bool may_go_on() const { return may_be_asked() && used_up() == nullptr; }

  // kDone: nothing is left to ask, or no more may be asked.
  Result<Step> next_in_queue() {
    while (!questions_.empty() && may_go_on()) {
      auto ask = questions_.next();
      if (outcome_.pages == kMostAnswers) {
        outcome_.errors.push_back("the source has more than " + std::to_string(kMostAnswers) +
                                  " pages; the rest was not asked for");
        questions_.leave(std::move(ask));
        questions_.leave();
        break;
      }
      auto step = question({std::move(ask), std::nullopt});
      if (!step || step->kind == Step::Kind::kAsk) return step;
    }
    outcome_.interrupted = stopped();
    if (!questions_.empty() && !outcome_.interrupted) say_what_was_not_asked();
    return Step{};
  }

  void say_what_was_not_asked() {
    const auto many = std::to_string(questions_.size());
    // All lists were read: the poll has seen what is new.  Who waits for a turn waits for the next poll.
    const bool can_wait = phase_ != Phase::kListing && questions_.are_optional();
    if (const auto* budget = used_up())
      notes_.used_up(*budget,
                     many + (questions_.size() == 1 ? " question was" : " questions were") +
                         (can_wait ? " left to the next poll, which goes on there: whether older items "
                                     "still stand"
                                   : " not asked"),
                     can_wait ? outcome_.remarks : outcome_.errors);
    else
      outcome_.errors.push_back("after " + std::to_string(kFailuresInARow) + " failures in a row, " + many +
                                " questions were not asked");
    questions_.leave();
  }

  Result<Step> next_again() {
    while (!again_.empty()) {
      const auto left = again_.left_to_wait(run_.ledgers.clock.now(), kBeforeAskingAgain);
      if (left.count() > 0) return Step{Step::Kind::kWait, {}, left};
      outcome_.interrupted = stopped();
      Asked asked = again_.next();
      if (!may_go_on()) {
        notes_.unexplained(asked.before->id);
        if (const auto* budget = used_up(); budget != nullptr && outcome_.budget.empty())
          notes_.used_up(*budget, "what is said to be gone was not asked for again", outcome_.errors);
        continue;
      }
      auto step = question(std::move(asked));
      if (!step || step->kind == Step::Kind::kAsk) return step;
    }
    return Step{};
  }

  // kDone: it could not be asked, which is noted.
  Result<Step> question(Asked asked) {
    const auto& ask = asked.ask;
    Validators validators;
    if (ask.conditional && !asked.before) {
      auto known = run_.ledgers.catalogue.validators(source_.name, net::shown_url(ask.url));
      if (!known) return known.error();
      validators = *std::move(known);
    }
    auto request = request_for(source_, ask, validators, asked.before.has_value());
    if (auto shown = show_credential(source_, run_.credential, ask, request); !shown) {
      net::forget(request);
      failed_to_ask(ask, shown.error(), asked.before.has_value());
      return Step{};
    }
    ++outcome_.requests;
    asked_ = std::move(asked);
    return Step{Step::Kind::kAsk, std::move(request), {}};
  }

  void failed_to_ask(const Ask& ask, const Error& error, bool is_again) {
    if (stopped()) return questions_.leave(ask);
    const bool may_be_down = error.code == Code::kUnavailable || error.code == Code::kIo;
    failures_ = may_be_down ? failures_ + 1 : 0;
    if (may_be_down && run_.closed_until)
      if (const auto until = run_.closed_until(ask.url)) outcome_.not_before = base::to_rfc3339(*until);
    if (may_be_down && !is_again && questions_.later(ask)) return;
    if (may_be_down && ask.optional) questions_.fell_silent_at(ask);
    fail(ask, error, error.what);
    if (!ask.optional) notes_.hint(error.hint);
  }

  void fail(const Ask& ask, const Error& why, const std::string& what) {
    notes_.failure(ask, what, ask.optional ? poll_.not_answered(ask, why) : sources::Later::kNothing);
    if (!ask.optional) questions_.leave(ask);
  }

  Status read(const Ask& ask, net::Response& response, const std::optional<SaidBefore>& before) {
    std::size_t withheld = 0;
    if (run_.credential != nullptr)
      withheld = take_secrets_out(*run_.credential, ask, response, outcome_.remarks);
    const sources::Answer answer{response.status,
                                 response.final_url,
                                 std::string(net::header(response.headers, "link")),
                                 std::string(net::header(response.headers, "content-type")),
                                 response.body,
                                 std::string(net::header(response.headers, "x-wp-total")),
                                 std::string(net::header(response.headers, "x-wp-totalpages"))};
    auto facts = facts_of(source_, ask, response);
    facts.withheld = withheld;
    auto reading = fitting(poll_.read(ask, answer), response.body);
    notes_.access(ask, response, reading);
    // With a login somebody named it for this source, and stands for what it shows.
    if (reading && run_.credential == nullptr)
      if (auto left = leave_private_out(response.body, *reading, facts); !left) reading = left.error();
    if (reading)
      facts.charged = reading->charged;
    else
      facts.unread = reading.error().what;
    const auto appended = append_answer(source_, facts, response.body,
                                        reading ? *reading : sources::Reading{}, before, run_.ledgers);
    if (!appended) return appended.error();
    notes_.appended(ask, response.status, *appended);
    if (reading)
      understood(ask, appended->exchange, *std::move(reading), before);
    else if (reading.error().code != Code::kUnavailable || before || !questions_.later(ask))
      fail(ask, reading.error(), net::shown_url(ask.url) + ": " + reading.error().what);
    if (run_.progress) run_.progress(outcome_);
    return {};
  }

  void understood(const Ask& ask, Seq exchange, sources::Reading reading,
                  const std::optional<SaidBefore>& before) {
    notes_.understood(ask, reading);
    for (const auto& verdict : reading.verdicts) judge(ask, exchange, verdict, before);
    questions_.add(std::move(reading.next));
  }

  void judge(const Ask& ask, Seq exchange, const sources::Verdict& verdict,
             const std::optional<SaidBefore>& before) {
    if (verdict.fate == Fate::kGone && !before) {
      again_.said_gone(ask, {verdict.id, exchange}, run_.ledgers.clock.now());
    } else if (verdict.fate == Fate::kUnclear) {
      notes_.unexplained(verdict.id);
    } else {
      notes_.explained(verdict.id);
    }
    if (before && verdict.id == before->id && verdict.fate != Fate::kGone)
      outcome_.remarks.push_back("exchange " + std::to_string(before->exchange) +
                                 " said that an item is gone, exchange " + std::to_string(exchange) +
                                 " did not; no deletion is recorded");
  }

  Status write_coverage(const Status& asked) {
    if (asked_) questions_.leave(asked_->ask);
    outcome_.missing = notes_.missing();
    return end_poll(poll_, run_, asked, questions_.left(failures_ >= kFailuresInARow), outcome_);
  }

  const SourceSettings source_;
  sources::Poll& poll_;
  const PollRun run_;
  Phase phase_ = Phase::kStart;
  PollNotes notes_;
  PollOutcome& outcome_ = notes_.outcome;
  Questions questions_;
  std::optional<Asked> asked_;  // and not answered yet
  SecondAsking again_;
  int failures_ = 0;  // in a row
};

PollSteps::PollSteps(SourceSettings source, sources::Poll& poll, PollRun run)
    : machine_(std::make_unique<Machine>(std::move(source), poll, std::move(run))) {}
PollSteps::~PollSteps() = default;
PollSteps::PollSteps(PollSteps&&) noexcept = default;

Result<Step> PollSteps::next() {
  return machine_->next();
}
Status PollSteps::take(Result<net::Response> answer) {
  return machine_->take(std::move(answer));
}
const PollOutcome& PollSteps::outcome() const {
  return machine_->outcome();
}

}  // namespace muniment::collect
