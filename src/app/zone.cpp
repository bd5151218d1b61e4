#include "app/zone.hpp"

#include <date/tz.h>

namespace muniment::app {
namespace {

// The library throws; nothing past this function does.
const date::time_zone* zone_named(const std::string& zone) {
  try {
    return date::locate_zone(zone);
  } catch (const std::exception&) {
    return nullptr;
  }
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

std::string local_text(const std::string& zone, base::Time time) {
  const date::time_zone* there = zone_named(zone);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  if (there == nullptr) return date::format("%F %T UTC", seconds);
  return date::format("%F %T %Z", date::make_zoned(there, seconds));
}

}  // namespace muniment::app
