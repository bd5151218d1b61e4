#include "polls/known_states.hpp"

#include <algorithm>
#include <vector>

namespace muniment::polls {

KnownStates::KnownStates(std::string_view words) {
  while (!words.empty()) {
    const auto word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    if (const auto equals = word.find('='); equals != std::string_view::npos)
      before_[std::string(word.substr(0, equals))] = word.substr(equals + 1);
  }
}

bool KnownStates::is_known(const std::string& number, const std::string& state) {
  const auto found = before_.find(number);
  if (found == before_.end() || found->second != state) return false;
  now_[number] = state;
  return true;
}

std::string KnownStates::words(std::size_t most) const {
  std::vector<std::pair<std::string, std::string>> newest(now_.begin(), now_.end());
  std::ranges::sort(newest, [](const auto& a, const auto& b) { return is_older_number(b.first, a.first); });
  newest.resize(std::min(newest.size(), most));
  std::string out;
  for (const auto& [number, state] : newest) out += (out.empty() ? "" : " ") + number + "=" + state;
  return out;
}

bool is_older_number(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

}  // namespace muniment::polls
