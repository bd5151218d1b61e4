// The archive's time zone: for showing times, and for days as an officer means them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/seams.hpp"
#include "muniment/result.hpp"

namespace muniment::app {

// kInvalid: the system's tz database knows no such zone.
Status check_timezone(const std::string& zone);

// Seconds since 1970 at which a civil day begins there.
std::function<std::int64_t(int year, unsigned month, unsigned day)> start_of_day(const std::string& zone);

// A time as a person types it: "2026-03-03 14:30" is a time of the zone, "2026-03-03T14:30:00Z" says its own
// offset, "2026-03-03" is a day of the zone.
struct TypedTime {
  base::Time time{};
  bool day_only = false;  // `time` is when that day begins
};
// kInvalid: not a time, or one that the clocks of the zone leave out, or pass twice: then the hint tells how
// to say which.
Result<TypedTime> read_typed_time(const std::string& zone, std::string_view text);

// The moment at which the clocks of the zone show a time.  Of an hour that they pass twice the first; one
// that they leave out is the moment at which they are put forward.
std::function<base::Time(base::Time shown)> moment_of(const std::string& zone);

// "2026-11-22 02:45:57 GMT"
std::string local_text(const std::string& zone, base::Time time);

}  // namespace muniment::app
