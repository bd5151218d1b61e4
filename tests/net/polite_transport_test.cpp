#include "net/polite_transport.hpp"

#include <gtest/gtest.h>

#include "base/time.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"

namespace muniment::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
constexpr char kUrl[] = "https://a.example/1";

class Polite : public testing::Test {
 protected:
  Result<Response> ask(const std::string& url = kUrl, bool allow_private = false) {
    return transport.get({url, {}, allow_private});
  }
  support::FakeClock clock;
  support::FakeTransport web{clock};
  std::atomic<bool> stop{false};
  PoliteTransport transport{web, clock, {}, &stop};
};

TEST_F(Polite, AsksAHostOnceASecond) {
  web.serve(kUrl, 200, "x");
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(ask());
  EXPECT_EQ(clock.slept(), seconds{4});
}

TEST_F(Polite, DoesNotMakeOneHostWaitForAnother) {
  web.serve(kUrl, 200, "x");
  web.serve("https://b.example/", 200, "x");
  EXPECT_TRUE(ask());
  EXPECT_TRUE(ask("https://b.example/"));
  EXPECT_EQ(clock.slept(), milliseconds{0});
}

TEST_F(Polite, DoesNotPauseBetweenRequestsToThisMachine) {
  web.serve("http://127.0.0.1:81/", 200, "x");
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(ask("http://127.0.0.1:81/", true));
  EXPECT_EQ(clock.slept(), milliseconds{0});
}

TEST_F(Polite, AClockSetBackDoesNotStretchThePause) {
  web.serve(kUrl, 200, "x");
  EXPECT_TRUE(ask());
  clock.advance(-std::chrono::hours{30});
  EXPECT_TRUE(ask());
  EXPECT_LE(clock.slept(), minutes{15});
}

TEST_F(Polite, WaitsAsLongAsTheHostAsks) {
  web.serve(kUrl, 429, "", {{"Retry-After", "90"}});
  web.serve(kUrl, 200, "x");
  const auto answer = ask();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(clock.slept(), seconds{90});
}

TEST_F(Polite, UnderstandsRetryAfterAsADate) {
  const auto now = *base::parse_rfc822("Sun, 22 Nov 2026 02:00:00 GMT");
  EXPECT_EQ(retry_after("Sun, 22 Nov 2026 02:00:30 GMT", now), seconds{30});
  EXPECT_EQ(retry_after("Sun, 22 Nov 2026 01:00:00 GMT", now), seconds{0});
  EXPECT_EQ(retry_after("120", now), seconds{120});
  EXPECT_EQ(retry_after("99999999999999999999999", now), seconds{366 * 24 * 3600});
  EXPECT_FALSE(retry_after("", now));
  EXPECT_FALSE(retry_after("-5", now));
  EXPECT_FALSE(retry_after("soon", now));
}

TEST_F(Polite, GivesUpAHostThatAsksForLongerThanPatienceAndSaysWhenToComeBack) {
  web.serve(kUrl, 503, "", {{"Retry-After", "7200"}});
  const auto when = base::to_rfc3339(clock.now() + seconds{7200});
  auto answer = ask();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kUnavailable);
  EXPECT_NE(answer.error().what.find(when), std::string::npos);
  EXPECT_EQ(clock.slept(), milliseconds{0});
  EXPECT_FALSE(ask("https://a.example/2")) << "the host is left alone, whatever the page";
  EXPECT_EQ(web.asked().size(), 1U);
  clock.advance(seconds{7201});
  web.forget(kUrl);
  web.serve(kUrl, 200, "x");
  EXPECT_TRUE(ask());
}

TEST_F(Polite, PatienceIsForTheWholeRun) {
  web.serve(kUrl, 429, "", {{"Retry-After", "400"}});
  EXPECT_FALSE(ask());
  EXPECT_EQ(clock.slept(), seconds{800});
  EXPECT_EQ(web.asked().size(), 3U);
}

TEST_F(Polite, BacksOffDoublingWhenA429NamesNoTime) {
  web.serve(kUrl, 429, "");
  const auto answer = ask();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 429);
  EXPECT_EQ(web.asked().size(), 4U);
  EXPECT_EQ(clock.slept(), seconds{2 + 4 + 8});
}

TEST_F(Polite, RetriesServerErrorsAndTimeoutsThreeTimesAndHandsThemOn) {
  web.fail(kUrl, {Code::kUnavailable, "took too long"});
  web.serve(kUrl, 500, "");
  web.serve(kUrl, 200, "x");
  EXPECT_EQ(ask()->status, 200);
  web.fail("https://b.example/", {Code::kUnavailable, "took too long"});
  EXPECT_EQ(ask("https://b.example/").error().what, "took too long");
  EXPECT_EQ(web.asked().size(), 3U + 4U);
}

TEST_F(Polite, DoesNotRepeatWhatRepeatingCannotMend) {
  web.fail(kUrl, {Code::kDenied, "private"});
  EXPECT_FALSE(ask());
  web.serve("https://a.example/gone", 404, "");
  EXPECT_EQ(ask("https://a.example/gone")->status, 404);
  EXPECT_EQ(web.asked().size(), 2U);
}

TEST_F(Polite, StopsWaitingWhenToldTo) {
  stop = true;
  const auto answer = ask();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kUnavailable);
  EXPECT_TRUE(web.asked().empty());
}

TEST(RateLimit, IsReadHoweverAPlatformSpellsIt) {
  const auto now = *base::parse_rfc3339("2026-11-22T02:00:00Z");
  const auto epoch = std::to_string(std::chrono::duration_cast<seconds>(now.time_since_epoch()).count() + 60);
  EXPECT_EQ(rate_limit_pause({{"X-Rate-Limit-Remaining", "0"}, {"X-Rate-Limit-Reset", epoch}}, false, now),
            seconds{60});
  EXPECT_EQ(
      rate_limit_pause({{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "2026-11-22T02:01:00.5Z"}},
                       false, now),
      milliseconds{60'500});
  EXPECT_EQ(rate_limit_pause({{"x-ratelimit-remaining", "0.0"}, {"x-ratelimit-reset", "240"}}, false, now),
            seconds{240});
  EXPECT_EQ(rate_limit_pause({{"RateLimit-Reset", "30"}}, true, now), seconds{30})
      << "it refused: none is left";
  EXPECT_EQ(rate_limit_pause({{"X-Business-Use-Case-Usage",
                               R"({"17":[{"call_count":100,"estimated_time_to_regain_access":12}]})"}},
                             false, now),
            minutes{12});
  EXPECT_FALSE(rate_limit_pause({{"X-RateLimit-Remaining", "7"}, {"X-RateLimit-Reset", "240"}}, false, now));
  EXPECT_FALSE(rate_limit_pause({{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "soon"}}, false, now));
  EXPECT_FALSE(rate_limit_pause({{"X-RateLimit-Reset", "240"}}, false, now));
  EXPECT_EQ(rate_limit_pause({{"RateLimit-Reset", "99999999999999999"}}, true, now),
            std::chrono::hours{7 * 24});
}

TEST_F(Polite, WaitsForTheResetBeforeTheNextRequestWhenNoneIsLeft) {
  web.serve(kUrl, 200, "last", {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "120"}});
  web.serve(kUrl, 200, "next");
  EXPECT_EQ(ask()->body, "last");
  EXPECT_EQ(clock.slept(), milliseconds{0}) << "this answer is good";
  EXPECT_EQ(ask()->body, "next");
  EXPECT_EQ(clock.slept(), seconds{120});
}

TEST_F(Polite, NamesTheTimeWhenTheResetIsBeyondItsPatience) {
  web.serve(kUrl, 429, "", {{"X-Rate-Limit-Reset", "86400"}});
  const auto answer = ask();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kUnavailable);
  EXPECT_FALSE(ask());
  EXPECT_EQ(web.asked().size(), 1U);
}

}  // namespace
}  // namespace muniment::net
