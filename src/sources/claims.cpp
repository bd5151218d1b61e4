#include "sources/claims.hpp"

#include "base/time.hpp"

namespace muniment::sources {

std::string claimed_time(std::string_view text) {
  if (text.empty()) return {};
  if (base::from_leaf_time(text)) return std::string(text);
  const auto time = base::parse_rfc3339(text);
  return time ? base::to_rfc3339(*time) : std::string();
}

std::string excerpt(std::string_view text) {
  constexpr std::size_t kMost = 200;
  if (text.size() <= kMost) return std::string(text);
  auto end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "\u2026";
}

}  // namespace muniment::sources
