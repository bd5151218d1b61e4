// What an officer says of a source: how often it is polled, what it may cost, when its silence is an alarm.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/seams.hpp"
#include "collect/watched.hpp"
#include "muniment/result.hpp"
#include "records/body.hpp"

namespace muniment::app {

inline constexpr std::chrono::minutes kEvery{60};
inline constexpr std::uint64_t kMostPolicyHours = 366 * 24;

// At most so many a day or a month of the calendar, in UTC.
struct Budget {
  enum class Per { kDay, kMonth };
  std::uint64_t most = 0;
  Per per = Per::kDay;
  friend bool operator==(const Budget&, const Budget&) = default;
};

struct WatchPolicy {
  std::chrono::hours quiet_after = collect::kQuietAfter;  // without a good poll: then it is an alarm
  std::chrono::hours warn_before = collect::kWarnBefore;  // its credential ends
  std::chrono::minutes every = kEvery;                    // from one poll to the next
  std::optional<Budget> requests = {};                    // nullopt: none
  std::optional<Budget> charged = {};  // items that the platform charges for (Reading::charged); likewise
  bool media = false;                  // the files that its items name are fetched after each poll
};

// "15m", "2h", "1d": from a minute to a week.  kInvalid says so.
Result<std::chrono::minutes> read_interval(std::string_view text);
std::string interval_text(std::chrono::minutes interval);

// "300/day", "10000/month"; "none": no budget.  kInvalid says so.
Result<std::optional<Budget>> read_budget(std::string_view text);
std::string budget_text(const std::optional<Budget>& budget);
// "300 requests a day"
std::string budget_words(const Budget& budget, std::string_view of_what);

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
