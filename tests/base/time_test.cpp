#include "base/time.hpp"

#include <gtest/gtest.h>

#include <random>

namespace muniment::base {
namespace {

std::string again(std::optional<Time> time) {
  return time ? to_rfc3339(*time) : "not a time";
}

TEST(Time, HasOneSpellingInALeaf) {
  EXPECT_EQ(to_rfc3339(Time{}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(again(from_leaf_time("2026-11-22T02:45:57.123Z")), "2026-11-22T02:45:57.123Z");
  for (const char* text :
       {"2026-11-22T02:45:57Z", "2026-11-22T02:45:57.12Z", "2026-11-22T02:45:57.1234Z",
        "2026-11-22 02:45:57.123Z", "2026-11-22T02:45:57.123z", "2026-11-22T02:45:57.123+00:00",
        "2026-11-22T02:45:57.123Z ", "2026-11-22T02:45:60.000Z", "2026-02-30T02:45:57.123Z",
        "12026-11-22T02:45:57.123Z", ""})
    EXPECT_EQ(again(from_leaf_time(text)), "not a time") << text;
}

TEST(Time, EveryMomentOfTenThousandYearsComesBack) {
  std::mt19937_64 random(6);
  const auto first = from_civil(0, 1, 1)->time_since_epoch().count();
  const auto last = from_civil(9999, 12, 31, 23, 59, 59, 999)->time_since_epoch().count();
  std::uniform_int_distribution<std::int64_t> moment(first, last);
  for (int i = 0; i < 20'000; ++i) {
    const Time time{std::chrono::milliseconds{moment(random)}};
    ASSERT_EQ(from_leaf_time(to_rfc3339(time)), time) << to_rfc3339(time);
  }
}

TEST(Time, CivilDatesAreChecked) {
  EXPECT_TRUE(from_civil(2024, 2, 29));
  EXPECT_FALSE(from_civil(2023, 2, 29));
  EXPECT_FALSE(from_civil(2026, 13, 1));
  EXPECT_FALSE(from_civil(2026, 0, 1));
  EXPECT_FALSE(from_civil(2026, 4, 31));
  EXPECT_FALSE(from_civil(2026, 4, 0));
  EXPECT_FALSE(from_civil(2026, 4, 1, 24));
  EXPECT_EQ(again(from_civil(2016, 12, 31, 23, 59, 60)), "2016-12-31T23:59:59.000Z") << "a leap second";
}

TEST(Time, ReadsRfc3339AsPlatformsWriteIt) {
  EXPECT_EQ(again(parse_rfc3339("2026-03-02T23:41:07Z")), "2026-03-02T23:41:07.000Z");
  EXPECT_EQ(again(parse_rfc3339("2026-03-02T23:41:07.9876543Z")), "2026-03-02T23:41:07.987Z");
  EXPECT_EQ(again(parse_rfc3339("2026-03-02T23:41:07+01:00")), "2026-03-02T22:41:07.000Z");
  EXPECT_EQ(again(parse_rfc3339("2026-03-02T23:41:07-0330")), "2026-03-03T03:11:07.000Z");
  EXPECT_EQ(again(parse_rfc3339("2026-03-02T23:41:07")), "2026-03-02T23:41:07.000Z");
  EXPECT_EQ(again(parse_rfc3339("2026-03-02 23:41")), "2026-03-02T23:41:00.000Z");
  EXPECT_EQ(again(parse_rfc3339("2026-03-02")), "2026-03-02T00:00:00.000Z");
  for (const char* text :
       {"2026-3-2", "2026-03-02T", "2026-03-02T25:00:00Z", "2026-03-02T23:41:07.Z",
        "2026-03-02T23:41:07+25:00", "2026-03-02T23:41:07 and more", "yesterday", "0000-00-00T00:00:00"})
    EXPECT_EQ(again(parse_rfc3339(text)), "not a time") << text;
}

TEST(Time, ReadsRfc822AndItsMisspellings) {
  EXPECT_EQ(again(parse_rfc822("Tue, 10 Jun 2003 04:00:00 GMT")), "2003-06-10T04:00:00.000Z");
  EXPECT_EQ(again(parse_rfc822("10 Jun 2003 04:00 EST")), "2003-06-10T09:00:00.000Z");
  EXPECT_EQ(again(parse_rfc822("Tue, 10 June 03 04:00:00 +0200")), "2003-06-10T02:00:00.000Z");
  EXPECT_EQ(again(parse_rfc822("Tuesday, 10-Jun-2003 04:00:00 UTC")), "2003-06-10T04:00:00.000Z");
  EXPECT_EQ(again(parse_rfc822("Thu,01 Jan 2004 19:48:21 GMT")), "2004-01-01T19:48:21.000Z");
  EXPECT_EQ(again(parse_rfc822("  1 Jan 99 0:00:00 -0800 ")), "1999-01-01T08:00:00.000Z");
  EXPECT_EQ(again(parse_rfc822("Wed, 19 Aug 2009 18:28:00 Nonsense")), "2009-08-19T18:28:00.000Z")
      << "an unknown zone is UTC";
  EXPECT_EQ(again(parse_rfc822("Fri, 31 Dec 2027")), "2027-12-31T00:00:00.000Z");
  for (const char* text : {"", "Tue", "Tue, 32 Jun 2003 04:00:00 GMT", "Tue, 10 Jux 2003 04:00:00 GMT",
                           "Tue, 10 Jun", "10 Jun 2003 25:00 GMT", "10 Jun 2003 04"})
    EXPECT_EQ(again(parse_rfc822(text)), "not a time") << text;
}

TEST(Time, NoTextFromOutsideUpsetsTheReaders) {
  std::mt19937 random(8);
  const std::string letters = "0123456789-:TZ+., JunTueGMT\n\t\xff";
  for (int i = 0; i < 50'000; ++i) {
    std::string text(random() % 40, ' ');
    for (auto& c : text) c = letters[random() % letters.size()];
    for (const auto time : {parse_rfc3339(text), parse_rfc822(text)}) {
      if (!time) continue;
      ASSERT_TRUE(parse_rfc3339(to_rfc3339(*time)) || *time < *from_civil(0, 1, 1) ||
                  *time > *from_civil(9999, 12, 31))
          << text;
    }
  }
}

}  // namespace
}  // namespace muniment::base
