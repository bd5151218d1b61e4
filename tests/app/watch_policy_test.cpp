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

TEST(WatchPolicies, BudgetsInMoneyAreReadAsTheyAreWritten) {
  const auto month = read_money_budget("20 USD/month");
  ASSERT_TRUE(month);
  EXPECT_EQ((*month)->most.millionths, 20'000'000U);
  EXPECT_EQ(money_budget_text(*month), "20 USD/month");
  EXPECT_EQ(money_budget_words(**month), "20 USD a month");
  EXPECT_EQ(money_budget_text(*read_money_budget("0.50/day")), "0.50/day");
  EXPECT_FALSE(read_money_budget("none")->has_value());
  for (const auto* text : {"", "20", "0/day", "20 USD", "20/year", "twenty/day", "20 /day"})
    EXPECT_FALSE(read_money_budget(text)) << text;
  EXPECT_EQ(price_text(*read_price("0.005 USD")), "0.005 USD");
  for (const auto* text : {"", "0", "1001", "x", "0.005/day"}) EXPECT_FALSE(read_price(text)) << text;
}

TEST(WatchPolicies, ABudgetInMoneyNeedsAPriceInItsCurrency) {
  WatchPolicy policy;
  EXPECT_TRUE(agree_on_money(policy));
  policy.money = *read_money_budget("20/month");
  EXPECT_FALSE(agree_on_money(policy)) << "there is no price";
  policy.price = *read_price("0.005 USD");
  ASSERT_TRUE(agree_on_money(policy));
  EXPECT_EQ(policy.money->most.currency, "USD");
  policy.price = *read_price("0.005 EUR");
  EXPECT_FALSE(agree_on_money(policy));
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
  set.price = *read_price("0.005 USD");
  set.money = *read_money_budget("20 USD/month");
  records::BodyBuilder first;
  first.add("action", "watch");
  add_policy(set, first);
  WatchPolicy policy;
  read_policy(first.build(), policy);
  EXPECT_EQ(policy.every, minutes{20});
  EXPECT_EQ(policy.requests, set.requests);
  EXPECT_EQ(policy.price, set.price);
  EXPECT_EQ(policy.money, set.money);
  EXPECT_FALSE(policy.charged);

  records::BodyBuilder older;  // as a version wrote it that knew of no intervals
  older.add("action", "watch").add_number("quiet.after.hours", 4);
  read_policy(older.build(), policy);
  EXPECT_EQ(policy.quiet_after, std::chrono::hours{4});
  EXPECT_EQ(policy.every, minutes{20}) << "what is not named stays";
  EXPECT_EQ(policy.money, set.money);

  records::BodyBuilder again;
  again.add("action", "add");
  read_policy(again.build(), policy);
  EXPECT_EQ(policy.every, kEvery);
  EXPECT_FALSE(policy.requests);
}

}  // namespace
}  // namespace muniment::app
