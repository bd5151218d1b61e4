#include <array>
#include <ostream>

#include "app/spot.hpp"
#include "cli/commands.hpp"
#include "cli/notes.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {
    Operand{"ID", "the number of a possible request or of an entry of the item, or the item's identifier"},
    Operand{"ANSWER", "yes: it is a request for information; no: it is not"}};
constexpr std::array kOptions = {
    Option{"--reason", "TEXT", "why", true},
};

Result<int> run_spot_decide(const Arguments& arguments, Terminal& terminal) {
  const auto answer = arguments.get("ANSWER");
  if (answer != "yes" && answer != "no")
    return Error{Code::kInvalid, "the decision is yes or no; nothing was recorded"};
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  const auto recorded =
      app::decide(*archive, {arguments.get("ID"), answer == "yes", arguments.get("reason"), actor()});
  if (!recorded) return recorded.error();
  print_notes(terminal.err, recorded->remarks);
  terminal.out << "recorded as entry " << recorded->entry << ": "
               << (answer == "yes" ? "it is a request for information"
                                   : "it is not a request for information")
               << '\n';
  return 0;
}

}  // namespace

const Command kSpotDecide = {
    "spot decide",
    "record a person's decision whether an item is a request for information",
    "The decision, who made it and why become an entry.  It can be made again: both stay, the "
    "later one counts.",
    kOperands,
    kOptions,
    run_spot_decide};

}  // namespace muniment::cli
