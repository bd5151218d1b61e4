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
