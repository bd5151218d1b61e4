#include "sources/claims.hpp"

#include <chrono>
#include <cmath>

#include "base/time.hpp"

namespace muniment::sources {

std::string claimed_time(std::string_view text) {
  if (text.empty()) return {};
  if (base::from_leaf_time(text)) return std::string(text);
  const auto time = base::parse_rfc3339(text);
  return time ? base::to_rfc3339(*time) : std::string();
}

std::string claimed_seconds(double seconds) {
  constexpr double kFirst = -62'135'596'800;  // 0001-01-01
  constexpr double kLast = 253'402'300'799;   // 9999-12-31T23:59:59
  if (!(seconds >= kFirst && seconds <= kLast) || seconds == 0) return {};
  const auto milliseconds = static_cast<std::int64_t>(std::floor(seconds * 1'000 + 0.5));
  return base::to_rfc3339(base::Time(std::chrono::milliseconds(milliseconds)));
}

std::string excerpt(std::string_view text) {
  constexpr std::size_t kMost = 200;
  if (text.size() <= kMost) return std::string(text);
  auto end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "\u2026";
}

}  // namespace muniment::sources
