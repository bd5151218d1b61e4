#include "net/polite_many.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_clock.hpp"
#include "support/fake_many.hpp"
#include "support/fake_transport.hpp"

namespace muniment::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class PoliteToMany : public testing::Test {
 protected:
  void ask(Ticket ticket, const std::string& url, bool allow_private = false) {
    many.send(ticket, {url, {}, allow_private});
  }
  // Everything that arrives until nothing is left to wait for.
  std::map<Ticket, Result<Response>> answers(std::size_t count) {
    std::map<Ticket, Result<Response>> out;
    for (int waits = 0; out.size() < count && waits < 10'000; ++waits)
      for (auto& arrival : many.wait(minutes{10})) out.emplace(arrival.ticket, std::move(arrival.answer));
    return out;
  }
  std::vector<milliseconds> gaps(const std::string& host) const {
    std::vector<milliseconds> out;
    std::optional<base::Time> before;
    for (const auto& [when, url] : inner.sent) {
      if (url.find(host) == std::string::npos) continue;
      if (before) out.push_back(when - *before);
      before = when;
    }
    return out;
  }
  support::FakeClock clock;
  support::FakeTransport web{clock};
  support::FakeMany inner{web, clock};
  PoliteMany many{inner, clock};
};

TEST_F(PoliteToMany, AsksManyHostsAtOnceAndEachOfThemOneByOne) {
  inner.takes = milliseconds{300};
  Ticket ticket = 0;
  for (const auto* host : {"https://a.example/", "https://b.example/", "https://c.example/"})
    for (const auto* page : {"1", "2", "3"}) {
      web.serve(std::string(host) + page, 200, "x");
      ask(++ticket, std::string(host) + page);
    }
  EXPECT_THAT(answers(9), SizeIs(9));
  EXPECT_EQ(inner.most_under_way, 3U);
  for (const auto* host : {"a.example", "b.example", "c.example"}) {
    ASSERT_THAT(gaps(host), SizeIs(2));
    EXPECT_THAT(gaps(host), testing::Each(Ge(milliseconds{1'300}))) << "the pace runs from the answer";
  }
  EXPECT_LT(clock.slept(), seconds{4}) << "no host waits for another";
}

TEST_F(PoliteToMany, AClockThatIsSetBackMakesNoPauseLonger) {
  for (const auto* page : {"https://a.example/1", "https://a.example/2"}) web.serve(page, 200, "x");
  ask(1, "https://a.example/1");
  EXPECT_THAT(answers(1), SizeIs(1));
  clock.advance(-std::chrono::hours{6});
  const auto before = clock.slept();
  ask(2, "https://a.example/2");
  EXPECT_THAT(answers(1), SizeIs(1));
  EXPECT_LE(clock.slept() - before, seconds{2});
}

TEST_F(PoliteToMany, NoMoreThanItsMostAreUnderWay) {
  for (std::size_t i = 0; i < 3 * kMostUnderWay; ++i) {
    const auto url = "https://h" + std::to_string(i) + ".example/";
    web.serve(url, 200, "x");
    ask(i, url);
  }
  EXPECT_THAT(answers(3 * kMostUnderWay), SizeIs(3 * kMostUnderWay));
  EXPECT_EQ(inner.most_under_way, kMostUnderWay);
}

TEST_F(PoliteToMany, AHostThatAsksForAPauseHoldsUpNobodyElse) {
  web.serve("https://a.example/", 429, "", {{"Retry-After", "90"}});
  web.serve("https://a.example/", 200, "now");
  web.serve("https://b.example/", 200, "x");
  ask(1, "https://a.example/");
  ask(2, "https://b.example/");
  EXPECT_THAT(answers(1), SizeIs(1));
  EXPECT_LT(clock.slept(), seconds{1});
  const auto later = answers(1);
  ASSERT_THAT(later, SizeIs(1));
  EXPECT_EQ(later.at(1)->body, "now");
  EXPECT_GE(clock.slept(), seconds{90});
}

TEST_F(PoliteToMany, AHostThatWantsToBeLeftAloneForLongIsClosedForAllInItsLine) {
  web.serve("https://a.example/1", 429, "", {{"Retry-After", "7200"}});
  ask(1, "https://a.example/1");
  ask(2, "https://a.example/2");
  const auto told = answers(2);
  for (const Ticket ticket : {1U, 2U}) {
    ASSERT_FALSE(told.at(ticket));
    EXPECT_THAT(told.at(ticket).error().what, HasSubstr("asked not to be disturbed before"));
  }
  EXPECT_THAT(inner.sent, SizeIs(1)) << "the second was not even asked";
  ASSERT_TRUE(many.closed_until("https://a.example/3"));
  EXPECT_EQ(*many.closed_until("https://a.example/3") - clock.now(), seconds{7200});
  EXPECT_FALSE(many.closed_until("https://b.example/"));
  clock.advance(std::chrono::hours{2});
  web.serve("https://a.example/3", 200, "x");
  ask(3, "https://a.example/3");
  EXPECT_TRUE(answers(1).at(3));
}

TEST_F(PoliteToMany, PatienceIsWholeAgainAfterAGoodAnswer) {
  for (int day = 0; day < 5; ++day) {
    const auto url = "https://a.example/" + std::to_string(day);
    web.serve(url, 429, "", {{"Retry-After", "600"}});
    web.serve(url, 200, "x");
    ask(1, url);
    EXPECT_TRUE(answers(1).at(1)) << "all in all more than the patience of fifteen minutes";
  }
}

TEST_F(PoliteToMany, AFailureIsTriedAgainWithPausesAndThenHandedOn) {
  web.fail("https://a.example/", {Code::kUnavailable, "no connection"});
  ask(1, "https://a.example/");
  const auto told = answers(1);
  ASSERT_FALSE(told.at(1));
  EXPECT_EQ(told.at(1).error().what, "no connection");
  EXPECT_THAT(gaps("a.example"), ElementsAre(Ge(seconds{2}), Ge(seconds{4}), Ge(seconds{8})));
}

TEST_F(PoliteToMany, WhatIsDroppedNeverArrivesAndTheLineGoesOn) {
  for (const auto* page : {"1", "2", "3"}) web.serve(std::string("https://a.example/") + page, 200, page);
  inner.takes = milliseconds{50};
  ask(1, "https://a.example/1");
  ask(2, "https://a.example/2");
  ask(3, "https://a.example/3");
  EXPECT_THAT(many.wait(milliseconds{10}), IsEmpty());
  many.drop(1);  // on its way
  many.drop(2);  // in line
  many.drop(7);  // never heard of
  EXPECT_EQ(inner.dropped, 1U);
  const auto left = answers(1);
  ASSERT_THAT(left, SizeIs(1));
  EXPECT_EQ(left.at(3)->body, "3");
}

TEST_F(PoliteToMany, AnAddressThatIsNoneIsAnsweredAtOnce) {
  ask(1, "gopher://a.example/");
  const auto told = answers(1);
  ASSERT_FALSE(told.at(1));
  EXPECT_EQ(told.at(1).error().code, Code::kInvalid);
  EXPECT_THAT(inner.sent, IsEmpty());
}

}  // namespace
}  // namespace muniment::net
