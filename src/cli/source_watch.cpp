#include <algorithm>
#include <array>
#include <ostream>

#include "app/source_history.hpp"
#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"
#include "cli/watch_lines.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {Operand{"NAME", "as `muniment source list` shows it"}};
constexpr std::array kOptions = {
    Option{"--every", "TIME", "how often `harvest --follow` polls it: 15m, 2h, 1d; otherwise 1h"},
    Option{"--budget", "N/PERIOD", "requests it may make a day or a month of UTC: 300/day, 5000/month, none"},
    Option{"--budget-charged", "N/PERIOD", "likewise, items that its platform charges for (x)"},
    Option{"--price", "AMOUNT", "what its platform charges for such an item: 0.005, \"0.005 USD\", none"},
    Option{"--budget-money", "AMOUNT/PERIOD", "what they may cost: 20/month, \"20 USD/month\", none"},
    Option{"--quiet-after", "HOURS", "how long it may go without a poll that came to its end; otherwise 26"},
    Option{"--warn-before", "DAYS", "how long before its credential ends to say so; otherwise 14"},
    Option{"--media", "yes|no", "after each poll, fetch the files that its items name; otherwise no"},
};
constexpr std::uint64_t kHoursADay = 24;

Result<app::WatchPolicy> changed(app::WatchPolicy policy, const Arguments& arguments) {
  const auto quiet = arguments.number("quiet-after", static_cast<std::uint64_t>(policy.quiet_after.count()),
                                      app::kMostPolicyHours);
  if (!quiet) return quiet.error();
  const auto warn =
      arguments.number("warn-before", static_cast<std::uint64_t>(policy.warn_before.count()) / kHoursADay,
                       app::kMostPolicyHours / kHoursADay);
  if (!warn) return warn.error();
  const auto every = app::read_interval(arguments.get("every", app::interval_text(policy.every)));
  if (!every) return every.error();
  const auto requests = app::read_budget(arguments.get("budget", app::budget_text(policy.requests)));
  if (!requests) return wrap(requests.error(), "--budget");
  const auto charged = app::read_budget(arguments.get("budget-charged", app::budget_text(policy.charged)));
  if (!charged) return wrap(charged.error(), "--budget-charged");
  auto price = app::read_price(arguments.get("price", app::price_text(policy.price)));
  if (!price) return wrap(price.error(), "--price");
  auto money = app::read_money_budget(arguments.get("budget-money", app::money_budget_text(policy.money)));
  if (!money) return wrap(money.error(), "--budget-money");
  const auto media = arguments.get("media", policy.media ? "yes" : "no");
  if (media != "yes" && media != "no") return Error{Code::kInvalid, "--media takes yes or no"};
  policy.media = media == "yes";
  policy.quiet_after = std::chrono::hours{*quiet};
  policy.warn_before = std::chrono::hours{*warn * kHoursADay};
  policy.every = *every;
  policy.requests = *requests;
  policy.charged = *charged;
  policy.price = *std::move(price);
  policy.money = *std::move(money);
  if (auto agreed = app::agree_on_money(policy); !agreed) return agreed.error();
  if (policy.every < policy.quiet_after) return policy;
  return Error{Code::kInvalid, "polled so seldom, it would be an alarm before each poll; nothing was changed",
               "give a --quiet-after that is longer than --every"};
}

// Changes nothing.
Result<int> tell(const Arguments& arguments, Terminal& terminal) {
  auto archive = open_archive(arguments, app::Access::kRead, terminal);
  if (!archive) return archive.error();
  const auto name = arguments.get("NAME");
  app::SourceBook book(*archive);
  if (auto looked = book.look(); !looked) return looked.error();
  const auto found = book.sources().find(name);
  if (found == book.sources().end() || found->second.row.state == index::SourceRow::State::kRemoved)
    return Error{Code::kNotFound, "there is no source of that name", "`muniment source list` shows them"};
  const auto& source = found->second;
  terminal.out << name << ": " << alarm_words(source.policy, !source.row.credential.empty()) << "\n  "
               << media_words(source.policy) << "\n  followed, it is " << polling_words(source.policy)
               << '\n';
  if (const auto credential = credential_words(source); !credential.empty())
    terminal.out << "  it " << base::for_terminal(credential) << '\n';
  return 0;
}

Result<int> run_source_watch(const Arguments& arguments, Terminal& terminal) {
  const auto given = [&](const char* name) { return arguments.has(name); };
  constexpr std::array kBudgets = {"every", "budget", "budget-charged", "price", "budget-money"};
  if (std::ranges::none_of(kBudgets, given) &&
      std::ranges::none_of(std::array{"quiet-after", "warn-before", "media"}, given))
    return tell(arguments, terminal);
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  const auto name = arguments.get("NAME");
  bool has_credential = false;
  const auto change = [&](const app::SourceHistory& source) {
    has_credential = !source.row.credential.empty();
    return changed(source.policy, arguments);
  };
  const auto policy = app::change_watch_policy(*archive, name, change, actor());
  if (!policy) return policy.error();
  terminal.out << name << ": " << alarm_words(*policy, has_credential || given("warn-before"))
               << (given("warn-before") && !has_credential ? "; it has none now" : "") << '\n';
  if (given("media")) terminal.out << "  " << media_words(*policy) << '\n';
  if (std::ranges::any_of(kBudgets, given))
    terminal.out << "  followed, it is " << polling_words(*policy) << '\n';
  return 0;
}

}  // namespace

const Command kSourceWatch = {
    "source watch",
    "say how often a source is polled, what it may cost, when its silence is an alarm, and whether files are "
    "fetched",
    "Without options it tells what is decided, and changes nothing.  What is decided here is an entry in the "
    "ledger,\n"
    "with who decided it.  `muniment harvest --follow` keeps the times.  When a budget is used up the source "
    "is "
    "not\n"
    "polled until the next day or month begins, by whichever command, and `muniment status` and `muniment "
    "coverage`\n"
    "say so.  A budget in money needs a price; currencies are names, and none is converted.  `muniment "
    "status` "
    "raises\n"
    "the alarms; `muniment coverage` calls a longer time between two good polls a gap.",
    kOperands,
    kOptions,
    run_source_watch};

}  // namespace muniment::cli
