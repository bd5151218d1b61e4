#include "cli/argument_order.hpp"

#include <algorithm>

#include "cli/command.hpp"

namespace muniment::cli {
namespace {

// "-A,--archive" is called -A and --archive.
bool is_called(std::string_view name, std::string_view word) {
  const auto comma = name.find(',');
  return name.substr(0, comma) == word || (comma != std::string_view::npos && name.substr(comma + 1) == word);
}

bool takes_value(std::string_view word) {
  const auto it_does = [&](const Option& option) {
    return *option.value != '\0' && is_called(option.name, word);
  };
  return std::ranges::any_of(common_options(), it_does) ||
         std::ranges::any_of(commands(), [&](const Command* command) {
           return std::ranges::any_of(command->options, it_does);
         });
}

// How many words at the beginning of these name a command or a group of them: none, "search", "source add".
std::size_t words_of_command(const std::vector<std::string>& words, std::size_t at) {
  std::size_t count = 0;
  for (const Command* command : commands()) {
    const auto space = command->name.find(' ');
    if (command->name.substr(0, space) != words[at]) continue;
    const bool is_second = space != std::string_view::npos && at + 1 < words.size() &&
                           command->name.substr(space + 1) == words[at + 1];
    count = std::max<std::size_t>(count, is_second ? 2 : 1);
  }
  return count;
}

// The library takes what stands behind "--" for operands only where none came before it.
// `from`: behind the command.
void put_operands_behind_dashes(std::vector<std::string>& words, std::size_t from) {
  const auto begin = words.begin() + static_cast<std::ptrdiff_t>(from);
  const auto dashes = std::find(begin, words.end(), "--");
  if (dashes == words.end()) return;
  std::vector<std::string> options, operands;
  for (auto word = begin; word != dashes; ++word) {
    const bool is_option = word->size() > 1 && word->front() == '-';
    (is_option ? options : operands).push_back(*word);
    if (is_option && takes_value(*word) && word + 1 != dashes) options.push_back(*++word);
  }
  operands.insert(operands.begin(), "--");
  operands.insert(operands.end(), dashes + 1, words.end());
  words.resize(from);
  words.insert(words.end(), options.begin(), options.end());
  words.insert(words.end(), operands.begin(), operands.end());
}

}  // namespace

std::size_t place_of_command(const std::vector<std::string>& words) {
  std::size_t at = 0;
  while (at < words.size() && words[at].starts_with('-') && words[at] != "--")
    at += takes_value(words[at]) ? 2U : 1U;
  return at;
}

std::string command_word(const std::vector<std::string>& words) {
  const auto at = place_of_command(words);
  return at < words.size() && words[at] != "--" ? words[at] : std::string();
}

std::vector<std::string> command_first(std::vector<std::string> words) {
  const auto at = place_of_command(words);
  if (at >= words.size()) return words;
  const auto begin = words.begin();
  const auto command = begin + static_cast<std::ptrdiff_t>(at);
  const auto count = words_of_command(words, at);
  std::rotate(begin, command, command + static_cast<std::ptrdiff_t>(count));
  if (count > 0) put_operands_behind_dashes(words, count);
  return words;
}

}  // namespace muniment::cli
