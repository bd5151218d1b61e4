#include "cli/usage_error.hpp"

#include "cli/command.hpp"

namespace muniment::cli {

std::string usage_sentence(Fault fault, std::string_view said, std::string_view taker) {
  const auto colon = said.find(": ");
  if (colon == std::string_view::npos) return std::string(said);
  const std::string before(said.substr(0, colon)), behind(said.substr(colon + 2));
  if (fault == Fault::kTooMuch)
    return taker.empty() ? "no command was given"
                         : "`" + behind + "` is more than `" + std::string(taker) + "` takes";
  if (fault == Fault::kCount)
    return before +
           (behind.find("At Most") != std::string::npos ? " was given more than once" : " needs a value");
  // "Could not convert: --json = x"
  if (fault == Fault::kValue) return behind.substr(0, behind.find(' ')) + " takes no value";
  return std::string(said);
}

std::string group_sentence(std::string_view group) {
  std::string words;
  const auto head = std::string(group) + ' ';
  for (const Command* command : commands())
    if (command->name.starts_with(head))
      words.append(words.empty() ? "" : ", ").append(command->name.substr(head.size()));
  return "`" + std::string(group) + "` is followed by one of " + words;
}

}  // namespace muniment::cli
