#include "net/politeness.hpp"

#include <algorithm>
#include <charconv>

#include "base/time.hpp"

namespace muniment::net {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::chrono::minutes kClockSlip{1};  // less is what clocks are put right by all the time

std::optional<milliseconds> retry_after(std::string_view value, base::Time now) {
  constexpr std::uint64_t kYear = 366ULL * 24 * 3600;
  std::uint64_t count = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
  if (!value.empty() && end == value.data() + value.size())
    return seconds{error == std::errc{} ? std::min(count, kYear) : kYear};
  const auto date = base::parse_rfc822(value);
  if (!date) return std::nullopt;
  return std::max(milliseconds{0}, *date - now);
}

namespace {

// The first of the spellings that platforms use.
std::string_view rate_limit_header(const Headers& headers, const std::string& what) {
  for (const auto* prefix : {"ratelimit-", "x-ratelimit-", "x-rate-limit-"})
    if (const auto value = header(headers, prefix + what); !value.empty()) return value;
  return {};
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || (end != text.data() + text.size() && *end != '.')) return std::nullopt;
  return value;
}

std::optional<milliseconds> time_to_regain_access(const Headers& headers) {
  constexpr std::string_view kName = "\"estimated_time_to_regain_access\":";
  const auto usage = header(headers, "x-business-use-case-usage");
  const auto at = usage.find(kName);
  if (at == std::string_view::npos) return std::nullopt;
  std::uint64_t minutes = 0;
  std::from_chars(usage.data() + at + kName.size(), usage.data() + usage.size(), minutes);
  if (minutes == 0) return std::nullopt;
  return std::chrono::minutes{std::min<std::uint64_t>(minutes, 7 * 24 * 60)};
}

}  // namespace

std::optional<milliseconds> rate_limit_pause(const Headers& headers, bool refused, base::Time now) {
  constexpr std::uint64_t kWeek = 7ULL * 24 * 3600;
  constexpr std::uint64_t kSurelyADate = 1'000'000'000;
  if (const auto pause = time_to_regain_access(headers)) return pause;
  const auto left = whole_number(rate_limit_header(headers, "remaining"));
  if (!refused && left.value_or(1) != 0) return std::nullopt;
  const auto reset = rate_limit_header(headers, "reset");
  milliseconds pause{0};
  if (const auto number = whole_number(reset); number && !base::parse_rfc3339(reset))
    pause = *number < kSurelyADate ? milliseconds{seconds{*number}}
                                   : base::Time{seconds{std::min(*number, 10 * kSurelyADate)}} - now;
  else if (const auto time = base::parse_rfc3339(reset))
    pause = *time - now;
  else
    return std::nullopt;
  return std::clamp(pause, milliseconds{0}, milliseconds{seconds{kWeek}});
}

void Pace::heed(base::Time now) {
  if (now + kClockSlip < latest_)
    for (auto& [name, host] : hosts_) host.free -= latest_ - now;
  latest_ = now;
}

milliseconds Pace::wait(const std::string& host, base::Time now) {
  heed(now);
  const auto found = hosts_.find(host);
  if (found == hosts_.end()) return milliseconds{0};
  return std::clamp(found->second.free - now, milliseconds{0}, manners_.patience);
}

void Pace::leave(const std::string& host, bool this_machine, base::Time now) {
  heed(now);
  auto& state = hosts_[host];
  state.closed = false;
  state.free = now + (this_machine ? manners_.between_on_this_machine : manners_.between);
}

bool Pace::pause(const std::string& host, base::Time now, milliseconds length) {
  heed(now);
  auto& state = hosts_[host];
  state.free = std::max(state.free, now + length);
  if (state.waited + length > manners_.patience) return false;
  state.waited += length;
  return true;
}

void Pace::close(const std::string& host, base::Time until) {
  auto& state = hosts_[host];
  state.free = std::max(state.free, until);
  state.closed = true;
}

std::optional<base::Time> Pace::closed_until(const std::string& host, base::Time now) {
  heed(now);
  const auto found = hosts_.find(host);
  if (found == hosts_.end() || !found->second.closed || found->second.free <= now) return std::nullopt;
  return found->second.free;
}

void Pace::renew(const std::string& host) {
  if (const auto found = hosts_.find(host); found != hosts_.end()) found->second.waited = milliseconds{0};
}

milliseconds Pace::back_off(int attempt) const {
  return manners_.first_pause * (1 << std::clamp(attempt, 0, 10));
}

namespace {

// How long the host itself asked for; it is obeyed however long that is.
std::optional<milliseconds> named_by_host(const Result<Response>& answer, base::Time now) {
  if (!answer) return std::nullopt;
  if (answer->status == 429 || answer->status == 503)
    if (const auto pause = retry_after(header(answer->headers, "retry-after"), now)) return pause;
  return rate_limit_pause(answer->headers, answer->status == 429, now);
}

// Is the same question to be asked again?
bool failed_for_now(const Result<Response>& answer) {
  if (answer) return answer->status == 429 || answer->status >= 500;
  const auto code = answer.error().code;
  return code == Code::kUnavailable || code == Code::kIo;
}

}  // namespace

Reaction react(Pace& pace, const std::string& host, const Result<Response>& answer, int attempt,
               base::Time now) {
  const auto named = named_by_host(answer, now);
  if (!failed_for_now(answer)) {
    // It was the last request of this hour's allowance: what is asked next waits, or is told when.
    if (named && !pace.pause(host, now, *named)) pace.close(host, now + *named);
    return Reaction::kHandOn;
  }
  const auto pause = std::max(named.value_or(pace.back_off(attempt)), milliseconds{1});
  const bool may_wait = pace.pause(host, now, pause);
  if (!may_wait && named) {
    pace.close(host, now + pause);
    return Reaction::kComeBack;
  }
  return may_wait && attempt < pace.manners().retries ? Reaction::kAskAgain : Reaction::kHandOn;
}

Error come_back(const std::string& host, base::Time when) {
  return {
      Code::kUnavailable,
      host + " asked not to be disturbed before " + base::to_rfc3339(when) + "; what came until then is kept",
      "harvest again after that time"};
}

}  // namespace muniment::net
