#include "collect/answer.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/time.hpp"
#include "net/url.hpp"
#include "polls/platform.hpp"
#include "sources/withhold.hpp"

namespace muniment::collect {
namespace {

bool lets_somebody_in(std::string_view name) {
  constexpr std::array<std::string_view, 9> kWords = {"cookie", "token",   "authori", "authentica", "secret",
                                                      "nonce",  "api-key", "apikey",  "session"};
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return static_cast<char>(c | 32); });
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](auto word) { return lower.find(word) != std::string::npos; });
}

bool may_be_sent(std::string_view value) {
  return !value.empty() && std::none_of(value.begin(), value.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
}

bool is_private_allowed(const SourceSettings& source, const std::string& url) {
  if (!source.allow_private) return false;
  const auto permitted = net::read_url(source.url);
  const auto asked = net::read_url(url);
  return permitted && asked && net::permission_covers(*permitted, *asked);
}

}  // namespace

net::Request request_for(const SourceSettings& source, const sources::Ask& ask, const Validators& validators,
                         bool fresh) {
  net::Request request{ask.url, {}, is_private_allowed(source, ask.url)};
  request.post = ask.post;
  request.body = ask.body;
  if (!ask.content_type.empty()) request.headers.emplace_back("Content-Type", ask.content_type);
  if (!ask.accept.empty()) request.headers.emplace_back("Accept", ask.accept);
  if (fresh) {
    request.headers.emplace_back("Cache-Control", "no-cache");
  } else if (ask.conditional) {
    if (may_be_sent(validators.etag)) request.headers.emplace_back("If-None-Match", validators.etag);
    if (may_be_sent(validators.last_modified))
      request.headers.emplace_back("If-Modified-Since", validators.last_modified);
  }
  return request;
}

bool is_meant_for(const SourceSettings& source, const std::string& url) {
  const auto own = net::read_url(source.url);
  const auto asked = net::read_url(url);
  if (!own || !asked) return false;
  if (net::same_origin(*own, *asked)) return true;
  const auto* platform = polls::platform_named(source.platform);
  if (platform == nullptr || asked->scheme != "https" || asked->port != 443) return false;
  const auto hosts = " " + std::string(platform->hosts) + " ";
  return hosts.find(" " + asked->host + " ") != std::string::npos;
}

Status show_credential(const SourceSettings& source, Credential* credential, const sources::Ask& ask,
                       net::Request& request) {
  if (ask.shows.empty()) return {};
  if (credential == nullptr)
    return Error{Code::kDenied, net::shown_url(ask.url) + " is asked with a credential, and there is none"};
  if (!is_meant_for(source, ask.url))
    return Error{Code::kDenied, "the credential " + source.credential + " is not meant for " +
                                    net::shown_url(ask.url) + "; nothing was sent"};
  return credential->show(ask, request);
}

std::size_t take_secrets_out(Credential& credential, const sources::Ask& ask, net::Response& response,
                             std::vector<std::string>& remarks) {
  if (auto learnt = credential.learn(ask, response.body); !learnt) {
    base::wipe(response.body);
    remarks.push_back(net::shown_url(ask.url) + ": " + learnt.error().what);
  }
  auto count = credential.blot(response.body);
  if (!ask.shows.empty()) count += blot_tokens_in_addresses(response.body);
  credential.blot(response.final_url);
  for (auto& url : response.redirects) credential.blot(url);
  for (auto& [name, value] : response.headers) {
    credential.blot(value);
    if (!ask.shows.empty()) blot_tokens_in_addresses(value);
  }
  return count;
}

Status leave_private_out(std::string& page, sources::Reading& reading, ExchangeFacts& facts) {
  const auto left = sources::withhold_private(page, reading);
  if (!left) {
    page.clear();
    return left.error();
  }
  for (const auto& place : left->places)
    facts.left_out += std::to_string(place.offset) + ' ' + std::to_string(place.length) + '\n';
  for (const auto& [why, count] : left->items)
    reading.remarks.push_back(std::to_string(count) + " left out, each " + why);
  return {};
}

std::string kept_headers(const net::Headers& headers) {
  std::string out;
  for (const auto& [name, value] : headers)
    if (!lets_somebody_in(name)) out += name + ": " + value + '\n';
  return out;
}

ExchangeFacts facts_of(const SourceSettings& source, const sources::Ask& ask, const net::Response& response) {
  ExchangeFacts facts;
  facts.source = source.name;
  facts.method = ask.url.starts_with("imap") ? "IMAP" : ask.post ? "POST" : "GET";
  if (!ask.shows.empty()) facts.credential = source.credential;
  facts.url = net::shown_url(ask.url);
  facts.final_url = response.redirects.empty() ? facts.url : net::shown_url(response.final_url);
  for (const auto& url : response.redirects) facts.redirects += net::shown_url(url) + '\n';
  facts.status = response.status;
  facts.headers = kept_headers(response.headers);
  facts.started = base::to_rfc3339(response.started);
  facts.fetched = base::to_rfc3339(response.finished);
  facts.peer = response.peer;
  facts.tls = response.tls;
  facts.format = source.platform;
  return facts;
}

}  // namespace muniment::collect
