#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace muniment::base {
namespace {

using std::chrono::milliseconds;

// Reads digits off the front of a text; every method leaves the text alone when it fails.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  std::optional<unsigned> digits(std::size_t least, std::size_t most) {
    std::size_t n = 0;
    unsigned value = 0;
    while (n < most && n < rest_.size() && rest_[n] >= '0' && rest_[n] <= '9')
      value = value * 10 + static_cast<unsigned>(rest_[n++] - '0');
    if (n < least) return std::nullopt;
    rest_.remove_prefix(n);
    return value;
  }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_any(std::string_view set) {
    if (rest_.empty() || set.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void spaces() {
    while (take_any(" \t\r\n")) {
    }
  }
  std::string_view letters() {
    std::size_t n = 0;
    while (n < rest_.size() && ((rest_[n] | 32) >= 'a' && (rest_[n] | 32) <= 'z')) ++n;
    const auto word = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return word;
  }
  bool done() const { return rest_.empty(); }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

 private:
  std::string_view rest_;
};

// "+02:00", "-0330", "Z"; absent means UTC.  Minutes east of Greenwich.
std::optional<int> read_offset(Scanner& in) {
  if (in.take_any("Zz")) return 0;
  const char sign = in.peek();
  if (sign != '+' && sign != '-') return 0;
  in.take(sign);
  const auto hours = in.digits(2, 2);
  in.take(':');
  const auto minutes = in.digits(2, 2).value_or(0);
  if (!hours || *hours > 23 || minutes > 59) return std::nullopt;
  const int total = static_cast<int>(*hours * 60 + minutes);
  return sign == '-' ? -total : total;
}

std::optional<unsigned> read_fraction(Scanner& in) {
  if (!in.take_any(".,")) return 0U;
  unsigned milli = 0;
  unsigned seen = 0;
  while (const auto digit = in.digits(1, 1)) {
    if (seen < 3) milli = milli * 10 + *digit;
    ++seen;
  }
  if (seen == 0) return std::nullopt;
  for (; seen < 3; ++seen) milli *= 10;
  return milli;
}

std::optional<unsigned> month_number(std::string_view word) {
  constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                        "jul", "aug", "sep", "oct", "nov", "dec"};
  if (word.size() < 3) return std::nullopt;
  std::string lower(word.substr(0, 3));
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return static_cast<char>(c | 32); });
  const auto at = std::find(kMonths.begin(), kMonths.end(), lower);
  if (at == kMonths.end()) return std::nullopt;
  return static_cast<unsigned>(at - kMonths.begin()) + 1;
}

// RFC 822 section 5.1's named zones, in hours east.
std::optional<int> zone_hours(std::string_view name) {
  struct Zone {
    std::string_view name;
    int hours;
  };
  constexpr Zone kZones[] = {{"UT", 0},   {"UTC", 0},  {"GMT", 0},  {"Z", 0},    {"EST", -5}, {"EDT", -4},
                             {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
  for (const auto& zone : kZones)
    if (zone.name == name) return zone.hours;
  return std::nullopt;
}

}  // namespace

std::optional<Time> from_civil(int year, unsigned month, unsigned day, unsigned hour, unsigned minute,
                               unsigned second, unsigned millisecond) {
  using namespace std::chrono;
  if (second == 60) second = 59;  // a leap second is shown as the one before it
  if (year < 0 || year > 9999 || hour > 23 || minute > 59 || second > 59 || millisecond > 999)
    return std::nullopt;
  const year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
  if (!date.ok()) return std::nullopt;
  return Time{sys_days{date} + hours{hour} + minutes{minute} + seconds{second} + milliseconds{millisecond}};
}

std::string to_rfc3339(Time time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const auto ms = static_cast<unsigned>((time - day).count());
  std::string out = "0000-00-00T00:00:00.000Z";
  const auto put = [&out](std::size_t last, std::size_t digits, unsigned value) {
    for (std::size_t i = 0; i < digits; ++i, value /= 10) out[last - i] = static_cast<char>('0' + value % 10);
  };
  put(3, 4, static_cast<unsigned>(static_cast<int>(date.year())));
  put(6, 2, static_cast<unsigned>(date.month()));
  put(9, 2, static_cast<unsigned>(date.day()));
  put(12, 2, ms / 3'600'000);
  put(15, 2, ms / 60'000 % 60);
  put(18, 2, ms / 1000 % 60);
  put(22, 3, ms % 1000);
  return out;
}

std::optional<Time> from_leaf_time(std::string_view text) {
  const auto time = parse_rfc3339(text);
  if (!time || to_rfc3339(*time) != text) return std::nullopt;
  return time;
}

std::optional<Time> parse_rfc3339(std::string_view text) {
  Scanner in(text);
  in.spaces();
  const auto year = in.digits(4, 4);
  const auto month = year && in.take('-') ? in.digits(2, 2) : std::nullopt;
  const auto day = month && in.take('-') ? in.digits(2, 2) : std::nullopt;
  if (!day) return std::nullopt;
  unsigned hour = 0, minute = 0, second = 0, milli = 0;
  int offset = 0;
  if (in.take_any("Tt ")) {
    const auto h = in.digits(2, 2);
    const auto m = h && in.take(':') ? in.digits(2, 2) : std::nullopt;
    if (!m) return std::nullopt;
    hour = *h;
    minute = *m;
    if (in.take(':')) {
      const auto s = in.digits(2, 2);
      const auto fraction = s ? read_fraction(in) : std::nullopt;
      if (!fraction) return std::nullopt;
      second = *s;
      milli = *fraction;
    }
    const auto east = read_offset(in);
    if (!east) return std::nullopt;
    offset = *east;
  }
  in.spaces();
  if (!in.done()) return std::nullopt;
  const auto local = from_civil(static_cast<int>(*year), *month, *day, hour, minute, second, milli);
  if (!local) return std::nullopt;
  return *local - std::chrono::minutes{offset};
}

std::optional<Time> parse_rfc822(std::string_view text) {
  Scanner in(text);
  in.spaces();
  in.letters();  // the weekday says nothing the date does not
  in.take_any(",.");
  in.spaces();
  const auto day = in.digits(1, 2);
  in.take('-');
  in.spaces();
  const auto month = month_number(in.letters());
  in.take_any("-.,");
  in.spaces();
  auto year = in.digits(2, 4);
  if (!day || !month || !year) return std::nullopt;
  if (*year < 100) *year += *year < 50 ? 2000U : 1900U;  // RFC 2822 section 4.3
  in.spaces();
  unsigned hour = 0, minute = 0, second = 0;
  if (const auto h = in.digits(1, 2)) {
    const auto m = in.take(':') ? in.digits(1, 2) : std::nullopt;
    if (!m) return std::nullopt;
    hour = *h;
    minute = *m;
    if (in.take(':')) second = in.digits(1, 2).value_or(0);
  }
  in.spaces();
  int offset = 0;
  if (in.peek() == '+' || in.peek() == '-') {
    const auto east = read_offset(in);
    if (!east) return std::nullopt;
    offset = *east;
  } else if (const auto zone = in.letters(); !zone.empty()) {
    offset = zone_hours(zone).value_or(0) * 60;
  }
  const auto local = from_civil(static_cast<int>(*year), *month, *day, hour, minute, second);
  if (!local) return std::nullopt;
  return *local - std::chrono::minutes{offset};
}

}  // namespace muniment::base
