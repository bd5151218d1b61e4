// The archive's time zone: for showing times, and for days as an officer means them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/seams.hpp"
#include "muniment/result.hpp"

namespace muniment::app {

// kInvalid: the system's tz database knows no such zone.
Status check_timezone(const std::string& zone);

// Seconds since 1970 at which a civil day begins there.
std::function<std::int64_t(int year, unsigned month, unsigned day)> start_of_day(const std::string& zone);

// "2026-11-22 02:45:57 GMT"
std::string local_text(const std::string& zone, base::Time time);

}  // namespace muniment::app
