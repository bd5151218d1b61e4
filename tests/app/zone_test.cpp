#include "app/zone.hpp"

#include <gtest/gtest.h>

#include "base/time.hpp"

namespace muniment::app {
namespace {

std::string read(const std::string& text, const std::string& zone = "Europe/London") {
  const auto typed = read_typed_time(zone, text);
  if (!typed) return "refused";
  return base::to_rfc3339(typed->time) + (typed->day_only ? " day" : "");
}

TEST(TypedTime, IsOfTheZoneUnlessItSaysItsOffset) {
  EXPECT_EQ(read("2026-07-01 12:00"), "2026-07-01T11:00:00.000Z");
  EXPECT_EQ(read(" 2026-01-01 12:00 "), "2026-01-01T12:00:00.000Z");
  EXPECT_EQ(read("2026-07-01T12:00:00Z"), "2026-07-01T12:00:00.000Z");
  EXPECT_EQ(read("2026-07-01 12:00-05:00"), "2026-07-01T17:00:00.000Z");
  EXPECT_EQ(read("2026-07-01 12:00", "Asia/Kolkata"), "2026-07-01T06:30:00.000Z");
}

TEST(TypedTime, OfADayIsWhenItBegins) {
  EXPECT_EQ(read("2026-07-01"), "2026-06-30T23:00:00.000Z day");
}

TEST(Moment, IsWhenTheClocksOfTheZoneShowIt) {
  const auto moment = [](const std::string& zone, std::string_view shown) {
    return base::to_rfc3339(moment_of(zone)(*base::parse_rfc3339(shown)));
  };
  EXPECT_EQ(moment("Europe/London", "2026-07-01 12:00"), "2026-07-01T11:00:00.000Z");
  EXPECT_EQ(moment("Europe/Berlin", "2026-01-01 12:00:00.250"), "2026-01-01T11:00:00.250Z");
  EXPECT_EQ(moment("Europe/London", "2026-10-25 01:30"), "2026-10-25T00:30:00.000Z") << "the first of two";
  EXPECT_EQ(moment("Europe/London", "2026-03-29 01:30"), "2026-03-29T01:00:00.000Z") << "it never came";
  EXPECT_EQ(moment("Nowhere/Atall", "2026-07-01 12:00"), "2026-07-01T12:00:00.000Z");
}

TEST(TypedTime, OfAnHourThatNeverCameIsRefused) {
  for (const char* text : {"2026-03-29 01:00", "2026-03-29 01:30", "2026-03-29T01:59:59"})
    EXPECT_EQ(read(text), "refused") << text;
  EXPECT_EQ(read("2026-03-29 00:59"), "2026-03-29T00:59:00.000Z");
  EXPECT_EQ(read("2026-03-29 02:00"), "2026-03-29T01:00:00.000Z");
  EXPECT_EQ(read("2026-03-29 01:30Z"), "2026-03-29T01:30:00.000Z") << "it says its offset";
}

TEST(TypedTime, OfAnHourThatCameTwiceIsAskedForWithItsOffset) {
  const auto typed = read_typed_time("Europe/London", "2026-10-25 01:30");
  ASSERT_FALSE(typed);
  EXPECT_EQ(typed.error().code, Code::kInvalid);
  EXPECT_EQ(
      typed.error().hint,
      "write 2026-10-25T01:30:00+01:00 for the first of the two, 2026-10-25T01:30:00+00:00 for the second");
  EXPECT_EQ(read("2026-10-25T01:30:00+01:00"), "2026-10-25T00:30:00.000Z");
  EXPECT_EQ(read("2026-10-25T01:30:00+00:00"), "2026-10-25T01:30:00.000Z");
}

TEST(TypedTime, OfADayWhoseMidnightTheClocksLeaveOutIsTheFirstMomentOfIt) {
  EXPECT_EQ(read("2026-04-24", "Africa/Cairo"), "2026-04-23T22:00:00.000Z day");
}

TEST(TypedTime, ThatIsNoneIsRefused) {
  for (const char* text : {"", "yesterday", "2026-02-30", "2026-13-01 10:00", "12:00", "2026-03-03 25:00"})
    EXPECT_EQ(read(text), "refused") << text;
}

}  // namespace
}  // namespace muniment::app
