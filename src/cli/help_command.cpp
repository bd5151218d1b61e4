#include <algorithm>
#include <array>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/near_command.hpp"

namespace muniment::cli {
namespace {

std::vector<std::string> topics() {
  std::vector<std::string> out = {"exit-codes", "man", "completion"};
  for (const Command* command : commands()) {
    std::string first(command->name.substr(0, command->name.find(' ')));
    if (std::ranges::find(out, first) == out.end()) out.push_back(std::move(first));
  }
  return out;
}

constexpr std::array kOperands = {
    Operand{"TOPIC", "a command, exit-codes, man or completion", false, true, topics}};

// Of "source": each command whose name begins with it.
std::string help_of_group(const std::string& topic) {
  std::string out;
  for (const Command* command : commands())
    if (command->name.starts_with(topic + " ")) out += (out.empty() ? "" : "\n\n") + help_text(*command);
  return out;
}

Result<int> run_help(const Arguments& arguments, Terminal& terminal) {
  std::string topic;
  for (const auto& word : arguments.all("TOPIC")) topic += (topic.empty() ? "" : " ") + word;
  if (topic.empty()) {
    terminal.out << overview();
    return 0;
  }
  for (const Command* command : commands())
    if (command->name == topic) {
      terminal.out << help_text(*command);
      return 0;
    }
  if (const auto group = help_of_group(topic); !group.empty()) {
    terminal.out << group;
    return 0;
  }
  if (topic == "exit-codes" || topic == "man" || topic == "completion") {
    terminal.out << (topic == "man" ? man_page() : topic == "completion" ? bash_completion() : exit_codes());
    return 0;
  }
  const auto meant = near_command(topic);
  return Error{
      Code::kNotFound,
      "there is no command or topic `" + topic + "`" + (meant.empty() ? "" : "; `" + meant + "` is near"),
      "`muniment help` lists the commands"};
}

}  // namespace

const Command kHelp = {
    "help", "tell more about a command, the exit codes, or print the man page", "", kOperands, {}, run_help};

}  // namespace muniment::cli
