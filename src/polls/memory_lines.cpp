#include "polls/memory_lines.hpp"

#include <algorithm>

namespace muniment::polls {

MemoryLines memory_lines(std::string_view cursor) {
  MemoryLines out;
  while (!cursor.empty()) {
    const auto line = cursor.substr(0, cursor.find('\n'));
    cursor.remove_prefix(std::min(line.size() + 1, cursor.size()));
    const auto blank = line.find(' ');
    if (!line.empty())
      out[std::string(line.substr(0, blank))] = blank == std::string_view::npos ? "" : line.substr(blank + 1);
  }
  return out;
}

std::string cursor_of(const MemoryLines& lines) {
  std::string out;
  for (const auto& [name, value] : lines)
    if (!value.empty()) out += name + " " + value + "\n";
  return out;
}

}  // namespace muniment::polls
