#include "net/polite_many.hpp"

#include <algorithm>

namespace muniment::net {

using std::chrono::milliseconds;

PoliteMany::PoliteMany(ManyTransport& inner, base::Clock& clock, Manners manners)
    : inner_(inner), clock_(clock), pace_(manners) {}

std::optional<base::Time> PoliteMany::closed_until(const std::string& url) {
  const auto read = read_url(url);
  return read ? pace_.closed_until(read->host, clock_.now()) : std::nullopt;
}

void PoliteMany::send(Ticket ticket, Request request) {
  auto url = read_url(request.url);
  if (!url) {
    forget(request);
    ready_.push_back({ticket, url.error()});
    return;
  }
  hosts_[ticket] = url->host;
  const bool this_machine = names_this_machine(*url) && request.allow_private;
  lines_[url->host].waiting.push_back({ticket, std::move(request), this_machine, 0});
}

void PoliteMany::drop(Ticket ticket) {
  std::erase_if(ready_, [&](const Arrival& arrival) { return arrival.ticket == ticket; });
  const auto host = hosts_.find(ticket);
  if (host == hosts_.end()) return;
  const auto found = lines_.find(host->second);
  auto& line = found->second;
  const auto one = std::find_if(line.waiting.begin(), line.waiting.end(),
                                [&](const Waiting& waiting) { return waiting.ticket == ticket; });
  if (line.under_way && one == line.waiting.begin()) {
    inner_.drop(ticket);
    line.under_way = false;
    --under_way_;
  }
  forget(one->request);
  line.waiting.erase(one);
  if (line.waiting.empty()) lines_.erase(found);
  hosts_.erase(host);
}

std::vector<Arrival> PoliteMany::wait(milliseconds longest) {
  const auto until_next = send_those_free(longest);
  if (!ready_.empty()) return std::exchange(ready_, {});
  for (auto& arrival : inner_.wait(until_next)) take(std::move(arrival));
  return std::exchange(ready_, {});
}

milliseconds PoliteMany::send_those_free(milliseconds longest) {
  const auto now = clock_.now();
  for (auto at = lines_.begin(); at != lines_.end();) {
    auto& [host, line] = *at;
    if (!line.under_way)
      if (const auto until = pace_.closed_until(host, now)) turn_away(line, come_back(host, *until));
    if (line.waiting.empty()) {
      at = lines_.erase(at);
      continue;
    }
    ++at;
    if (line.under_way) continue;
    if (const auto left = pace_.wait(host, now); left.count() > 0) {
      longest = std::min(longest, left);
      continue;
    }
    if (under_way_ == kMostUnderWay) continue;  // an arrival makes room, and ends the waiting
    auto& first = line.waiting.front();
    line.under_way = true;
    ++under_way_;
    pace_.leave(host, first.this_machine, now);
    inner_.send(first.ticket, first.request);
  }
  return longest;
}

void PoliteMany::turn_away(Line& line, const Error& error) {
  for (auto& one : line.waiting) {
    forget(one.request);
    hosts_.erase(one.ticket);
    ready_.push_back({one.ticket, error});
  }
  line.waiting.clear();
}

void PoliteMany::take(Arrival arrival) {
  const auto host = hosts_.find(arrival.ticket);
  if (host == hosts_.end()) return;
  const auto found = lines_.find(host->second);
  auto& line = found->second;
  auto& first = line.waiting.front();
  const auto now = clock_.now();
  line.under_way = false;
  --under_way_;
  // A millisecond more than the pace: the clock cuts off what is less.
  pace_.leave(host->second, first.this_machine, now + milliseconds{1});
  const auto reaction = react(pace_, host->second, arrival.answer, first.attempt, now);
  if (reaction == Reaction::kAskAgain) {
    ++first.attempt;
    return;
  }
  if (reaction == Reaction::kComeBack)
    arrival.answer = come_back(host->second, pace_.closed_until(host->second, now).value_or(now));
  else if (arrival.answer && arrival.answer->status < 400)
    pace_.renew(host->second);
  forget(first.request);
  line.waiting.pop_front();
  if (line.waiting.empty()) lines_.erase(found);
  hosts_.erase(host);
  ready_.push_back(std::move(arrival));
}

}  // namespace muniment::net
