#include "app/watch_policy.hpp"

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

void read_budget_field(const records::Body& body, std::string_view name, std::optional<Budget>& out) {
  const auto text = records::value_of(body, name);
  if (!text) return;
  if (const auto budget = read_budget(*text)) out = *budget;
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
  if (text == "none") return std::optional<Budget>{};
  const auto slash = std::min(text.find('/'), text.size());
  const auto most = whole_number(text.substr(0, slash), kMostBudget);
  const auto per = text.substr(slash);
  if (!most || *most == 0 || (per != "/day" && per != "/month"))
    return Error{Code::kInvalid, "a budget is a number a day or a month, or none",
                 "300/day and 10000/month are such"};
  return std::optional(Budget{*most, per == "/day" ? Budget::Per::kDay : Budget::Per::kMonth});
}

std::string budget_text(const std::optional<Budget>& budget) {
  if (!budget) return "none";
  return std::to_string(budget->most) + (budget->per == Budget::Per::kDay ? "/day" : "/month");
}

std::string budget_words(const Budget& budget, std::string_view of_what) {
  return std::to_string(budget.most) + " " + std::string(of_what) +
         (budget.per == Budget::Per::kDay ? " a day" : " a month");
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
  read_budget_field(body, kRequests, policy.requests);
  read_budget_field(body, kCharged, policy.charged);
  if (const auto media = records::value_of(body, kMedia)) policy.media = *media == "yes";
}

void add_policy(const WatchPolicy& policy, records::BodyBuilder& body) {
  body.add_number(kQuietAfter, static_cast<std::uint64_t>(policy.quiet_after.count()));
  body.add_number(kWarnBefore, static_cast<std::uint64_t>(policy.warn_before.count()));
  body.add_number(kEveryMinutes, static_cast<std::uint64_t>(policy.every.count()));
  body.add(kRequests, budget_text(policy.requests)).add(kCharged, budget_text(policy.charged));
  body.add(kMedia, policy.media ? "yes" : "no");
}

}  // namespace muniment::app
