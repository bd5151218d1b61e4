// Files in containers and folders of which nothing was kept: no reader knows them, or finds an item in them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace muniment::collect {

inline constexpr std::size_t kMostPassedOverNamed = 100;
inline constexpr std::size_t kLongestPassedOverName = 4096;  // bytes; longer ones are cut

struct PassedOver {
  std::uint64_t count = 0;
  std::vector<std::string> names;  // the first kMostPassedOverNamed

  void add(std::string name) {
    ++count;
    if (names.size() >= kMostPassedOverNamed) return;
    name.resize(std::min(name.size(), kLongestPassedOverName));
    names.push_back(std::move(name));
  }
  PassedOver& operator+=(PassedOver&& more) {
    count += more.count;
    for (auto& name : more.names)
      if (names.size() < kMostPassedOverNamed) names.push_back(std::move(name));
    return *this;
  }
};

}  // namespace muniment::collect
