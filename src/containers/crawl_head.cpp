#include "containers/crawl_head.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "base/time.hpp"
#include "base/utf8.hpp"

namespace muniment::containers {
namespace {

constexpr std::size_t kMostAddressBytes = 4'096;

using Headers = std::map<std::string, std::string_view, std::less<>>;

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string address(std::string_view uri) {
  // wget writes <http://…>.
  if (uri.starts_with("<")) uri.remove_prefix(1);
  if (uri.ends_with(">")) uri.remove_suffix(1);
  return base::to_valid_utf8(uri.substr(0, kMostAddressBytes));
}

// WARC-Date.
std::string date(std::string_view text) {
  const auto time = base::parse_rfc3339(text);
  return time ? base::to_rfc3339(*time) : std::string();
}

// 20090131123000, in UTC; what some write behind it is left out.
std::string arc_date(std::string_view text) {
  constexpr std::size_t kToSeconds = 14;
  if (text.size() < kToSeconds) return {};
  const auto part = [&](std::size_t from, std::size_t length) {
    return std::string(text.substr(from, length));
  };
  return date(part(0, 4) + '-' + part(4, 2) + '-' + part(6, 2) + 'T' + part(8, 2) + ':' + part(10, 2) + ':' +
              part(12, 2) + 'Z');
}

// Names in lower case.
Headers headers_in(std::string_view text) {
  Headers headers;
  while (!text.empty()) {
    const auto stop = std::min(text.find('\n'), text.size() - 1);
    auto line = text.substr(0, stop);
    text.remove_prefix(stop + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    std::string name(line.substr(0, colon));
    for (auto& c : name)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    auto value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    headers[name] = value;
  }
  return headers;
}

std::optional<CrawlHead> read_warc(std::string_view head, std::string_view& why) {
  if (!head.starts_with("WARC/")) {
    why = "it does not begin with WARC/";
    return std::nullopt;
  }
  auto headers = headers_in(head);
  const auto length = number(headers["content-length"]);
  if (!length) {
    why = "it does not say how long it is";
    return std::nullopt;
  }
  const auto type = headers["warc-type"];
  const bool is_answer = type == "response";
  return CrawlHead{is_answer || type == "resource", is_answer, address(headers["warc-target-uri"]), *length,
                   date(headers["warc-date"])};
}

bool is_time(std::string_view text) {
  return text.size() >= 12 && text.size() <= 17 && number(text);
}

// URL IP DATE TYPE LENGTH, and in version 2
// URL IP DATE TYPE STATUS CHECKSUM LOCATION OFFSET FILE LENGTH
std::optional<CrawlHead> read_arc(std::string_view line, std::string_view& why) {
  constexpr std::size_t kAfterAddress1 = 4;
  constexpr std::size_t kAfterAddress2 = 9;
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  std::array<std::string_view, kAfterAddress2> last;  // the last word first
  std::array<std::size_t, kAfterAddress2> begins{};
  std::size_t count = 0;
  for (auto end = line.size(); count < last.size(); ++count) {
    const auto blank = line.substr(0, end).rfind(' ');
    if (blank == std::string_view::npos) break;
    last[count] = line.substr(blank + 1, end - blank - 1);
    begins[count] = blank;
    end = blank;
  }
  const auto length = number(last[0]);
  std::size_t after = 0;
  if (count >= kAfterAddress1 && is_time(last[kAfterAddress1 - 2])) after = kAfterAddress1;
  if (after == 0 && count == kAfterAddress2 && is_time(last[kAfterAddress2 - 2])) after = kAfterAddress2;
  if (after == 0 || !length) {
    why = "its first line is not that of a record of an ARC file";
    return std::nullopt;
  }
  const auto uri = line.substr(0, begins[after - 1]);
  const bool is_answer = uri.starts_with("http://") || uri.starts_with("https://");
  return CrawlHead{is_answer, is_answer, address(uri), *length, arc_date(last[after - 2])};
}

}  // namespace

std::size_t end_of_head(std::string_view held, bool is_arc) {
  if (is_arc) {
    const auto end = held.find('\n');
    return end == std::string_view::npos ? end : end + 1;
  }
  const auto crlf = held.find("\r\n\r\n");
  const auto lf = held.substr(0, crlf).find("\n\n");
  if (lf != std::string_view::npos) return lf + 2;
  return crlf == std::string_view::npos ? crlf : crlf + 4;
}

std::optional<CrawlHead> read_crawl_head(std::string_view head, bool is_arc, std::string_view& why) {
  return is_arc ? read_arc(head, why) : read_warc(head, why);
}

}  // namespace muniment::containers
