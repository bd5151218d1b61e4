#include <algorithm>
#include <array>
#include <ostream>

#include "app/source_history.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {Operand{"NAME", "as `muniment source list` shows it"}};
constexpr std::array kOptions = {
    Option{"--quiet-after", "HOURS", "how long it may go without a poll that came to its end; otherwise 26"},
    Option{"--warn-before", "DAYS", "how long before its credential ends to say so; otherwise 14"},
    Option{"--media", "yes|no", "after each poll, fetch the files that its items name; otherwise no"},
};
constexpr std::uint64_t kHoursADay = 24;

Result<int> run_source_watch(const Arguments& arguments, Terminal& terminal) {
  if (!arguments.has("quiet-after") && !arguments.has("warn-before") && !arguments.has("media"))
    return Error{Code::kInvalid, "nothing was to be changed", "give --quiet-after, --warn-before or --media"};
  auto archive = open_archive(arguments, app::Access::kWrite);
  if (!archive) return archive.error();
  const auto name = arguments.get("NAME");
  const auto sources = app::source_histories(*archive);
  if (!sources) return sources.error();
  const auto source = std::find_if(sources->begin(), sources->end(),
                                   [&](const app::SourceHistory& one) { return one.row.name == name; });
  const app::WatchPolicy before = source == sources->end() ? app::WatchPolicy{} : source->policy;
  const auto quiet = arguments.number("quiet-after", static_cast<std::uint64_t>(before.quiet_after.count()),
                                      app::kMostPolicyHours);
  if (!quiet) return quiet.error();
  const auto warn =
      arguments.number("warn-before", static_cast<std::uint64_t>(before.warn_before.count()) / kHoursADay,
                       app::kMostPolicyHours / kHoursADay);
  if (!warn) return warn.error();
  const auto media = arguments.get("media", before.media ? "yes" : "no");
  if (media != "yes" && media != "no") return Error{Code::kInvalid, "--media takes yes or no"};
  const app::WatchPolicy policy{std::chrono::hours{*quiet}, std::chrono::hours{*warn * kHoursADay},
                                media == "yes"};
  if (auto set = app::set_watch_policy(*archive, name, policy, actor()); !set) return set.error();
  terminal.out << name << ": an alarm after " << *quiet << " hours without a good poll, and " << *warn
               << " days before its credential ends; the files that its items name are "
               << (policy.media ? "" : "not ") << "fetched after each poll\n";
  return 0;
}

}  // namespace

const Command kSourceWatch = {
    "source watch",
    "say how a source is watched: when silence is an alarm, and whether files are fetched",
    "`muniment status` raises the alarm; `muniment coverage` calls a longer time "
    "between two good polls a gap.  What is decided here is an entry in the ledger, with "
    "who decided it.",
    kOperands,
    kOptions,
    run_source_watch};

}  // namespace muniment::cli
