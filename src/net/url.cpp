#include "net/url.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "base/utf8.hpp"
#include "net/address_policy.hpp"

namespace muniment::net {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Parsed = std::unique_ptr<CURLU, FreeUrl>;

constexpr std::size_t kLongestUrl = 8192;
constexpr std::array<std::string_view, 4> kSpoken = {"https", "http", "imaps", "imap"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c; });
  return out;
}

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK || text == nullptr) return {};
  std::string out(text);
  curl_free(text);
  return out;
}

Error refused(std::string_view text, const std::string& why) {
  return {Code::kInvalid, "the address " + shown_url(text) + " cannot be asked: " + why,
          "give an address that begins with https:// or http://"};
}

Result<Url> parts_of(CURLU* parsed, std::string_view text) {
  Url url;
  url.scheme = lower(part(parsed, CURLUPART_SCHEME));
  if (std::ranges::find(kSpoken, url.scheme) == kSpoken.end())
    return refused(text, "only http, https and imaps are spoken");
  url.host = lower(part(parsed, CURLUPART_HOST));
  if (url.host.starts_with('[') && url.host.ends_with(']'))
    url.host = url.host.substr(1, url.host.size() - 2);
  if (url.host.ends_with('.')) url.host.pop_back();
  if (url.host.empty()) return refused(text, "it names no host");
  const auto port = part(parsed, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), url.port);
  if (error != std::errc{} || end != port.data() + port.size() || url.port == 0)
    return refused(text, "its port is not a number from 1 to 65535");
  curl_url_set(parsed, CURLUPART_FRAGMENT, nullptr, 0);
  url.whole = part(parsed, CURLUPART_URL);
  return url;
}

Result<Url> read(CURLU* parsed, std::string_view text) {
  if (text.size() > kLongestUrl) return refused(text.substr(0, 100), "it is longer than 8192 characters");
  if (text.find('\0') != std::string_view::npos) return refused(text, "it contains a zero byte");
  const auto code = curl_url_set(parsed, CURLUPART_URL, std::string(text).c_str(),
                                 CURLU_DISALLOW_USER | CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME);
  if (code == CURLUE_USER_NOT_ALLOWED) return refused(text, "it carries a user name or password");
  if (code == CURLUE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (code != CURLUE_OK) return refused(text, "it is not a complete address");
  return parts_of(parsed, text);
}

Parsed new_parsed() {
  Parsed parsed(curl_url());
  if (!parsed) throw std::bad_alloc();
  return parsed;
}

bool looks_secret(std::string_view query_name) {
  constexpr std::array<std::string_view, 9> kWithin = {
      "token", "secret", "passw", "apikey", "api_key", "api-key", "signature", "credential", "jwt"};
  constexpr std::array<std::string_view, 9> kWhole = {"key", "auth",    "authorization", "sig", "code",
                                                      "pwd", "session", "sessionid",     "sid"};
  const auto name = lower(percent_decoded(query_name));
  return std::any_of(kWithin.begin(), kWithin.end(),
                     [&](auto word) { return name.find(word) != std::string::npos; }) ||
         std::find(kWhole.begin(), kWhole.end(), name) != kWhole.end();
}

// A field of a query: its name where that looks like a credential's.
std::string_view secret_name(std::string_view field) {
  const auto equals = field.find('=');
  if (equals == std::string_view::npos || !looks_secret(field.substr(0, equals))) return {};
  return field.substr(0, equals);
}

std::string shown_query(std::string_view query) {
  std::string out;
  while (true) {
    const auto end = std::min(query.find_first_of("&;"), query.size());
    const auto field = query.substr(0, end);
    if (const auto name = secret_name(field); !name.empty())
      out += std::string(name) + "=withheld";
    else
      out += field;
    if (end == query.size()) return out;
    out.push_back(query[end]);
    query.remove_prefix(end + 1);
  }
}

}  // namespace

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
      out.push_back(static_cast<char>(value));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

Result<Url> read_url(std::string_view text) {
  const auto parsed = new_parsed();
  return read(parsed.get(), text);
}

Result<Url> follow(const Url& from, std::string_view location) {
  const auto parsed = new_parsed();
  if (auto base = read(parsed.get(), from.whole); !base) return base.error();
  auto next = read(parsed.get(), location);
  if (next && !next->scheme.starts_with("http"))
    return refused(location, "an answer over HTTP leads nowhere else");
  return next;
}

bool same_origin(const Url& a, const Url& b) {
  return a.scheme == b.scheme && a.host == b.host && a.port == b.port;
}

bool permission_covers(const Url& permitted, const Url& other) {
  if (permitted.host != other.host) return false;
  return permitted.port == other.port ||
         (permitted.port == 80 && other.port == 443 && other.scheme == "https");
}

bool names_this_machine(const Url& url) {
  if (url.host == "localhost" || url.host.ends_with(".localhost")) return true;
  const auto address = parse_address(url.host);
  return address && is_loopback(*address);
}

std::string secret_field(std::string_view url) {
  url = url.substr(0, url.find('#'));
  const auto question = url.find('?');
  auto query = question == std::string_view::npos ? std::string_view{} : url.substr(question + 1);
  while (!query.empty()) {
    const auto field = query.substr(0, query.find_first_of("&;"));
    query.remove_prefix(std::min(field.size() + 1, query.size()));
    if (const auto name = secret_name(field); !name.empty() && name.size() + 1 < field.size())
      return base::for_terminal(percent_decoded(name));
  }
  return {};
}

std::string shown_url(std::string_view url) {
  std::string out;
  url = url.substr(0, url.find('#'));
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos) {
    out = url.substr(0, scheme + 3);
    url.remove_prefix(scheme + 3);
    const auto authority = url.substr(0, url.find_first_of("/?"));
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
  }
  const auto query = url.find('?');
  out += url.substr(0, query);
  if (query != std::string_view::npos) out += "?" + shown_query(url.substr(query + 1));
  return base::for_terminal(out);
}

}  // namespace muniment::net
