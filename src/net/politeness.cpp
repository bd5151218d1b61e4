#include "net/politeness.hpp"

#include <algorithm>
#include <charconv>

#include "base/time.hpp"

namespace muniment::net {

using std::chrono::milliseconds;
using std::chrono::seconds;

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

milliseconds Pace::wait(const std::string& host, base::Time now) const {
  const auto found = hosts_.find(host);
  if (found == hosts_.end()) return milliseconds{0};
  // A clock set back must not turn a pause of a second into one of hours.
  const auto left = found->second.free - now;
  return std::clamp(left, milliseconds{0}, manners_.patience);
}

void Pace::leave(const std::string& host, bool this_machine, base::Time now) {
  auto& state = hosts_[host];
  state.closed = false;
  state.free = now + (this_machine ? manners_.between_on_this_machine : manners_.between);
}

bool Pace::pause(const std::string& host, base::Time now, milliseconds length) {
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

std::optional<base::Time> Pace::closed_until(const std::string& host, base::Time now) const {
  const auto found = hosts_.find(host);
  if (found == hosts_.end() || !found->second.closed || found->second.free <= now) return std::nullopt;
  return found->second.free;
}

milliseconds Pace::back_off(int attempt) const {
  return manners_.first_pause * (1 << std::clamp(attempt, 0, 10));
}

}  // namespace muniment::net
