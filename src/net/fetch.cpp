#include "net/fetch.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

#include "base/secret_text.hpp"
#include "net/address_policy.hpp"

namespace muniment::net {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

struct FreeAddresses {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

Address address_of(const addrinfo& info) {
  Address out;
  out.v6 = info.ai_family == AF_INET6;
  if (out.v6) {
    sockaddr_in6 in{};
    std::memcpy(&in, info.ai_addr, sizeof in);
    std::memcpy(out.bytes.data(), &in.sin6_addr, 16);
  } else {
    sockaddr_in in{};
    std::memcpy(&in, info.ai_addr, sizeof in);
    std::memcpy(out.bytes.data(), &in.sin_addr, 4);
  }
  return out;
}

// What can be checked of a target that only the proxy will connect to.
Status check_before_proxy(const Url& url, bool allow_private) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(url.host.c_str(), nullptr, &hints, &found) != 0) return {};
  const std::unique_ptr<addrinfo, FreeAddresses> list(found);
  for (const auto* one = list.get(); one != nullptr; one = one->ai_next) {
    if (one->ai_family != AF_INET && one->ai_family != AF_INET6) continue;
    const auto [reach, range] = judge(address_of(*one));
    if (reach == Reach::kPublic || (reach == Reach::kPrivate && allow_private)) continue;
    return Error{Code::kDenied,
                 shown_url(url.whole) + " is at " + to_text(address_of(*one)) + " (" + std::string(range) +
                     "), which is not on the public Internet; it was not asked for",
                 reach == Reach::kPrivate ? kAllowPrivate : ""};
  }
  return {};
}

// Headers that speak for somebody stay with the place they were meant for.
Headers headers_for(const Request& request, bool same_place) {
  Headers out;
  if (same_place) {
    out = request.headers;
    out.insert(out.end(), request.secret_headers.begin(), request.secret_headers.end());
    return out;
  }
  std::copy_if(request.headers.begin(), request.headers.end(), std::back_inserter(out), [](const auto& one) {
    const Headers alone = {one};
    return header(alone, "authorization").empty() && header(alone, "cookie").empty();
  });
  return out;
}

Result<Url> next_hop(const Url& from, const HopAnswer& answer) {
  auto next = follow(from, header(answer.headers, "location"));
  if (!next)
    return Error{Code::kDenied,
                 shown_url(from.whole) + " redirects to where we do not follow: " + next.error().what};
  if (from.scheme == "https" && next->scheme == "http")
    return Error{Code::kDenied, shown_url(from.whole) + " redirects from https to plain http (" +
                                    shown_url(next->whole) + "); it was not followed"};
  return next;
}

}  // namespace

void forget(Hop& hop) {
  for (auto& [name, value] : hop.headers) base::wipe(value);
}

Fetch::Fetch(const Request& request, const FetchSettings& settings, base::Clock& clock)
    : request_(request),
      settings_(settings),
      clock_(clock),
      deadline_(Steady::now() + settings.limits.total) {
  response_.started = clock_.now();
}

Error Fetch::of_a_redirect(const Error& error) const {
  if (response_.redirects.empty()) return error;
  auto led = wrap(error, "redirected by " + shown_url(request_.url));
  if (led.code == Code::kDenied)
    led.hint =
        "look at the address in a browser: a site that leads elsewhere than to itself may have been tampered "
        "with";
  return led;
}

Result<Hop> Fetch::hop() {
  if (!first_) {
    auto first = read_url(request_.url);
    if (!first) return first.error();
    first_ = url_ = *std::move(first);
  }
  const auto remaining = duration_cast<milliseconds>(deadline_ - Steady::now());
  if (remaining.count() <= 0)
    return Error{Code::kUnavailable, shown_url(request_.url) + " took too long; nothing was kept",
                 "try again later"};
  const bool allow_private = request_.allow_private && permission_covers(*first_, *url_);
  auto proxy = proxy_for(*url_, settings_.environment);
  if (!proxy.empty())
    if (auto allowed = check_before_proxy(*url_, allow_private); !allowed)
      return of_a_redirect(allowed.error());
  return Hop{*url_,
             headers_for(request_, same_origin(*first_, *url_)),
             settings_.user_agent,
             std::move(proxy),
             settings_.environment("SSL_CERT_FILE"),
             allow_private,
             settings_.limits,
             remaining,
             settings_.stop,
             request_.post,
             request_.body};
}

std::optional<Result<Response>> Fetch::take(Result<HopAnswer> answer) {
  if (!answer) return Result<Response>(of_a_redirect(answer.error()));
  if (request_.post || !is_redirect(answer->status) || header(answer->headers, "location").empty())
    return whole(*std::move(answer));
  if (auto followed = redirect(*answer); !followed) return Result<Response>(followed.error());
  return std::nullopt;
}

Result<Response> Fetch::whole(HopAnswer answer) {
  response_.status = answer.status;
  response_.headers = std::move(answer.headers);
  response_.body = std::move(answer.body);
  response_.final_url = url_->whole;
  response_.peer = std::move(answer.peer);
  response_.tls = std::move(answer.tls);
  response_.finished = clock_.now();
  return std::move(response_);
}

Status Fetch::redirect(const HopAnswer& answer) {
  if (response_.redirects.size() >= static_cast<std::size_t>(settings_.limits.redirects))
    return Error{Code::kDenied, shown_url(request_.url) + " redirects more than " +
                                    std::to_string(settings_.limits.redirects) + " times; nothing was kept"};
  auto next = next_hop(*url_, answer);
  if (!next) return next.error();
  response_.redirects.push_back(url_->whole);
  url_ = *std::move(next);
  return {};
}

}  // namespace muniment::net
