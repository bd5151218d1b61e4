#include "net/polite_transport.hpp"

#include <algorithm>

#include "base/time.hpp"

namespace muniment::net {
namespace {

using std::chrono::milliseconds;

// nullopt: this answer is to be handed on.
std::optional<milliseconds> pause_asked_for(const Result<Response>& answer, base::Time now,
                                            milliseconds back_off) {
  if (!answer) {
    const auto code = answer.error().code;
    if (code == Code::kUnavailable || code == Code::kIo) return back_off;
    return std::nullopt;
  }
  if (answer->status != 429 && answer->status < 500) return std::nullopt;
  return std::max(retry_after(header(answer->headers, "retry-after"), now).value_or(back_off),
                  milliseconds{1});
}

// Did the host itself name a time, so that it is obeyed however long it lasts?
bool host_named_a_time(const Result<Response>& answer, base::Time now) {
  return answer && (answer->status == 429 || answer->status == 503) &&
         retry_after(header(answer->headers, "retry-after"), now).has_value();
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
    const auto pause = pause_asked_for(answer, now, pace_.back_off(attempt));
    if (!pause) return answer;
    const bool may_wait = pace_.pause(url->host, now, *pause);
    if (!may_wait && host_named_a_time(answer, now)) {
      pace_.close(url->host, now + *pause);
      return come_back(*url, now + *pause);
    }
    if (!may_wait || attempt >= pace_.manners().retries) return answer;
  }
}

}  // namespace muniment::net
