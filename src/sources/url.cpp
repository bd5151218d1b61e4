#include "sources/url.hpp"

#include <algorithm>
#include <span>

#include "muniment/result.hpp"
#include "sources/source.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kLongestUrl = 2'048;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

struct Parts {
  std::string scheme;     // lower case
  std::string authority;  // host and port, lower case
  std::string_view rest;  // from the path on
  bool has_user = false;
};

struct Scheme {
  std::string_view name;
  std::string_view usual_port;
};
constexpr Scheme kWeb[] = {{"https", ":443"}, {"http", ":80"}};
constexpr Scheme kAny[] = {{"https", ":443"}, {"http", ":80"}, {"imaps", ":993"}, {"imap", ":143"}};

// False when it does not begin like an address of one of these schemes.
bool split(std::string_view url, Parts& parts, std::span<const Scheme> schemes = kWeb) {
  const auto colon = url.find("://");
  if (colon == std::string_view::npos || colon > 5) return false;
  for (const char c : url.substr(0, colon)) parts.scheme.push_back(lower(c));
  const auto scheme = std::ranges::find(schemes, parts.scheme, &Scheme::name);
  if (scheme == schemes.end()) return false;
  url.remove_prefix(colon + 3);
  const auto end = std::min(url.find_first_of("/?#\\"), url.size());
  auto authority = url.substr(0, end);
  parts.rest = url.substr(end);
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    parts.has_user = true;
    authority.remove_prefix(at + 1);
  }
  for (const char c : authority) parts.authority.push_back(lower(c));
  const auto usual = scheme->usual_port;
  if (parts.authority.ends_with(usual)) parts.authority.resize(parts.authority.size() - usual.size());
  return !parts.authority.empty();
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      out.push_back(static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

bool is_host(std::string_view authority) {
  const bool is_ipv6 = authority.starts_with('[');
  const auto close = authority.find(']');
  if (is_ipv6 && close == std::string_view::npos) return false;
  const auto colon = authority.find(':', is_ipv6 ? close : 0);
  const auto host = authority.substr(0, colon);
  if (host.empty() || host.size() > 255) return false;
  for (const char c : host)
    if (!is_unreserved(c) && static_cast<unsigned char>(c) < 0x80 &&
        !(is_ipv6 && (c == '[' || c == ']' || c == ':')))
      return false;
  if (colon == std::string_view::npos) return true;
  const auto port = authority.substr(colon + 1);
  if (port.empty() || port.size() > 5) return false;
  unsigned number = 0;
  for (const char c : port) {
    if (c < '0' || c > '9') return false;
    number = number * 10 + static_cast<unsigned>(c - '0');
  }
  return number >= 1 && number <= 65'535;
}

}  // namespace

std::string server_of(std::string_view url) {
  Parts parts;
  return split(url, parts) ? parts.authority : std::string();
}

std::string root_of(std::string_view url) {
  Parts parts;
  return split(url, parts) ? parts.scheme + "://" + parts.authority : std::string();
}

std::string_view path_of(std::string_view url) {
  Parts parts;
  if (!split(url, parts)) return "/";
  const auto path = parts.rest.substr(0, parts.rest.find_first_of("?#"));
  return path.empty() ? "/" : path;
}

std::string parameter(std::string_view url, std::string_view name) {
  const auto question = url.find('?');
  if (question == std::string_view::npos) return {};
  auto query = url.substr(question + 1);
  query = query.substr(0, query.find('#'));
  while (!query.empty()) {
    const auto pair = query.substr(0, query.find('&'));
    const auto equals = pair.find('=');
    if (decoded(pair.substr(0, equals)) == name)
      return equals == std::string_view::npos ? std::string() : decoded(pair.substr(equals + 1));
    if (pair.size() == query.size()) break;
    query.remove_prefix(pair.size() + 1);
  }
  return {};
}

std::string with_parameter(std::string_view url, std::string_view name, std::string_view value) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out(url);
  out += url.find('?') == std::string_view::npos ? "?" : "&";
  out += name;
  out.push_back('=');
  for (const char c : value) {
    if (is_unreserved(c) || c == '/') {
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back(kDigits[byte >> 4]);
    out.push_back(kDigits[byte & 15]);
  }
  return out;
}

std::string next_link(std::string_view header) {
  while (true) {
    const auto open = header.find('<');
    if (open == std::string_view::npos) return {};
    const auto close = header.find('>', open);
    if (close == std::string_view::npos) return {};
    const auto target = header.substr(open + 1, close - open - 1);
    header.remove_prefix(close + 1);
    const auto parameters = header.substr(0, header.find('<'));
    for (const auto spelling : {"rel=\"next\"", "rel=next", "rel='next'"})
      if (parameters.find(spelling) != std::string_view::npos) return std::string(target);
  }
}

Result<std::string> normalise_url(std::string_view url) {
  constexpr auto kHint = "Give it as a browser shows it: https://host/path";
  const auto first = url.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return Error{Code::kInvalid, "the address is empty", kHint};
  url = url.substr(first, url.find_last_not_of(" \t\r\n") + 1 - first);
  if (url.size() > kLongestUrl)
    return Error{Code::kInvalid, "the address is longer than 2048 characters", kHint};
  for (const char c : url)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '"' || c == '<' || c == '>' || c == '\\')
      return Error{Code::kInvalid, "there are characters in the address that no address can hold", kHint};
  Parts parts;
  if (!split(url, parts, kAny))
    return Error{Code::kInvalid,
                 "the address is neither a web address (http or https) nor a mailbox's (imaps)", kHint};
  if (parts.has_user)
    return Error{Code::kInvalid,
                 "there is a user name in the address, which would be stored with every record",
                 "Leave out what stands before the @ in the host."};
  if (!is_host(parts.authority)) return Error{Code::kInvalid, "the address has no valid host", kHint};
  auto rest = parts.rest.substr(0, parts.rest.find('#'));
  const std::string slash = rest.starts_with('/') ? "" : "/";
  return parts.scheme + "://" + parts.authority + slash + std::string(rest);
}

}  // namespace muniment::sources
