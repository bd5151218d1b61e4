#include "polls/unread.hpp"

#include <algorithm>
#include <array>

#include "polls/memory_lines.hpp"

namespace muniment::polls {
namespace {

constexpr std::string_view kPrefix = "unread.";
constexpr std::string_view kNone = "-";

std::array<std::string, 3> three_words(std::string_view text) {
  std::array<std::string, 3> out;
  for (auto& word : out) {
    word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (word == kNone) word.clear();
  }
  return out;
}

std::string word(const std::string& id) {
  return id.empty() ? std::string(kNone) : id;
}

}  // namespace

Unread::Unread(std::string_view resume) {
  for (const auto& [name, value] : memory_lines(resume)) {
    if (!name.starts_with(kPrefix)) continue;
    auto [since, until, newest] = three_words(value);
    if (!until.empty()) ranges_[name.substr(kPrefix.size())] = {since, until, newest};
  }
}

const Unread::Range* Unread::of(const std::string& list) const {
  const auto found = ranges_.find(list);
  return found == ranges_.end() ? nullptr : &found->second;
}

std::string Unread::text() const {
  MemoryLines lines;
  for (const auto& [list, range] : ranges_)
    lines[std::string(kPrefix) + list] =
        word(range.since) + " " + word(range.until) + " " + word(range.newest);
  return cursor_of(lines);
}

}  // namespace muniment::polls
