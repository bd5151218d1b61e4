#include "sources/feed_address.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>

namespace muniment::sources {
namespace {

constexpr std::size_t kLongestAddress = 8192;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

bool is_letter(char c) {
  return (c | 32) >= 'a' && (c | 32) <= 'z';
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

bool has_scheme(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_letter(text.front())) return false;
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
}

// Percent-encodes what RFC 3986 allows nowhere, and stray percent signs.
std::string encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kAllowed = "-._~:/?#@!$&'()*+,;=";
  std::string out;
  bool fragment = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool escape = c == '%' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2]);
    const bool plain = is_letter(c) || (c >= '0' && c <= '9') || kAllowed.find(c) != std::string_view::npos;
    if (escape || (plain && !(c == '#' && fragment))) {
      fragment = fragment || c == '#';
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back(kHex[byte >> 4]);
    out.push_back(kHex[byte & 15]);
  }
  return out;
}

boost::urls::result<boost::urls::url> parsed(std::string_view text) {
  if (const auto view = boost::urls::parse_uri_reference(text)) return boost::urls::url(*view);
  const std::string safe = encoded(text);
  if (const auto view = boost::urls::parse_uri_reference(safe)) return boost::urls::url(*view);
  return boost::urls::parse_uri_reference(std::string_view("\\")).error();
}

}  // namespace

bool is_web_address(std::string_view address) {
  const auto begins = [&](std::string_view with) {
    return address.size() > with.size() && std::equal(with.begin(), with.end(), address.begin(),
                                                      [](char a, char b) { return a == (b | 32) || a == b; });
  };
  return begins("http://") || begins("https://");
}

std::string resolve_address(std::string_view base, std::string_view reference) {
  reference = trimmed(reference);
  base = trimmed(base);
  if (base.empty() || has_scheme(reference) || reference.size() > kLongestAddress ||
      base.size() > kLongestAddress)
    return std::string(reference);
  try {
    const auto from = parsed(base);
    const auto to = parsed(reference);
    if (!from || !to || !from->has_scheme()) return std::string(reference);
    boost::urls::url out;
    if (!boost::urls::resolve(*from, *to, out)) return std::string(reference);
    // Boost.URL keeps dots that climb above the root; RFC 3986 section 5.2.4 drops them.
    for (std::string path(out.encoded_path()); path.starts_with("/../") || path == "/..";) {
      path.erase(0, 3);
      if (path.empty()) path = "/";
      out.set_encoded_path(path);
    }
    return std::string(std::string_view(out.buffer().data(), out.buffer().size()));
  } catch (const std::exception&) {
    return std::string(reference);
  }
}

std::string host_of(std::string_view address) {
  const auto start = address.find("://");
  if (start == std::string_view::npos) return {};
  auto rest = address.substr(start + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  std::string out(rest);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
  return out;
}

}  // namespace muniment::sources
