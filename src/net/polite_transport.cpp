#include "net/polite_transport.hpp"

#include <algorithm>

#include "base/time.hpp"

namespace muniment::net {
namespace {

using std::chrono::milliseconds;

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

PoliteTransport::PoliteTransport(Transport& inner, base::Clock& clock, Manners manners,
                                 const std::atomic<bool>* stop)
    : inner_(inner), clock_(clock), pace_(manners), stop_(stop) {}

Error PoliteTransport::come_back(const Url& url, base::Time when) const {
  return {Code::kUnavailable,
          url.host + " asked not to be disturbed before " + base::to_rfc3339(when) +
              "; what came until then is kept",
          "harvest again after that time"};
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
  if (const auto until = pace_.closed_until(url.host, now)) return come_back(url, *until);
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
    const auto named = named_by_host(answer, now);
    if (!failed_for_now(answer)) {
      // It was the last request of this hour's allowance: what is asked next waits, or is told when.
      if (named && !pace_.pause(url->host, now, *named)) pace_.close(url->host, now + *named);
      return answer;
    }
    const auto pause = std::max(named.value_or(pace_.back_off(attempt)), milliseconds{1});
    const bool may_wait = pace_.pause(url->host, now, pause);
    if (!may_wait && named) {
      pace_.close(url->host, now + pause);
      return come_back(*url, now + pause);
    }
    if (!may_wait || attempt >= pace_.manners().retries) return answer;
  }
}

}  // namespace muniment::net
