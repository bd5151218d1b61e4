#include "base/near.hpp"

#include <algorithm>
#include <vector>

namespace muniment::base {
namespace {

constexpr std::size_t kLongest = 40;  // longer words are no slip of the hand

// Optimal string alignment.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = a[i - 1] == b[j - 1];
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        next[j] = std::min(next[j], before[j - 2] + 1);
    }
    std::swap(before, row);
    std::swap(row, next);
  }
  return row[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view typed, std::span<const std::string_view> names, std::size_t most) {
  if (typed.size() > kLongest) return {};
  std::string_view best;
  std::size_t least = most + 1;
  for (const auto name : names)
    if (const auto so_far = distance(typed, name); so_far < least) {
      least = so_far;
      best = name;
    }
  return best;
}

}  // namespace muniment::base
