#include "cli/near_command.hpp"

#include <algorithm>

#include "base/near.hpp"
#include "cli/argument_order.hpp"
#include "cli/command.hpp"

namespace muniment::cli {
namespace {

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
  std::vector<std::string_view> names;
  for (const Command* command : commands()) names.push_back(command->name);
  return std::string(base::nearest(typed, names, typed.size() <= 3 ? 1 : 2));
}

std::string no_such_command(const std::vector<std::string>& words) {
  auto typed = command_word(words);
  if (typed.empty() || is_command(typed)) return {};
  if (is_group(typed)) {
    const auto at = words.begin() + static_cast<std::ptrdiff_t>(place_of_command(words)) + 1;
    if (at == words.end() || at->starts_with('-') || is_command(typed + ' ' + *at)) return {};
    typed += ' ' + *at;
  }
  const auto meant = near_command(typed);
  return "there is no command `" + typed + "`" + (meant.empty() ? "" : "; `" + meant + "` is near");
}

}  // namespace muniment::cli
