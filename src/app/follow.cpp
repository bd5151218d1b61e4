#include "app/follow.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "app/coverage.hpp"
#include "app/follow_round.hpp"
#include "app/known_items.hpp"
#include "app/source_book.hpp"
#include "app/source_poll.hpp"
#include "app/supervisor.hpp"
#include "app/turn.hpp"
#include "collect/schedule.hpp"
#include "net/curl_many.hpp"
#include "net/curl_transport.hpp"
#include "net/polite_many.hpp"

namespace muniment::app {
namespace {

using base::Time;
using std::chrono::milliseconds;

constexpr std::chrono::seconds kLongestWait{1};  // a signal or a watchdog is never kept waiting longer
constexpr std::chrono::minutes kClockSlip{1};

// A poll under way.
struct Running {
  std::string source;
  std::optional<Turn> turn;
  std::unique_ptr<SourcePoll> poll;
  bool asked = false;        // a request of its is with the transport
  std::optional<Time> wake;  // it waits until then
};

class Follower {
 public:
  Follower(Archive& archive, const FollowWishes& wishes, KnownItems& known, net::PoliteMany& transport)
      : archive_(archive),
        wishes_(wishes),
        known_(known),
        transport_(transport),
        book_(archive),
        round_(archive, wishes) {}

  Status run() {
    if (auto looked = look(); !looked) return looked;
    if (auto named = check_names(); !named) return named;
    supervisor_.ready();
    while (!stopped()) {
      heed_clock();
      if (now() >= next_look_)
        if (auto looked = look(); !looked && !may_pass(looked.error())) return looked;
      if (auto begun = begin_those_due(); !begun) return begun;
      if (auto carried = carry(); !carried) return carried;
      supervisor_.alive();
    }
    supervisor_.stopping();
    if (auto ended = end_all(); !ended) return ended;
    return round_.last({now(), 0, {}});
  }

 private:
  Time now() const { return archive_.clock().now(); }
  bool stopped() const { return wishes_.stop != nullptr && wishes_.stop->load(); }

  // What was to happen at some time would be kept waiting for as long as the clock was set back by.
  void heed_clock() {
    const Time at = now();
    if (at + kClockSlip < latest_) {
      next_look_ = at;
      for (auto& [ticket, running] : running_)
        if (running.wake) *running.wake -= latest_ - at;
    }
    latest_ = at;
  }

  // Somebody was in the way: it is tried again after the next look.
  bool may_pass(const Error& error) const {
    if (error.code != Code::kUnavailable) return false;
    if (wishes_.remark) wishes_.remark(error.what + "; it is tried again");
    return true;
  }

  bool is_wanted(const SourceState& source) const {
    return source.row.state == index::SourceRow::State::kActive &&
           (wishes_.sources.empty() ||
            std::ranges::find(wishes_.sources, source.row.name) != wishes_.sources.end());
  }

  Status check_names() const {
    for (const auto& name : wishes_.sources) {
      const auto found = book_.sources().find(name);
      if (found == book_.sources().end() || found->second.row.state == index::SourceRow::State::kRemoved)
        return Error{Code::kNotFound, "there is no source named " + name + "; nothing was asked",
                     "`muniment source list` shows them"};
    }
    return {};
  }

  Status look() {
    next_look_ = now() + kLookEvery;
    if (auto looked = book_.look(); !looked) return looked;
    std::vector<collect::Schedule::Due> plan;
    for (const auto& [name, source] : book_.sources()) {
      if (!is_wanted(source)) continue;
      const auto at = due(source);
      if (!at) return at.error();
      const auto url = net::read_url(source.row.url);
      plan.push_back({*at, name, url ? url->host : std::string()});
    }
    schedule_.plan(std::move(plan));
    if (auto gone = round_.go(book_, {now(), schedule_.under_way(), schedule_.behind(now())}); !gone)
      return gone;
    supervisor_.status(std::to_string(schedule_.under_way()) + " polls under way");
    return {};
  }

  Result<Time> due(const SourceState& source) {
    collect::Past past{{}, {}, source.failures, source.not_before()};
    if (source.last) {
      past.started = Time{milliseconds{source.last->started}};
      past.finished = Time{milliseconds{source.last->finished}};
    }
    // A poll in the future says that the clock was wrong, then or now.
    if (past.finished && *past.finished > now() + kClockSlip) past = {};
    if (!source.record.budget.empty()) {
      const auto left = book_.allowance(source, now());
      if (!left) return left.error();
      if (has_room(*left)) past.not_before = {};
    }
    if (const auto until = transport_.closed_until(source.row.url))
      past.not_before = std::max(past.not_before, *until);
    // An entry is dated no earlier than the one before it, which a wrong clock may have put into the future.
    const Time wanted = source.wanted_since > now() + kClockSlip ? Time{} : source.wanted_since;
    return std::max(wanted, collect::next_poll(source.row.name, source.policy.every, past));
  }

  static bool has_room(const collect::Allowance& allowance) {
    return (!allowance.requests || allowance.requests->left > 0) &&
           (!allowance.charged || allowance.charged->left > 0) &&
           (!allowance.affordable || allowance.affordable->left > 0);
  }

  Status begin_those_due() {
    for (const auto& name : schedule_.begin(now())) {
      auto begun = begin(name);
      if (begun) continue;
      schedule_.ended(name);
      if (!may_pass(begun.error())) return wrap(begun.error(), name);
    }
    return {};
  }

  Status begin(const std::string& name) {
    auto turn = Turn::to_poll(archive_.layout(), name);
    if (!turn) return Error{Code::kUnavailable, name + " is being polled by another program"};
    if (auto looked = book_.look_before_polling(name); !looked) return looked;
    const auto& source = book_.sources().at(name);
    const auto at = due(source);
    if (!at) return at.error();
    if (!is_wanted(source) || *at > now()) return void(schedule_.ended(name)), Status{};
    auto poll = SourcePoll::begin(
        archive_, book_, source,
        {.ledgers = {archive_.appender(), archive_.reader(), known_, archive_.clock()},
         .stop = wishes_.stop,
         .closed_until = [this](const std::string& url) { return transport_.closed_until(url); }});
    if (!poll) return poll.error();
    const auto ticket = ++last_ticket_;
    running_.emplace(ticket, Running{name, std::move(turn), *std::move(poll), false, {}});
    return go_on(ticket);
  }

  // To the poll's next question, pause or end.
  Status go_on(net::Ticket ticket) {
    auto& running = running_.at(ticket);
    auto step = running.poll->steps().next();
    if (!step) return end(ticket, step.error());
    if (step->kind == collect::Step::Kind::kDone) return end(ticket, {});
    if (step->kind == collect::Step::Kind::kWait) {
      running.wake = now() + step->wait;
      return {};
    }
    running.asked = true;
    transport_.send(ticket, std::move(step->request));
    return {};
  }

  Status end(net::Ticket ticket, const Status& how) {
    const auto node = running_.extract(ticket);
    const auto& running = node.mapped();
    schedule_.ended(running.source);
    const auto& outcome = running.poll->steps().outcome();
    if (how) {
      round_.count(outcome);
      if (wishes_.ended) wishes_.ended(outcome);
    }
    if (how || may_pass(how.error())) return {};
    return wrap(how.error(), running.source);
  }

  // Waits for what comes next, and hands it on.
  Status carry() {
    for (auto& arrival : transport_.wait(until_next())) {
      const auto found = running_.find(arrival.ticket);
      if (found == running_.end()) continue;
      found->second.asked = false;
      auto taken = found->second.poll->steps().take(std::move(arrival.answer));
      auto gone_on = taken ? go_on(arrival.ticket) : end(arrival.ticket, taken);
      if (!gone_on) return gone_on;
    }
    std::vector<net::Ticket> awake;
    for (auto& [ticket, running] : running_)
      if (running.wake && *running.wake <= now()) awake.push_back(ticket);
    for (const auto ticket : awake) {
      running_.at(ticket).wake.reset();
      if (auto gone_on = go_on(ticket); !gone_on) return gone_on;
    }
    return {};
  }

  milliseconds until_next() const {
    auto until = std::min(next_look_, now() + kLongestWait);
    if (const auto next = schedule_.next()) until = std::min(until, *next);
    for (const auto& [ticket, running] : running_)
      if (running.wake) until = std::min(until, *running.wake);
    return std::max(milliseconds{0}, until - now());
  }

  // Stopped: no poll has a further question.
  Status end_all() {
    while (!running_.empty()) {
      const auto ticket = running_.begin()->first;
      auto& running = running_.begin()->second;
      transport_.drop(ticket);
      Status taken;
      if (std::exchange(running.asked, false))
        taken = running.poll->steps().take(Error{Code::kUnavailable, "stopped on request"});
      running.wake.reset();
      auto ended = taken ? go_on(ticket) : end(ticket, taken);
      if (!ended) return ended;
    }
    return {};
  }

  Archive& archive_;
  const FollowWishes& wishes_;
  KnownItems& known_;
  net::PoliteMany& transport_;
  SourceBook book_;
  FollowRound round_;
  Supervisor supervisor_;
  collect::Schedule schedule_;
  std::map<net::Ticket, Running> running_;
  net::Ticket last_ticket_ = 0;
  Time next_look_{}, latest_{};
};

}  // namespace

Status follow(Archive& archive, const FollowWishes& wishes) {
  const auto turn = Turn::to_follow(archive.layout());
  if (!turn)
    return Error{Code::kConflict, "another program follows this archive already; nothing was asked",
                 "is the service running? `systemctl status` tells"};
  auto known = KnownItems::open(archive);
  if (!known) return known.error();
  net::FetchSettings settings;
  settings.user_agent = net::user_agent(archive.settings().authority, archive.settings().contact);
  std::unique_ptr<net::ManyTransport> network;
  if (wishes.transport == nullptr) network = std::make_unique<net::CurlMany>(archive.clock(), settings);
  net::PoliteMany polite(network ? *network : *wishes.transport, archive.clock(), wishes.manners);
  return Follower(archive, wishes, *known, polite).run();
}

}  // namespace muniment::app
