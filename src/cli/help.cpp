#include "cli/help.hpp"

#include <algorithm>
#include <set>

namespace muniment::cli {
namespace {

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text + "  ";
}

std::string usage(const Command& command) {
  std::string out = "muniment " + std::string(command.name);
  for (const auto& operand : command.operands) {
    std::string name = operand.name;
    if (operand.many) name += "…";
    out += operand.required ? " " + name : " [" + name + "]";
  }
  for (const auto& option : command.options)
    if (option.required) out += std::string(" ") + option.name + " " + option.value;
  return out + (command.options.empty() ? "" : " [options]");
}

std::string option_label(const Option& option) {
  std::string label = option.name;
  if (const auto comma = label.find(','); comma != std::string::npos) label.insert(comma + 1, " ");
  return *option.value == '\0' ? label : label + " " + option.value;
}

std::string option_lines(std::span<const Option> options) {
  std::string out;
  for (const auto& option : options) out += "  " + padded(option_label(option), 28) + option.help + "\n";
  return out;
}

// A summary has no full stop; one that asks needs none.
std::string sentence(std::string_view summary) {
  return std::string(summary) + (summary.ends_with('?') ? "" : ".");
}

// roff: a leading dot or quote would be a request, a backslash an escape, a hyphen a soft one.
std::string roff(std::string_view text) {
  std::string out;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out.push_back(c);
    line_start = c == '\n';
  }
  return out;
}

}  // namespace

std::string version_text() {
  return "muniment " MUNIMENT_VERSION "\n";
}

std::string overview() {
  std::string out =
      "muniment: a public body's record of what the public said to it, and what it answered\n\n"
      "usage: muniment COMMAND [options]\n\n";
  std::size_t longest = 0;
  for (const Command* command : commands()) longest = std::max(longest, command->name.size());
  for (const Command* command : commands())
    out += "  " + padded(std::string(command->name), longest) + std::string(command->summary) + "\n";
  out += "\n" + option_lines(common_options()) +
         "\n`muniment help COMMAND` tells more; `muniment help exit-codes` says what the exit codes mean.\n";
  return out;
}

std::string help_text(const Command& command) {
  std::string out = "usage: " + usage(command) + "\n\n" + sentence(command.summary) + "\n";
  if (!command.details.empty()) out += "\n" + std::string(command.details) + "\n";
  if (!command.operands.empty() || !command.options.empty()) out += "\n";
  for (const auto& operand : command.operands) out += "  " + padded(operand.name, 28) + operand.help + "\n";
  return out + option_lines(command.options) + option_lines(common_options());
}

std::string exit_codes() {
  return "exit codes of muniment and muniment-verify\n\n"
         "   0  done; verified\n"
         "   1  verification found something wrong, the release gate refused, or `status` has an alarm\n"
         "   2  the command was not understood; nothing was done\n"
         "   3  could not be checked: something needed for an answer was missing or unreadable\n"
         "  11  what was named does not exist\n"
         "  12  the input is not acceptable; asking again will not help\n"
         "  13  somebody else changed it first; look again, then retry\n"
         "  14  busy, locked or unreachable; try again later\n"
         "  15  stored data is not what it must be; run `muniment verify` before anything else\n"
         "  16  not allowed: rights, keys or policy\n"
         "  17  the disk or the network failed; what was under way may or may not have been written\n"
         "  70  a fault of this program; the archive is as it was before\n";
}

std::string man_page() {
  std::string out = ".TH MUNIMENT 1 \"\" \"muniment " MUNIMENT_VERSION "\" \"User Commands\"\n.SH NAME\n";
  out += roff("muniment - a public body's record of what the public said to it, and what it answered");
  out += "\n.SH SYNOPSIS\n.B muniment\n.I COMMAND\n[options]\n.SH COMMANDS\n";
  for (const Command* command : commands()) {
    out += ".SS " + roff(usage(*command)) + "\n" + roff(sentence(command->summary)) + "\n";
    if (!command->details.empty()) out += ".PP\n" + roff(command->details) + "\n";
    for (const auto& operand : command->operands)
      out += ".TP\n.I " + roff(operand.name) + "\n" + roff(operand.help) + "\n";
    for (const auto& option : command->options)
      out += ".TP\n.B " + roff(option_label(option)) + "\n" + roff(option.help) + "\n";
  }
  out += ".SH OPTIONS OF ALL COMMANDS\n";
  for (const auto& option : common_options())
    out += ".TP\n.B " + roff(option_label(option)) + "\n" + roff(option.help) + "\n";
  return out + ".SH EXIT STATUS\n.nf\n" + roff(exit_codes()) + ".fi\n";
}

namespace {

std::string joined(Choices choices) {
  std::string out;
  if (choices == nullptr) return out;
  for (const auto& value : choices()) out += (out.empty() ? "" : " ") + value;
  return out;
}

// "yes|no" stands for its own values.
std::string values_of(const Option& option) {
  std::string named = option.value;
  if (option.choices != nullptr || named.find('|') == std::string::npos) return joined(option.choices);
  std::ranges::replace(named, '|', ' ');
  return named;
}

// "-A|--archive|…": all that a value follows, whatever the command.
std::string options_with_values() {
  std::set<std::string> names;
  const auto add = [&](std::span<const Option> options) {
    for (const auto& option : options)
      if (*option.value != '\0') names.insert(option.name);
  };
  add(common_options());
  for (const Command* command : commands()) add(command->options);
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : "|") + name;
  std::ranges::replace(out, ',', '|');
  return out;
}

// After an option, and after the command where its first operand stands, the values there are: each a case of
// the shell.
std::string cases_of_values(const Command& command) {
  std::string out;
  const auto add = [&](std::string_view names, const std::string& values) {
    if (values.empty()) return;
    std::string pattern;
    for (std::size_t at = 0; at <= names.size();) {  // "-A,--archive"
      const auto end = std::min(names.find(',', at), names.size());
      pattern += (pattern.empty() ? "'" : "|'") + std::string(command.name) + " " +
                 std::string(names.substr(at, end - at)) + "'";
      at = end + 1;
    }
    out += "    " + pattern + ") words='" + values + "' ;;\n";
  };
  for (const auto& option : command.options) add(option.name, values_of(option));
  const auto last = command.name.substr(command.name.rfind(' ') + 1);  // npos + 1 is 0
  if (!command.operands.empty()) add(last, joined(command.operands.front().choices));
  return out;
}

}  // namespace

std::string bash_completion() {
  std::set<std::string> first;
  std::string cases, groups, values;
  for (const Command* command : commands()) {
    const std::string name(command->name);
    const auto space = name.find(' ');
    values += cases_of_values(*command);
    first.insert(name.substr(0, space));
    std::string words;
    for (const auto& option : command->options) words += std::string(" ") + std::string(option.name);
    for (const auto& option : common_options()) words += std::string(" ") + std::string(option.name);
    std::replace(words.begin(), words.end(), ',', ' ');
    // Where a group has the command's own name, what follows in the group is offered as well.
    const bool group = std::any_of(commands().begin(), commands().end(),
                                   [&](const Command* other) { return other->name.starts_with(name + " "); });
    cases += "    '" + name + "') words='" + words.substr(1) + (group ? "' ;;&\n" : "' ;;\n");
    if (space != std::string::npos) groups += (groups.empty() ? "'" : "|'") + name + "'";
    if (space != std::string::npos)
      cases += "    '" + name.substr(0, space) + "') words=\"$words " + name.substr(space + 1) + "\" ;;&\n";
  }
  std::string names;
  for (const auto& name : first) names += name + " ";
  return "# bash completion for muniment; made by `muniment help completion`\n"
         "_muniment() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} words='' at=1\n"
         "  while [ \"$at\" -lt \"$COMP_CWORD\" ]; do case \"${COMP_WORDS[at]}\" in\n"
         "    " +
         options_with_values() +
         ") [ \"${COMP_WORDS[at+1]}\" = = ] && at=$((at+1)); at=$((at+2)) ;;\n"
         "    -*) at=$((at+1)) ;; *) break ;; esac; done\n"
         "  local command='' second=''\n"
         "  [ \"$at\" -lt \"$COMP_CWORD\" ] && command=${COMP_WORDS[at]}\n"
         "  [ $((at+1)) -lt \"$COMP_CWORD\" ] && second=${COMP_WORDS[at+1]}\n"
         "  case \"$command $second\" in " +
         groups +
         ")\n"
         "    command=\"$command $second\" ;; esac\n"
         "  if [ \"$at\" -eq \"$COMP_CWORD\" ]; then words='" +
         names + "'; else case \"$command\" in\n" + cases +
         "  esac; fi\n"
         "  local previous=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  [ \"$current\" = = ] && current=''\n"
         "  [ \"$previous\" = = ] && previous=${COMP_WORDS[COMP_CWORD-2]}\n"
         "  [[ $current == -* ]] || case \"$command $previous\" in\n" +
         values +
         "  esac\n"
         "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
         "  [[ $current == -* || ${#COMPREPLY[@]} -gt 0 ]] || mapfile -t COMPREPLY < <(compgen -f -- "
         "\"$current\")\n"
         "}\n"
         "complete -F _muniment muniment\n";
}

}  // namespace muniment::cli
