#include "collect/schedule.hpp"

#include <algorithm>
#include <tuple>

#include "base/sha256.hpp"
#include "base/time.hpp"

namespace muniment::collect {
namespace {

using base::Time;
using std::chrono::milliseconds;

// From -1 to 1.
double jitter_of(std::string_view source, Time began) {
  const auto hash = base::sha256(std::string(source) + '\n' + base::to_rfc3339(began));
  const unsigned value = static_cast<unsigned>(hash[0]) << 8U | hash[1];
  return static_cast<double>(value) / 32767.5 - 1.0;
}

milliseconds jittered(milliseconds length, double jitter) {
  return length + milliseconds{static_cast<std::int64_t>(static_cast<double>(length.count()) * jitter *
                                                         kJitterPercent / 100)};
}

milliseconds backed_off(milliseconds every, int failures) {
  const milliseconds most = std::max<milliseconds>(every, kLongestBackOff);
  for (int i = 0; i < failures && every < most; ++i) every *= 2;
  return std::min(every, most);
}

}  // namespace

Time next_poll(std::string_view source, milliseconds every, const Past& past) {
  if (!past.started || !past.finished) return past.not_before;
  const auto jitter = jitter_of(source, *past.started);
  const auto next = past.failures == 0 ? *past.started + jittered(every, jitter)
                                       : *past.finished + jittered(backed_off(every, past.failures), jitter);
  return std::max({next, past.not_before, *past.finished});
}

void Schedule::plan(std::vector<Due> sources) {
  std::erase_if(sources, [&](const Due& one) { return under_way_.contains(one.source); });
  std::ranges::sort(sources, [](const Due& a, const Due& b) {
    return std::tie(a.at, a.source) < std::tie(b.at, b.source);
  });
  waiting_ = std::move(sources);
}

bool Schedule::host_has_room(const std::string& host) const {
  const auto found = of_host_.find(host);
  return found == of_host_.end() || found->second < kMostPollsOfAHost;
}

std::vector<std::string> Schedule::begin(Time now) {
  std::vector<std::string> out;
  std::vector<Due> left;
  for (auto& one : waiting_) {
    if (one.at > now || under_way_.size() >= kMostPolls || !host_has_room(one.host)) {
      left.push_back(std::move(one));
      continue;
    }
    out.push_back(one.source);
    ++of_host_[one.host];
    under_way_.emplace(std::move(one.source), std::move(one.host));
  }
  waiting_ = std::move(left);
  return out;
}

void Schedule::ended(const std::string& source) {
  const auto found = under_way_.find(source);
  if (found == under_way_.end()) return;
  const auto host = of_host_.find(found->second);
  if (--host->second == 0) of_host_.erase(host);
  under_way_.erase(found);
}

std::optional<Time> Schedule::next() const {
  if (under_way_.size() >= kMostPolls) return std::nullopt;
  const auto found = std::ranges::find_if(waiting_, [&](const Due& one) { return host_has_room(one.host); });
  return found == waiting_.end() ? std::nullopt : std::optional(found->at);
}

milliseconds Schedule::behind(Time now) const {
  return waiting_.empty() ? milliseconds{0} : std::max(milliseconds{0}, now - waiting_.front().at);
}

}  // namespace muniment::collect
