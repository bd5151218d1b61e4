#include "cli/near_command.hpp"

#include <algorithm>

#include "cli/argument_order.hpp"
#include "cli/command.hpp"

namespace muniment::cli {
namespace {

constexpr std::size_t kLongest = 40;  // longer words are no slip of the hand

// Damerau's distance, in its restricted form (optimal string alignment).
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

bool is_command(std::string_view name) {
  return std::ranges::any_of(commands(), [&](const Command* command) { return command->name == name; });
}
bool is_group(std::string_view word) {
  return std::ranges::any_of(commands(), [&](const Command* command) {
    return command->name.starts_with(word) && command->name.substr(word.size()).starts_with(' ');
  });
}

}  // namespace

std::string near_command(std::string_view typed) {
  if (typed.size() > kLongest) return {};
  std::string_view best;
  std::size_t least = typed.size() <= 3 ? 2 : 3;
  for (const Command* command : commands())
    if (const auto so_far = distance(typed, command->name); so_far < least) {
      least = so_far;
      best = command->name;
    }
  return std::string(best);
}

std::string no_such_command(const std::vector<std::string>& words) {
  auto typed = command_word(words);
  if (typed.empty() || is_command(typed)) return {};
  if (is_group(typed)) {
    const auto at = std::ranges::find(words, typed) + 1;
    if (at == words.end() || at->starts_with('-') || is_command(typed + ' ' + *at)) return {};
    typed += ' ' + *at;
  }
  const auto meant = near_command(typed);
  return "there is no command `" + typed + "`" + (meant.empty() ? "" : "; `" + meant + "` is near");
}

}  // namespace muniment::cli
