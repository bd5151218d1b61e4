#include "app/zone.hpp"

#include <date/tz.h>

#include "base/time.hpp"

namespace muniment::app {
namespace {

constexpr std::size_t kDayLength = 10;  // 2026-03-03

// The library throws; nothing past this function does.
const date::time_zone* zone_named(const std::string& zone) {
  try {
    return date::locate_zone(zone);
  } catch (const std::exception&) {
    return nullptr;
  }
}

// "+01:00"
std::string offset_text(std::chrono::seconds offset) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
  const auto two = [](long long number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const auto size = minutes < 0 ? -minutes : minutes;
  return (minutes < 0 ? "-" : "+") + two(size / 60) + ":" + two(size % 60);
}

// An hour that the clocks leave out, or pass twice.
Status check_hour(const date::time_zone& there, date::local_time<std::chrono::milliseconds> local) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(local);
  const auto around = there.get_info(seconds);
  if (around.result == date::local_info::nonexistent)
    return Error{Code::kInvalid, "that time did not exist: the clocks went forward over it",
                 "look at the time again; the hour before the change, or the one after it"};
  if (around.result != date::local_info::ambiguous) return {};
  const auto with_offset = [&](const date::sys_info& info) {
    return date::format("%FT%T", seconds) + offset_text(info.offset);
  };
  return Error{Code::kInvalid, "that time came twice: the clocks went back over it",
               "write " + with_offset(around.first) + " for the first of the two, " +
                   with_offset(around.second) + " for the second"};
}

}  // namespace

Status check_timezone(const std::string& zone) {
  if (!zone.empty() && zone_named(zone) != nullptr) return {};
  return Error{Code::kInvalid, "this machine knows no time zone of that name",
               "use a name such as Europe/London"};
}

std::function<std::int64_t(int, unsigned, unsigned)> start_of_day(const std::string& zone) {
  const date::time_zone* there = zone_named(zone);
  return [there](int year, unsigned month, unsigned day) {
    const date::local_days local{date::year{year} / date::month{month} / date::day{day}};
    // Where the clocks change at midnight the day begins at the earliest moment that carries its date.
    const auto start = there != nullptr ? there->to_sys(local, date::choose::earliest)
                                        : date::sys_seconds{local.time_since_epoch()};
    return std::chrono::duration_cast<std::chrono::seconds>(start.time_since_epoch()).count();
  };
}

std::function<base::Time(base::Time)> moment_of(const std::string& zone) {
  const date::time_zone* there = zone_named(zone);
  return [there](base::Time shown) {
    if (there == nullptr) return shown;
    const date::local_time<std::chrono::milliseconds> local{shown.time_since_epoch()};
    return base::Time{there->to_sys(local, date::choose::earliest).time_since_epoch()};
  };
}

Result<TypedTime> read_typed_time(const std::string& zone, std::string_view text) {
  const Error wrong{
      Code::kInvalid, "\"" + std::string(text) + "\" is not a time",
      "write 2026-03-03 14:30 (in the archive's time zone), 2026-03-03T14:30:00Z, or a day alone"};
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  const auto named = base::parse_rfc3339(text);
  if (!named) return wrong;
  const bool day_only = text.size() == kDayLength;
  const bool has_offset = text.find_first_of("Zz+", kDayLength) != std::string_view::npos ||
                          text.find('-', kDayLength) != std::string_view::npos;
  if (has_offset) return TypedTime{*named, false};
  const date::time_zone* there = zone_named(zone);
  const date::local_time<std::chrono::milliseconds> local{named->time_since_epoch()};
  if (there == nullptr) return TypedTime{*named, day_only};
  if (!day_only)
    if (auto clear = check_hour(*there, local); !clear) return clear.error();
  const auto time = there->to_sys(local, date::choose::earliest);
  return TypedTime{std::chrono::time_point_cast<std::chrono::milliseconds>(time), day_only};
}

std::string local_text(const std::string& zone, base::Time time) {
  const date::time_zone* there = zone_named(zone);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  if (there == nullptr) return date::format("%F %T UTC", seconds);
  return date::format("%F %T %Z", date::make_zoned(there, seconds));
}

}  // namespace muniment::app
