#include "app/watch_policy.hpp"

#include <gtest/gtest.h>

#include "base/time.hpp"

namespace muniment::app {
namespace {

using std::chrono::minutes;

TEST(WatchPolicies, IntervalsAreReadAsTheyAreWritten) {
  for (const auto& [text, length] :
       {std::pair{"1m", 1}, {"15m", 15}, {"90m", 90}, {"2h", 120}, {"7d", 7 * 24 * 60}}) {
    const auto read = read_interval(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(*read, minutes{length});
    EXPECT_EQ(*read_interval(interval_text(*read)), *read);
  }
  for (const auto* text : {"", "m", "15", "0m", "8d", "15 m", "-1h", "1.5h", "15s", "99999999999999999999m"})
    EXPECT_FALSE(read_interval(text)) << text;
}

TEST(WatchPolicies, BudgetsAreReadAsTheyAreWritten) {
  const auto day = read_budget("300/day");
  ASSERT_TRUE(day);
  EXPECT_EQ(**day, (Budget{300, Budget::Per::kDay}));
  EXPECT_EQ(budget_text(*day), "300/day");
  EXPECT_EQ(budget_words(**day, "requests"), "300 requests a day");
  EXPECT_EQ(budget_text(*read_budget("10000/month")), "10000/month");
  const auto none = read_budget("none");
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->has_value());
  for (const auto* text : {"", "300", "/day", "0/day", "300/week", "300/dayx", "-3/day", "x/day"})
    EXPECT_FALSE(read_budget(text)) << text;
}

TEST(WatchPolicies, PeriodsAreDaysAndMonthsOfTheCalendar) {
  const auto period = [](Budget::Per per, const char* time) {
    const auto [from, to] = period_of(per, *base::parse_rfc3339(time));
    return base::to_rfc3339(from).substr(0, 16) + " " + base::to_rfc3339(to).substr(0, 16);
  };
  EXPECT_EQ(period(Budget::Per::kDay, "2026-12-31T23:59:59Z"), "2026-12-31T00:00 2027-01-01T00:00");
  EXPECT_EQ(period(Budget::Per::kMonth, "2026-12-31T23:59:59Z"), "2026-12-01T00:00 2027-01-01T00:00");
  EXPECT_EQ(period(Budget::Per::kMonth, "2028-02-01T00:00:00Z"), "2028-02-01T00:00 2028-03-01T00:00");
}

TEST(WatchPolicies, AreWhatTheEntriesSayOneAfterTheOther) {
  WatchPolicy set;
  set.every = minutes{20};
  set.requests = Budget{300, Budget::Per::kDay};
  records::BodyBuilder first;
  first.add("action", "watch");
  add_policy(set, first);
  WatchPolicy policy;
  read_policy(first.build(), policy);
  EXPECT_EQ(policy.every, minutes{20});
  EXPECT_EQ(policy.requests, set.requests);
  EXPECT_FALSE(policy.charged);

  records::BodyBuilder older;  // as a version wrote it that knew of no intervals
  older.add("action", "watch").add_number("quiet.after.hours", 4);
  read_policy(older.build(), policy);
  EXPECT_EQ(policy.quiet_after, std::chrono::hours{4});
  EXPECT_EQ(policy.every, minutes{20}) << "what is not named stays";

  records::BodyBuilder again;
  again.add("action", "add");
  read_policy(again.build(), policy);
  EXPECT_EQ(policy.every, kEvery);
  EXPECT_FALSE(policy.requests);
}

}  // namespace
}  // namespace muniment::app
