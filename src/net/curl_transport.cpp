#include "net/curl_transport.hpp"

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
                 "if the source is meant to be on your own network, add it with --allow-private"};
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

std::string user_agent(const std::string& authority, const std::string& contact) {
  auto out = "muniment/0.1 (+records archive of " + authority +
             (contact.empty() ? "" : "; contact " + contact) + ")";
  std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  return out;
}

CurlTransport::CurlTransport(base::Clock& clock, Settings settings)
    : clock_(clock), settings_(std::move(settings)) {}

Result<HopAnswer> CurlTransport::ask(const Url& url, const Request& request, const Url& first,
                                     milliseconds remaining) {
  const bool allow_private = request.allow_private && permission_covers(first, url);
  Hop hop{url,
          headers_for(request, same_origin(first, url)),
          settings_.user_agent,
          proxy_for(url, settings_.environment),
          settings_.environment("SSL_CERT_FILE"),
          allow_private,
          settings_.limits,
          remaining,
          settings_.stop,
          request.post,
          request.body};
  if (!hop.proxy.empty())
    if (auto allowed = check_before_proxy(url, allow_private); !allowed) return allowed.error();
  auto answer = (allow_private ? private_ : public_).get(hop);
  for (auto& [name, value] : hop.headers) base::wipe(value);
  return answer;
}

Result<Response> CurlTransport::get(const Request& request) {
  const auto first = read_url(request.url);
  if (!first) return first.error();
  Response out;
  out.started = clock_.now();
  const auto deadline = Steady::now() + settings_.limits.total;
  for (Url url = *first;;) {
    const auto remaining = duration_cast<milliseconds>(deadline - Steady::now());
    if (remaining.count() <= 0)
      return Error{Code::kUnavailable, shown_url(request.url) + " took too long; nothing was kept",
                   "try again later"};
    auto answer = ask(url, request, *first, remaining);
    if (!answer)
      return out.redirects.empty() ? answer.error()
                                   : wrap(answer.error(), "redirected by " + shown_url(request.url));
    if (request.post || !is_redirect(answer->status) || header(answer->headers, "location").empty()) {
      out.status = answer->status;
      out.headers = std::move(answer->headers);
      out.body = std::move(answer->body);
      out.final_url = url.whole;
      out.peer = std::move(answer->peer);
      out.tls = std::move(answer->tls);
      out.finished = clock_.now();
      return out;
    }
    if (out.redirects.size() >= static_cast<std::size_t>(settings_.limits.redirects))
      return Error{Code::kDenied, shown_url(request.url) + " redirects more than " +
                                      std::to_string(settings_.limits.redirects) +
                                      " times; nothing was kept"};
    auto next = next_hop(url, *answer);
    if (!next) return next.error();
    out.redirects.push_back(url.whole);
    url = *std::move(next);
  }
}

}  // namespace muniment::net
