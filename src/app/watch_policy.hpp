// What an officer says of a source: how often it is polled, what it may cost, when its silence is an alarm.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/money.hpp"
#include "base/seams.hpp"
#include "collect/watched.hpp"
#include "muniment/result.hpp"
#include "records/body.hpp"

namespace muniment::app {

inline constexpr std::chrono::minutes kEvery{60};
inline constexpr std::uint64_t kMostPolicyHours = 366ULL * 24;

// At most so many a day or a month of the calendar, in UTC.
struct Budget {
  enum class Per { kDay, kMonth };
  std::uint64_t most = 0;
  Per per = Per::kDay;
  friend bool operator==(const Budget&, const Budget&) = default;
};

// Likewise in money, of what the items cost that the platform charges for.
struct MoneyBudget {
  base::Money most = {};
  Budget::Per per = Budget::Per::kDay;
  friend bool operator==(const MoneyBudget&, const MoneyBudget&) = default;
};

struct WatchPolicy {
  std::chrono::hours quiet_after = collect::kQuietAfter;  // without a good poll: then it is an alarm
  std::chrono::hours warn_before = collect::kWarnBefore;  // its credential ends
  std::chrono::minutes every = kEvery;                    // from one poll to the next
  std::optional<Budget> requests = {};                    // nullopt: none
  std::optional<Budget> charged = {};     // items that the platform charges for (Reading::charged); likewise
  std::optional<base::Money> price = {};  // of such an item; likewise
  std::optional<MoneyBudget> money = {};  // nothing without a price; likewise
  bool media = false;                     // the files that its items name are fetched after each poll
};

// "15m", "2h", "1d": from a minute to a week.  kInvalid says so.
Result<std::chrono::minutes> read_interval(std::string_view text);
std::string interval_text(std::chrono::minutes interval);

// "300/day", "10000/month"; "none": no budget.  kInvalid says so.
Result<std::optional<Budget>> read_budget(std::string_view text);
std::string budget_text(const std::optional<Budget>& budget);
// "300 requests a day"
std::string budget_words(const Budget& budget, std::string_view of_what);

// "0.005", "0.005 USD"; "none": none.  At most kMostPrice.  kInvalid says so.
inline constexpr std::uint64_t kMostPrice = 1'000;
Result<std::optional<base::Money>> read_price(std::string_view text);
std::string price_text(const std::optional<base::Money>& price);

// "20/month", "20 USD/month"; "none": no budget.  kInvalid says so.
Result<std::optional<MoneyBudget>> read_money_budget(std::string_view text);
std::string money_budget_text(const std::optional<MoneyBudget>& budget);
// "20 USD a month"
std::string money_budget_words(const MoneyBudget& budget);

// kInvalid: a budget in money without a price, or in another currency.  Where one of them names its currency,
// both have it then.
Status agree_on_money(WatchPolicy& policy);

// The day or month in which a moment lies: its beginning, and the beginning of the next.
struct Period {
  base::Time from{}, to{};
};
Period period_of(Budget::Per per, base::Time time);

// The fields of a `source` entry.  What an entry does not name stays as it was; one of action `add` begins
// anew.
void read_policy(const records::Body& body, WatchPolicy& policy);
void add_policy(const WatchPolicy& policy, records::BodyBuilder& body);

}  // namespace muniment::app
