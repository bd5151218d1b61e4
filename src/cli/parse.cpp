#include "cli/parse.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>

#include "cli/argument_order.hpp"
#include "cli/help.hpp"
#include "cli/near_command.hpp"
#include "cli/near_option.hpp"
#include "cli/usage_error.hpp"

namespace muniment::cli {
namespace {

// The name under which a value is kept: "-A,--archive" is "archive".
std::string key_of(std::string_view name) {
  const auto dashes = name.rfind("--");
  return std::string(name.substr(dashes == std::string_view::npos ? 0 : dashes + 2));
}

struct Values {
  std::map<std::string, std::vector<std::string>> texts;
  std::map<std::string, bool> flags;
};

void add_option(CLI::App& app, const Option& option, Values& values) {
  const auto key = key_of(option.name);
  if (*option.value == '\0') {
    app.add_flag(option.name, values.flags[key], option.help);
    return;
  }
  auto* added = app.add_option(option.name, values.texts[key], option.help);
  added->option_text(option.value)->expected(1)->allow_extra_args(false)->required(option.required);
  if (option.many)
    added->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  else
    added->multi_option_policy(CLI::MultiOptionPolicy::Throw);
}

void add_operand(CLI::App& app, const Operand& operand, Values& values) {
  auto* added = app.add_option(operand.name, values.texts[operand.name], operand.help);
  added->required(operand.required);
  if (operand.many)
    added->expected(operand.required ? 1 : 0, 1 << 24);
  else
    added->expected(operand.required ? 1 : 0, 1)->allow_extra_args(false);
}

// "source add": the node for "source", made once, and "add" below it.  A command may have the group's own
// name
// ("spot" beside "spot decide"); the table is sorted, so it comes first.
CLI::App& node_for(CLI::App& root, std::map<std::string, CLI::App*>& groups, std::string_view name,
                   std::string_view summary) {
  const auto space = name.find(' ');
  if (space == std::string_view::npos)
    return *(groups[std::string(name)] = root.add_subcommand(std::string(name), std::string(summary)));
  const std::string group(name.substr(0, space));
  CLI::App*& parent = groups[group];
  if (parent == nullptr) {
    parent = root.add_subcommand(group);
    parent->set_help_flag();
    parent->fallthrough();
    parent->require_subcommand(1);
  }
  return *parent->add_subcommand(std::string(name.substr(space + 1)), std::string(summary));
}

Arguments arguments_of(const Values& values) {
  Arguments out;
  for (const auto& [key, texts] : values.texts)
    if (!texts.empty()) out.set(key, texts);
  for (const auto& [key, on] : values.flags)
    if (on) out.set(key, {});
  return out;
}

Fault fault_of(const CLI::ParseError& error) {
  switch (static_cast<CLI::ExitCodes>(error.get_exit_code())) {
    case CLI::ExitCodes::ExtrasError:
      return Fault::kTooMuch;
    case CLI::ExitCodes::ArgumentMismatch:
      return Fault::kCount;
    case CLI::ExitCodes::ConversionError:
      return Fault::kValue;
    default:
      return Fault::kOther;
  }
}

// kNone: there was no error, and yet no command.
std::string what_was_wrong(const std::vector<std::string>& typed, const CLI::App& chosen,
                           const Command* command, Fault fault, const std::string& said) {
  if (auto unknown = no_such_command(typed); !unknown.empty()) return unknown;
  if (command == nullptr) {
    if (chosen.get_parent() != nullptr) return group_sentence(chosen.get_name());
    return fault == Fault::kNone ? "no command was given" : usage_sentence(fault, said, {});
  }
  if (auto stray = no_such_option(*command, typed); !stray.empty()) return stray;
  return usage_sentence(fault, said, command->name);
}

}  // namespace

Parsed parse(int argc, const char* const* argv) {
  CLI::App root("", "muniment");
  root.set_help_flag();
  root.fallthrough();
  root.require_subcommand(0, 1);
  Values values;
  bool version = false;
  bool help = false;
  root.add_flag("--version", version);
  root.add_flag("-h,--help", help);
  for (const auto& option : common_options()) add_option(root, option, values);
  std::map<std::string, CLI::App*> groups;
  std::map<const CLI::App*, const Command*> nodes;
  std::map<const CLI::App*, std::unique_ptr<Values>> own;
  for (const Command* command : commands()) {
    CLI::App& node = node_for(root, groups, command->name, command->summary);
    node.set_help_flag();
    node.fallthrough();
    auto& mine = own[&node] = std::make_unique<Values>();
    for (const auto& operand : command->operands) add_operand(node, operand, *mine);
    for (const auto& option : command->options) add_option(node, option, *mine);
    nodes[&node] = command;
  }
  Parsed parsed;
  const std::vector<std::string> typed(argv + 1, argv + std::max(argc, 1));
  auto fault = Fault::kNone;
  std::string said;
  try {
    auto words = command_first(typed);
    std::ranges::reverse(words);  // as the library wants them
    root.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    fault = fault_of(error);
    said = error.what();
  }
  const CLI::App* chosen = &root;
  while (!chosen->get_subcommands().empty()) chosen = chosen->get_subcommands().front();
  const auto found = nodes.find(chosen);
  const Command* command = found == nodes.end() ? nullptr : found->second;
  if (help || version) {
    parsed.text = version ? version_text() : command != nullptr ? help_text(*command) : overview();
  } else if (fault != Fault::kNone || command == nullptr) {
    parsed.usage_error = argc > 1;
    parsed.text = argc > 1 ? what_was_wrong(typed, *chosen, command, fault, said) : overview();
    parsed.meant = command;
  } else {
    parsed.command = command;
    parsed.arguments = arguments_of(*own[chosen]);
    for (const auto& option : common_options()) {
      const auto key = key_of(option.name);
      if (!values.texts[key].empty()) parsed.arguments.set(key, values.texts[key]);
    }
  }
  return parsed;
}

}  // namespace muniment::cli
