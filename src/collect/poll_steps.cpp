#include "collect/poll_steps.hpp"

#include <algorithm>
#include <iterator>

#include "base/check.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"
#include "collect/harvest.hpp"
#include "collect/poll_end.hpp"
#include "collect/questions.hpp"
#include "net/url.hpp"

namespace muniment::collect {
namespace {

using ledger::Seq;
using sources::Ask;
using sources::Fate;

constexpr int kTooManyQuestions = 429;
constexpr std::size_t kMostCollisions = 20;  // remarked upon

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
      failed_to_ask(asked->ask, response.error());
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

  const PollOutcome& outcome() const { return outcome_; }

 private:
  // What is asked for, in this order.
  enum class Phase { kStart, kListing, kAfter, kAgain, kRest, kDone };

  struct Asked {
    Ask ask;
    std::optional<SaidBefore> before;  // what was said the first time; none at the first asking
  };

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
      again_ = std::exchange(gone_, {});
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
  // Null: there is something left.
  const Allowance::Left* used_up() const {
    const auto& [requests, charged, affordable, price] = run_.allowance;
    for (const auto* items : {&charged, &affordable})
      if (*items && outcome_.charged >= (*items)->left) return &**items;
    return requests && outcome_.requests >= requests->left ? &*requests : nullptr;
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
      note_used_up(*budget,
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

  void note_used_up(const Allowance::Left& budget, const std::string& what, std::vector<std::string>& lines) {
    outcome_.budget = budget.budget;
    outcome_.not_before = budget.until;
    lines.push_back("the budget of " + budget.budget + " is used up; " + what);
  }

  // The second asking.  A cache, a restart or a slip of the platform should be over by then.
  Result<Step> next_again() {
    while (!again_.empty()) {
      if (!std::exchange(waited_, true)) {
        const auto left = last_gone_ + kBeforeAskingAgain - run_.ledgers.clock.now();
        // A clock set back must not stretch the pause.
        if (left.count() > 0) return Step{Step::Kind::kWait, {}, std::min(left, kBeforeAskingAgain)};
      }
      outcome_.interrupted = stopped();
      Asked asked = std::move(again_.front());
      again_.pop_front();
      if (!may_go_on()) {
        missing_.insert(asked.before->id);
        if (const auto* budget = used_up(); budget != nullptr && outcome_.budget.empty())
          note_used_up(*budget, "what is said to be gone was not asked for again", outcome_.errors);
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
    if (auto shown = show(ask, request); !shown) {
      net::forget(request);
      failed_to_ask(ask, shown.error());
      return Step{};
    }
    ++outcome_.requests;
    asked_ = std::move(asked);
    return Step{Step::Kind::kAsk, std::move(request), {}};
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

  void failed_to_ask(const Ask& ask, const Error& error) {
    if (stopped()) return questions_.leave(ask);
    const bool may_be_down = error.code == Code::kUnavailable || error.code == Code::kIo;
    failures_ = may_be_down ? failures_ + 1 : 0;
    if (may_be_down && run_.closed_until)
      if (const auto until = run_.closed_until(ask.url)) outcome_.not_before = base::to_rfc3339(*until);
    if (may_be_down && ask.optional) questions_.fell_silent_at(ask);
    note_failure(ask, error.what);
    if (!ask.optional) note_hint(error.hint);
  }

  void note_hint(const std::string& hint) {
    auto& hints = outcome_.hints;
    if (!hint.empty() && std::find(hints.begin(), hints.end(), hint) == hints.end()) hints.push_back(hint);
  }

  void note_failure(const Ask& ask, const std::string& what) {
    (ask.optional ? outcome_.remarks : outcome_.errors).push_back(what);
    if (!ask.optional) questions_.leave(ask);
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

  Status read(const Ask& ask, net::Response& response, const std::optional<SaidBefore>& before) {
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
    const auto appended = append_answer(source_, facts, response.body,
                                        reading ? *reading : sources::Reading{}, before, run_.ledgers);
    if (!appended) return appended.error();
    outcome_.counts += appended->counts;
    outcome_.deleted += appended->deleted;
    outcome_.unavailable += appended->unavailable;
    for (const auto& id : appended->collided) note_collision(ask, id);
    ++outcome_.pages;
    if (response.status == kTooManyQuestions) ++outcome_.limits;
    if (reading)
      understood(ask, appended->exchange, *std::move(reading), before);
    else
      note_failure(ask, net::shown_url(ask.url) + ": " + reading.error().what);
    if (run_.progress) run_.progress(outcome_);
    return {};
  }

  void note_collision(const Ask& ask, const std::string& id) {
    if (!collided_.insert(id).second || collided_.size() > kMostCollisions) return;
    outcome_.remarks.push_back(net::shown_url(ask.url) + ": several items claim to be " +
                               base::to_valid_utf8(id) +
                               " and differ; one was taken for it, the others stand in " + "the page only");
  }

  void understood(const Ask& ask, Seq exchange, sources::Reading reading,
                  const std::optional<SaidBefore>& before) {
    if (!reading.only_leads) ++outcome_.understood;
    for (auto& remark : reading.remarks) outcome_.remarks.push_back(std::move(remark));
    for (auto& fault : reading.faults) outcome_.errors.push_back(std::move(fault));
    if (reading.recovered)
      outcome_.remarks.push_back(net::shown_url(ask.url) +
                                 " was not well-formed; it was read as far as it made sense");
    for (const auto& item : reading.items) missing_.erase(item.interaction.id);
    for (const auto& verdict : reading.verdicts) judge(ask, exchange, verdict, before);
    questions_.add(std::move(reading.next));
  }

  void judge(const Ask& ask, Seq exchange, const sources::Verdict& verdict,
             const std::optional<SaidBefore>& before) {
    if (verdict.fate == Fate::kGone && !before) {
      gone_.push_back({ask, SaidBefore{verdict.id, exchange}});
      last_gone_ = run_.ledgers.clock.now();
    } else if (verdict.fate == Fate::kUnclear) {
      missing_.insert(verdict.id);
    } else {
      missing_.erase(verdict.id);
    }
    if (before && verdict.id == before->id && verdict.fate != Fate::kGone)
      outcome_.remarks.push_back("exchange " + std::to_string(before->exchange) +
                                 " said that an item is gone, exchange " + std::to_string(exchange) +
                                 " did not; no deletion is recorded");
  }

  Status write_coverage(const Status& asked) {
    if (asked_) questions_.leave(asked_->ask);
    outcome_.missing = missing_.size();
    return end_poll(poll_, run_, asked, questions_.left(failures_ >= kFailuresInARow), outcome_);
  }

  const SourceSettings source_;
  sources::Poll& poll_;
  const PollRun run_;
  Phase phase_ = Phase::kStart;
  PollOutcome outcome_;
  Questions questions_;
  std::optional<Asked> asked_;     // and not answered yet
  std::deque<Asked> gone_;         // said to be gone, to be asked for once more
  std::deque<Asked> again_;        // these, when their time has come
  bool waited_ = false;            // between the first and the second asking
  std::set<std::string> missing_;  // asked after, and not explained
  std::set<std::string> collided_;
  base::Time last_gone_{};
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
