#include "app/replay.hpp"

#include <array>
#include <boost/json.hpp>
#include <ostream>

#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"
#include "cli/progress.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {
    Operand{"SOURCE", "names; otherwise every source that there ever was, and saved files", false, true}};
constexpr std::array kOptions = {
    Option{"--dry-run", "", "record nothing; say also what this version would read otherwise"},
    Option{"--json", "", "one JSON object a source"},
};

std::string counted(std::uint64_t count, const char* what) {
  return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

void print_text(std::ostream& out, const app::ReplayAnswer& answer, bool dry) {
  const auto name = answer.source.empty() ? std::string("saved files") : answer.source;
  const auto& items = answer.items;
  out << name << ": " << counted(answer.unread, "unread answer") << ", " << answer.read
      << (dry ? " can be read now" : " read again") << ": " << items.page.fresh << " new, "
      << items.page.changed << " changed, " << items.page.unchanged + items.page.moved + items.later
      << " held already";
  if (items.former > 0) out << "; " << items.former << " of the new are former versions of what is held";
  if (items.withheld > 0) out << "; " << items.withheld << " private, and not taken out of it";
  out << '\n';
  for (const auto& why : answer.still_unread) out << "  still unread: " << base::for_terminal(why) << '\n';
  if (answer.unnamed > 0) out << "  and " << answer.unnamed << " more\n";
  if (!dry) return;
  const auto& differ = answer.differences;
  out << "  of " << counted(differ.compared, "item") << " read before, " << differ.different
      << " would read otherwise now; " << differ.missing << " would be found now and were not then\n";
  if (answer.not_compared > 0)
    out << "  " << counted(answer.not_compared, "answer") << " could not be compared\n";
}

void print_json(std::ostream& out, const app::ReplayAnswer& answer, bool dry) {
  const auto& items = answer.items;
  boost::json::object line{
      {"source", answer.source},       {"unread", answer.unread},
      {"read", answer.read},           {"new", items.page.fresh},
      {"changed", items.page.changed}, {"held", items.page.unchanged + items.page.moved + items.later},
      {"former", items.former},        {"withheld", items.withheld}};
  boost::json::array still;
  for (const auto& why : answer.still_unread) still.push_back(boost::json::string(base::to_valid_utf8(why)));
  line["still_unread"] = std::move(still);
  line["still_unread_unnamed"] = answer.unnamed;
  if (dry)
    line["differences"] = {{"compared", answer.differences.compared},
                           {"different", answer.differences.different},
                           {"missing", answer.differences.missing},
                           {"not_compared", answer.not_compared}};
  out << boost::json::serialize(line) << '\n';
}

Result<int> run_replay(const Arguments& arguments, Terminal& terminal) {
  app::ReplayWishes wishes;
  wishes.sources = arguments.all("SOURCE");
  wishes.dry = arguments.has("dry-run");
  wishes.stop = stop_on_signals();
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  Result<std::vector<app::ReplayAnswer>> answers = std::vector<app::ReplayAnswer>{};
  {
    ProgressLine line(terminal);
    wishes.progress = [&](const std::string& source, std::uint64_t exchange) {
      line.show(source + ": entry " + std::to_string(exchange));
    };
    answers = app::replay(*archive, wishes);
  }
  if (!answers) return answers.error();
  for (const auto& answer : *answers)
    arguments.has("json") ? print_json(terminal.out, answer, wishes.dry)
                          : print_text(terminal.out, answer, wishes.dry);
  if (answers->empty() && !arguments.has("json")) terminal.out << "nothing is unread\n";
  return 0;
}

}  // namespace

const Command kReplay = {
    "replay",
    "read again what could not be read when it came",
    "An answer that a parser could not read is kept whole, and marked unread.  This reads each again with "
    "the\n"
    "parsers of this version; what can be read now becomes captures, with the time when it was fetched, "
    "under an\n"
    "entry that says that it was read again, and from which.  Nothing is asked of anybody, and twice adds "
    "nothing.\n"
    "With --dry-run everything else is read again too, and items are counted that this version would read\n"
    "otherwise than the one that captured them; they are not rewritten.",
    kOperands,
    kOptions,
    run_replay};

}  // namespace muniment::cli
