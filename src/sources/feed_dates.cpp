#include "sources/feed_dates.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

#include "base/time.hpp"

namespace muniment::sources {
namespace {

using base::Time;

constexpr std::size_t kLongestDate = 100;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c | 32) >= 'a' && (c | 32) <= 'z';
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

unsigned number(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',') {
      if (!word.empty()) out.push_back(std::move(word));
      word.clear();
    } else {
      word.push_back(c);
    }
  }
  if (!word.empty()) out.push_back(std::move(word));
  return out;
}

// Zone names as feeds use them, beyond RFC 822; where a name has several meanings (IST, CST in China) it is
// left out and the caller's reading stands.
struct Zone {
  std::string_view name;
  std::string_view offset;
};
constexpr Zone kZones[] = {
    {"ACDT", "+1030"}, {"ACST", "+0930"}, {"ADT", "-0300"},  {"AEDT", "+1100"}, {"AEST", "+1000"},
    {"AKDT", "-0800"}, {"AKST", "-0900"}, {"AST", "-0400"},  {"AWST", "+0800"}, {"BRT", "-0300"},
    {"BST", "+0100"},  {"CDT", "-0500"},  {"CEST", "+0200"}, {"CET", "+0100"},  {"CST", "-0600"},
    {"EDT", "-0400"},  {"EEST", "+0300"}, {"EET", "+0200"},  {"EST", "-0500"},  {"GMT", "+0000"},
    {"HKT", "+0800"},  {"HST", "-1000"},  {"JST", "+0900"},  {"KST", "+0900"},  {"MDT", "-0600"},
    {"MESZ", "+0200"}, {"MEZ", "+0100"},  {"MSD", "+0400"},  {"MSK", "+0300"},  {"MST", "-0700"},
    {"NDT", "-0230"},  {"NST", "-0330"},  {"NZDT", "+1300"}, {"NZST", "+1200"}, {"PDT", "-0700"},
    {"PST", "-0800"},  {"SAST", "+0200"}, {"SGT", "+0800"},  {"UT", "+0000"},   {"UTC", "+0000"},
    {"WEST", "+0100"}, {"WET", "+0000"},  {"WIB", "+0700"},  {"Z", "+0000"},
};

std::string_view zone_offset(std::string_view name) {
  for (const auto& zone : kZones) {
    if (zone.name.size() == name.size() && std::equal(name.begin(), name.end(), zone.name.begin(),
                                                      [](char a, char b) { return (a & ~32) == b; }))
      return zone.offset;
  }
  return {};
}

// 2003, 2003-12, 20031231, 2003-365, 2003-12-31T10Z, 2003-12-31T24:00:00Z
std::optional<Time> partial_iso(std::string_view text) {
  const std::size_t t = text.find_first_of("Tt ");
  std::string day(text.substr(0, t));
  std::string rest(t == std::string_view::npos ? "" : text.substr(t + 1));
  if (all_digits(day) && day.size() == 4)
    day += "-01-01";
  else if (all_digits(day) && day.size() == 8)
    day = day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6);
  else if (day.size() == 7 && day[4] == '-' && all_digits(day.substr(5)))
    day += "-01";
  else if (day.size() == 8 && day[4] == '-' && all_digits(day.substr(5))) {
    const unsigned ordinal = number(std::string_view(day).substr(5));
    const auto first = all_digits(day.substr(0, 4))
                           ? base::from_civil(static_cast<int>(number(day.substr(0, 4))), 1, 1)
                           : std::nullopt;
    if (!first || ordinal < 1 || ordinal > 366) return std::nullopt;
    day = base::to_rfc3339(*first + std::chrono::days{ordinal - 1}).substr(0, 10);
  }
  if (rest.empty()) return base::parse_rfc3339(day);
  if (rest.size() >= 4 && all_digits(std::string_view(rest).substr(0, 4))) {  // 101455Z
    const std::size_t n = rest.size() >= 6 && all_digits(std::string_view(rest).substr(4, 2)) ? 6 : 4;
    std::string clock = rest.substr(0, 2) + ":" + rest.substr(2, 2);
    if (n == 6) clock += ":" + rest.substr(4, 2);
    rest = clock + rest.substr(n);
  } else if (rest.size() >= 2 && all_digits(std::string_view(rest).substr(0, 2)) &&
             (rest.size() == 2 || rest[2] != ':')) {  // 10Z
    rest.insert(2, ":00");
  }
  const bool midnight = rest.starts_with("24:00");
  if (midnight) rest.replace(0, 2, "00");
  // "10:14 EST", "10:14:55 +0100"
  if (const auto blank = rest.find(' '); blank != std::string::npos) {
    const auto zone = rest.substr(blank + 1);
    const auto known = zone_offset(zone);
    rest = rest.substr(0, blank) + (known.empty() ? zone : std::string(known));
  }
  auto time = base::parse_rfc3339(day + "T" + rest);
  if (time && midnight) *time += std::chrono::days{1};
  return time;
}

// Puts the words of a date in RFC 822's order: day month year clock zone.
std::optional<Time> by_words(std::string_view text) {
  std::string day, month, year, clock, zone;
  for (auto& word : words(text)) {
    if (word.find(':') != std::string::npos && is_digit(word.front())) {
      // "19:48:21GMT", "19:48:21.5", "19:48:21+0100"
      std::size_t end = 0;
      while (end < word.size() && (is_digit(word[end]) || word[end] == ':')) ++end;
      clock = word.substr(0, end);
      if (end < word.size() && word[end] == '.')
        while (end < word.size() && (is_digit(word[end]) || word[end] == '.')) ++end;
      if (end < word.size()) zone = word.substr(end);
    } else if (word.front() == '+' || (word.front() == '-' && word.size() > 1)) {
      zone = word;
    } else if (is_letter(word.front()) && month.empty() && word.size() >= 3 && day.empty() && year.empty() &&
               !base::parse_rfc822("1 " + word + " 2000")) {
      continue;  // the weekday
    } else if (is_letter(word.front()) && month.empty()) {
      month = word;
    } else if (is_letter(word.front())) {
      zone = word;
    } else if (all_digits(word) && word.size() <= 2 && day.empty()) {
      day = word;
    } else if (all_digits(word) && year.empty()) {
      year = word;
    } else if (const auto last = word.find_last_not_of("stndrh"); day.empty() && last < 2) {
      day = word.substr(0, last + 1);  // 1st, 2nd
    } else {
      return base::parse_rfc822(text);
    }
  }
  if (year.size() == 3) year = std::to_string(1900 + number(year));  // years since 1900
  if (year.size() > 4) return std::nullopt;
  if (const auto offset = zone_offset(zone); !offset.empty()) zone = std::string(offset);
  // GMT+0100
  if (zone.size() > 4 && (zone.starts_with("GMT") || zone.starts_with("UTC"))) zone.erase(0, 3);
  const bool midnight = clock.starts_with("24:00");
  if (midnight) clock.replace(0, 2, "00");
  auto time = base::parse_rfc822(day + " " + month + " " + year + " " + clock + " " + zone);
  if (time && midnight) *time += std::chrono::days{1};
  return time;
}

}  // namespace

std::string feed_date(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  if (text.size() < 4 || text.size() > kLongestDate) return {};
  auto time = base::parse_rfc3339(text);
  if (!time && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[2]) && is_digit(text[3]))
    time = partial_iso(text);
  if (!time) time = by_words(text);
  // "2004-01-01" and the like must not be read as a day and a year of something else.
  return time ? base::to_rfc3339(*time) : std::string();
}

}  // namespace muniment::sources
