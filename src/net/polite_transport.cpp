#include "net/polite_transport.hpp"

#include <algorithm>

namespace muniment::net {

using std::chrono::milliseconds;

PoliteTransport::PoliteTransport(Transport& inner, base::Clock& clock, Manners manners,
                                 const std::atomic<bool>* stop)
    : inner_(inner), clock_(clock), pace_(manners), stop_(stop) {}

std::optional<base::Time> PoliteTransport::closed_until(const std::string& url) {
  const auto read = read_url(url);
  return read ? pace_.closed_until(read->host, clock_.now()) : std::nullopt;
}

Status PoliteTransport::sleep(milliseconds length, const Url& url) {
  constexpr milliseconds kSlice{250};
  for (auto left = length; left.count() > 0; left -= kSlice) {
    if (stopped()) break;
    clock_.sleep(std::min(left, kSlice));
  }
  if (!stopped()) return {};
  return Error{Code::kUnavailable, "stopped on request while waiting for " + url.host};
}

Status PoliteTransport::await_turn(const Url& url) {
  const auto now = clock_.now();
  if (const auto until = pace_.closed_until(url.host, now)) return come_back(url.host, *until);
  return sleep(pace_.wait(url.host, now), url);
}

Result<Response> PoliteTransport::one_turn(const Request& request, const Url& url) {
  if (auto turn = await_turn(url); !turn) return turn.error();
  pace_.leave(url.host, names_this_machine(url) && request.allow_private, clock_.now());
  return inner_.get(request);
}

Result<Response> PoliteTransport::get(const Request& request) {
  const auto url = read_url(request.url);
  if (!url) return url.error();
  for (int attempt = 0;; ++attempt) {
    auto answer = one_turn(request, *url);
    const auto now = clock_.now();
    if (stopped() || pace_.closed_until(url->host, now)) return answer;
    const auto reaction = react(pace_, url->host, answer, attempt, now);
    if (reaction == Reaction::kComeBack)
      return come_back(url->host, pace_.closed_until(url->host, now).value_or(now));
    if (reaction == Reaction::kHandOn) return answer;
  }
}

}  // namespace muniment::net
