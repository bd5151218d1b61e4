#include "cli/near_option.hpp"

#include <algorithm>
#include <string_view>

#include "base/near.hpp"

namespace muniment::cli {
namespace {

struct Known {
  std::string_view name;
  bool takes_value = false;
};

// "-A,--archive" is two names.
std::vector<Known> options_of(const Command& command) {
  std::vector<Known> out = {{"-h"}, {"--help"}, {"--version"}};
  for (const auto& options : {command.options, common_options()})
    for (const auto& option : options)
      for (std::string_view rest = option.name; !rest.empty();) {
        const auto comma = std::min(rest.find(','), rest.size());
        out.push_back({rest.substr(0, comma), *option.value != '\0'});
        rest.remove_prefix(std::min(comma + 1, rest.size()));
      }
  return out;
}

// "-Atown" is -A with its value.
const Known* option_called(const std::vector<Known>& known, std::string_view word) {
  const bool is_short = !word.starts_with("--");
  const auto name = is_short ? word.substr(0, 2) : word.substr(0, word.find('='));
  const auto found = std::ranges::find(known, name, &Known::name);
  if (found == known.end() || (is_short && word.size() > 2 && !found->takes_value)) return nullptr;
  return &*found;
}

}  // namespace

std::string no_such_option(const Command& command, const std::vector<std::string>& words) {
  const auto known = options_of(command);
  for (std::size_t at = 0; at < words.size() && words[at] != "--"; ++at) {
    const std::string_view word = words[at];
    if (word.size() < 2 || word.front() != '-') continue;
    if (const auto* option = option_called(known, word)) {
      if (option->takes_value && (option->name == word)) ++at;
      continue;
    }
    const bool is_short = !word.starts_with("--");
    const std::string name(word.substr(0, is_short ? word.size() : word.find('=')));
    auto out = "`" + std::string(command.name) + "` has no option " + name;
    if (is_short && command.name == "search")
      return out + "; to leave a word out write NOT " + name.substr(1) + ", or put -- before it";
    std::vector<std::string_view> names;
    for (const auto& one : known)
      if (one.name.starts_with("--")) names.push_back(one.name);
    const auto near = base::nearest(name, names, 2);
    return near.empty() ? out : out + "; " + std::string(near) + " is near";
  }
  return {};
}

}  // namespace muniment::cli
