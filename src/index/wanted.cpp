#include "index/wanted.hpp"

namespace muniment::index {

bool matches_at(const std::vector<Place>& places, std::size_t at, const Wanted& wanted) {
  if (at + wanted.tokens.size() > places.size()) return false;
  for (std::size_t i = 0; i < wanted.tokens.size(); ++i) {
    const bool last = i + 1 == wanted.tokens.size();
    const auto& folded = places[at + i].folded;
    if (last && wanted.prefix ? !folded.starts_with(wanted.tokens[i]) : folded != wanted.tokens[i])
      return false;
  }
  return true;
}

}  // namespace muniment::index
