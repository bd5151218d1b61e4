#include "polls/memory_lines.hpp"

#include <algorithm>
#include <charconv>

namespace muniment::polls {
namespace {

constexpr std::string_view kNone = "-";

std::string text_of(std::string_view word) {
  std::string out;
  if (word == kNone) return out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    unsigned value = 0;
    const bool is_escape = word[i] == '%' && i + 2 < word.size() &&
                           std::from_chars(&word[i + 1], &word[i + 1] + 2, value, 16).ptr == &word[i + 1] + 2;
    out.push_back(is_escape ? static_cast<char>(value) : word[i]);
    if (is_escape) i += 2;
  }
  return out;
}

}  // namespace

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

std::string word_of(std::string_view text) {
  if (text.empty()) return std::string(kNone);
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || c == '%' || byte >= 0x7F || text == kNone)
      out += {'%', kDigits[byte >> 4U], kDigits[byte & 0xFU]};
    else
      out.push_back(c);
  }
  return out;
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> out;
  while (!line.empty()) {
    const auto word = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(word.size() + 1, line.size()));
    out.push_back(text_of(word));
  }
  return out;
}

}  // namespace muniment::polls
