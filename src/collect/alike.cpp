#include "collect/alike.hpp"

namespace muniment::collect {

void Alike::number(std::uint64_t part, std::vector<sources::Item>& items) {
  if (part == 1) seen_.clear();
  for (auto& item : items) {
    if (!item.has_made_name) continue;
    if (const auto again = ++seen_[item.interaction.id]; again > 1)
      item.interaction.id += "-" + std::to_string(again);
  }
}

}  // namespace muniment::collect
