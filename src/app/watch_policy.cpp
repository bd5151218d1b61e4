#include "app/watch_policy.hpp"

#include <algorithm>
#include <charconv>

#include "base/time.hpp"

namespace muniment::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr char kQuietAfter[] = "quiet.after.hours";
constexpr char kWarnBefore[] = "warn.before.hours";
constexpr char kEveryMinutes[] = "every.minutes";
constexpr char kRequests[] = "budget.requests";
constexpr char kCharged[] = "budget.charged";
constexpr char kPrice[] = "price";
constexpr char kMoney[] = "budget.money";
constexpr char kMedia[] = "media";
constexpr minutes kLongest = hours{7 * 24};
constexpr std::uint64_t kMostBudget = 1'000'000'000;

std::optional<std::uint64_t> whole_number(std::string_view text, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (wrong != std::errc{} || end != text.data() + text.size() || value > most) return std::nullopt;
  return value;
}

template <typename Duration>
void read_duration(const records::Body& body, std::string_view name, std::uint64_t most, Duration& out) {
  const auto text = records::value_of(body, name);
  if (const auto value = whole_number(text.value_or(""), most)) out = Duration{*value};
}

template <typename Value>
void read_field(const records::Body& body, std::string_view name,
                Result<std::optional<Value>> (*read)(std::string_view), std::optional<Value>& out) {
  const auto text = records::value_of(body, name);
  if (!text) return;
  if (auto value = read(*text)) out = *std::move(value);
}

constexpr std::string_view kNone = "none";

// The period that a budget names behind its amount.
std::optional<Budget::Per> per_in(std::string_view text, std::size_t slash) {
  if (text.substr(slash) == "/day") return Budget::Per::kDay;
  if (text.substr(slash) == "/month") return Budget::Per::kMonth;
  return std::nullopt;
}
std::string_view per_text(Budget::Per per) {
  return per == Budget::Per::kDay ? "/day" : "/month";
}
std::string_view per_words(Budget::Per per) {
  return per == Budget::Per::kDay ? " a day" : " a month";
}

}  // namespace

Result<minutes> read_interval(std::string_view text) {
  const Error wrong{Code::kInvalid, "--every takes a number with m, h or d, from 1m to 7d",
                    "15m, 2h and 1d are such"};
  if (text.empty()) return wrong;
  const auto number = whole_number(text.substr(0, text.size() - 1), 100'000);
  const char unit = text.back();
  if (!number || (unit != 'm' && unit != 'h' && unit != 'd')) return wrong;
  const minutes out{*number * (unit == 'm' ? 1 : unit == 'h' ? 60 : 24 * 60)};
  if (out < minutes{1} || out > kLongest) return wrong;
  return out;
}

std::string interval_text(minutes interval) {
  const auto all = interval.count();
  if (all % (24 * 60) == 0) return std::to_string(all / (24 * 60)) + "d";
  if (all % 60 == 0) return std::to_string(all / 60) + "h";
  return std::to_string(all) + "m";
}

Result<std::optional<Budget>> read_budget(std::string_view text) {
  if (text == kNone) return std::optional<Budget>{};
  const auto slash = std::min(text.find('/'), text.size());
  const auto most = whole_number(text.substr(0, slash), kMostBudget);
  const auto per = per_in(text, slash);
  if (!most || *most == 0 || !per)
    return Error{Code::kInvalid, "a budget is a number a day or a month, or none",
                 "300/day and 10000/month are such"};
  return std::optional(Budget{*most, *per});
}

std::string budget_text(const std::optional<Budget>& budget) {
  if (!budget) return std::string(kNone);
  return std::to_string(budget->most).append(per_text(budget->per));
}

std::string budget_words(const Budget& budget, std::string_view of_what) {
  return std::to_string(budget.most).append(" ").append(of_what).append(per_words(budget.per));
}

Result<std::optional<base::Money>> read_price(std::string_view text) {
  if (text == kNone) return std::optional<base::Money>{};
  auto price = base::read_money(text);
  if (!price || price->millionths == 0 || price->millionths > kMostPrice * base::kMillion)
    return Error{Code::kInvalid, "a price is an amount of up to 1000 with up to six decimals, or none",
                 "0.005 and \"0.005 USD\" are such"};
  return price;
}

std::string price_text(const std::optional<base::Money>& price) {
  return price ? base::money_text(*price) : std::string(kNone);
}

Result<std::optional<MoneyBudget>> read_money_budget(std::string_view text) {
  if (text == kNone) return std::optional<MoneyBudget>{};
  const auto slash = std::min(text.find('/'), text.size());
  auto most = base::read_money(text.substr(0, slash));
  const auto per = per_in(text, slash);
  if (!most || most->millionths == 0 || !per)
    return Error{Code::kInvalid, "a budget in money is an amount a day or a month, or none",
                 "20/month and \"20 USD/month\" are such"};
  return std::optional(MoneyBudget{*std::move(most), *per});
}

std::string money_budget_text(const std::optional<MoneyBudget>& budget) {
  return budget ? base::money_text(budget->most).append(per_text(budget->per)) : std::string(kNone);
}

std::string money_budget_words(const MoneyBudget& budget) {
  return base::money_text(budget.most).append(per_words(budget.per));
}

Status agree_on_money(WatchPolicy& policy) {
  if (!policy.money) return {};
  if (!policy.price)
    return Error{Code::kInvalid, "a budget in money needs the price of an item; nothing was changed",
                 "give --price, what the platform charges for one"};
  auto& price = policy.price->currency;
  auto& budget = policy.money->most.currency;
  if (price.empty()) price = budget;
  if (budget.empty()) budget = price;
  if (price == budget) return {};
  return Error{Code::kInvalid, "the price is in another currency than the budget; nothing was changed",
               "give both in the same"};
}

Period period_of(Budget::Per per, base::Time time) {
  if (per == Budget::Per::kDay) {
    const auto from = std::chrono::floor<std::chrono::days>(time);
    return {from, from + std::chrono::days{1}};
  }
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(time));
  const auto month = date.year() / date.month();
  return {std::chrono::sys_days(month / std::chrono::day{1}),
          std::chrono::sys_days((month + std::chrono::months{1}) / std::chrono::day{1})};
}

void read_policy(const records::Body& body, WatchPolicy& policy) {
  if (records::value_of(body, "action") == "add") policy = {};
  read_duration(body, kQuietAfter, kMostPolicyHours, policy.quiet_after);
  read_duration(body, kWarnBefore, kMostPolicyHours, policy.warn_before);
  read_duration(body, kEveryMinutes, static_cast<std::uint64_t>(kLongest.count()), policy.every);
  if (policy.every < minutes{1}) policy.every = kEvery;
  read_field(body, kRequests, read_budget, policy.requests);
  read_field(body, kCharged, read_budget, policy.charged);
  read_field(body, kPrice, read_price, policy.price);
  read_field(body, kMoney, read_money_budget, policy.money);
  if (const auto media = records::value_of(body, kMedia)) policy.media = *media == "yes";
}

void add_policy(const WatchPolicy& policy, records::BodyBuilder& body) {
  body.add_number(kQuietAfter, static_cast<std::uint64_t>(policy.quiet_after.count()));
  body.add_number(kWarnBefore, static_cast<std::uint64_t>(policy.warn_before.count()));
  body.add_number(kEveryMinutes, static_cast<std::uint64_t>(policy.every.count()));
  body.add(kRequests, budget_text(policy.requests)).add(kCharged, budget_text(policy.charged));
  body.add(kPrice, price_text(policy.price)).add(kMoney, money_budget_text(policy.money));
  body.add(kMedia, policy.media ? "yes" : "no");
}

}  // namespace muniment::app
