#include "app/follow.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/coverage.hpp"
#include "app/harvest.hpp"
#include "app/sources.hpp"
#include "app/status.hpp"
#include "app/turn.hpp"
#include "base/time.hpp"
#include "support/fake_many.hpp"
#include "support/fake_transport.hpp"
#include "support/many_hosts_server.hpp"
#include "support/town_archive.hpp"

namespace muniment::app {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Le;
using testing::SizeIs;

std::string feed_with(const std::string& host, int items = 1) {
  std::string out = "<rss version=\"2.0\"><channel><title>Town</title>";
  for (int i = 0; i < items; ++i)
    out += "<item><guid>https://" + host + "/" + std::to_string(i) +
           "</guid><title>One</title><pubDate>Mon, 03 Nov 2025 10:00:00 GMT</pubDate></item>";
  return out + "</channel></rss>";
}

// A scripted world: time passes only where the follower waits.
class Followed : public testing::Test {
 protected:
  static std::string url(const std::string& name) { return "https://" + name + ".example/feed"; }
  void add(const std::string& name) {
    const auto added = add_source(*town, {name, "feed", url(name), false, "clerk"});
    EXPECT_TRUE(added) << added.error().what;
  }
  void serve(const std::string& name) { web.serve(url(name), 200, feed_with(name + ".example")); }
  void goes_down(const std::string& name) {
    web.forget(url(name));
    web.fail(url(name), {Code::kUnavailable, name + " could not be reached", {}});
  }
  void comes_back(const std::string& name) {
    web.forget(url(name));
    serve(name);
  }
  void watch(const std::string& name, const WatchPolicy& policy) {
    const auto set = change_watch_policy(
        *town, name, [&](const auto&) { return policy; }, "clerk");
    EXPECT_TRUE(set) << set.error().what;
  }
  WatchPolicy every(minutes interval) {
    WatchPolicy policy;
    policy.every = interval;
    return policy;
  }
  void at(milliseconds after, std::function<void()> event) {
    events.emplace(began + after, std::move(event));
  }
  void follow_for(milliseconds length) {
    began = town.clock.now();
    at_once_stop = false;
    many.meanwhile = [this, end = began + length] {
      while (!events.empty() && events.begin()->first <= town.clock.now()) {
        const auto event = events.extract(events.begin());
        event.mapped()();
      }
      if (town.clock.now() >= end) at_once_stop = true;
    };
    wishes.stop = &at_once_stop;
    wishes.transport = &many;
    wishes.ended = [this](const collect::PollOutcome& poll) { polls.push_back(poll); };
    const auto followed = follow(*town, wishes);
    EXPECT_TRUE(followed) << followed.error().what;
  }
  std::vector<base::Time> asked(const std::string& name) const {
    std::vector<base::Time> out;
    for (const auto& [when, address] : many.sent)
      if (address == url(name)) out.push_back(when);
    return out;
  }
  std::vector<milliseconds> gaps(const std::string& name) const {
    const auto times = asked(name);
    std::vector<milliseconds> out;
    for (std::size_t i = 1; i < times.size(); ++i) out.push_back(times[i] - times[i - 1]);
    return out;
  }
  CoverageStory story(const std::string& name) {
    const auto answer = coverage(*town, {name, {}, {}});
    EXPECT_TRUE(answer) << answer.error().what;
    return answer ? answer->sources.at(0) : CoverageStory{};
  }

  support::TownArchive town;
  support::FakeTransport web{town.clock};
  support::FakeMany many{web, town.clock};
  std::multimap<base::Time, std::function<void()>> events;
  base::Time began = town.clock.now();
  std::atomic<bool> at_once_stop{false};
  FollowWishes wishes;
  std::vector<collect::PollOutcome> polls;
};

TEST_F(Followed, EachSourceIsPolledAtItsOwnInterval) {
  for (const auto* name : {"quick", "slow"}) add(name), serve(name);
  watch("quick", every(minutes{15}));
  follow_for(hours{3});
  EXPECT_THAT(asked("quick"), SizeIs(AllOf(Ge(11U), Le(14U))));
  EXPECT_THAT(gaps("quick"), Each(AllOf(Ge(minutes{13}), Le(minutes{18}))));
  EXPECT_THAT(asked("slow"), SizeIs(AllOf(Ge(3U), Le(4U))));
  for (const auto& poll : polls) EXPECT_EQ(poll.outcome, collect::Outcome::kComplete);
  EXPECT_EQ(town.count("capture"), 2U);
  EXPECT_EQ(town->checkpointed(), town->reader().head()->size) << "all of it is signed";
}

TEST_F(Followed, StartedAnewItGoesOnWhereTheLedgerEnds) {
  add("town"), serve("town");
  watch("town", every(minutes{30}));
  for (int i = 0; i < 8; ++i) {
    follow_for(minutes{10});
    town.close();
    town.clock.advance(minutes{2});
  }
  EXPECT_THAT(asked("town"), SizeIs(AllOf(Ge(3U), Le(4U)))) << "a restart is no reason to ask";
  EXPECT_THAT(gaps("town"), Each(Ge(minutes{26})));
}

TEST_F(Followed, WhatAnotherProgramDoesIsNoticedWithinAMinute) {
  add("first"), serve("first"), serve("second");
  watch("first", every(minutes{5}));
  at(minutes{61}, [this] {
    auto other = Archive::open(town.path(), Access::kWrite, {town.clock, town.entropy}).value();
    EXPECT_TRUE(add_source(other, {"second", "feed", url("second"), false, "clerk"}));
    EXPECT_TRUE(change_source(other, "first", SourceChange::kPause, "clerk"));
  });
  at(minutes{121}, [this] {
    auto other = Archive::open(town.path(), Access::kWrite, {town.clock, town.entropy}).value();
    EXPECT_TRUE(change_source(other, "first", SourceChange::kResume, "clerk"));
  });
  follow_for(hours{3});
  ASSERT_FALSE(asked("second").empty());
  EXPECT_LE(asked("second").front() - began, minutes{62});
  for (const auto when : asked("first"))
    EXPECT_FALSE(when > began + minutes{62} && when < began + minutes{121}) << "it was paused";
  EXPECT_GE(asked("first").back(), began + minutes{121});
}

TEST_F(Followed, WhatAnotherProgramPausedAMomentAgoIsNotAsked) {
  constexpr seconds kBetweenTwoLooks{10};
  town.clock.advance(kBetweenTwoLooks);
  add("town"), serve("town");
  town.clock.advance(-kBetweenTwoLooks);
  at(kBetweenTwoLooks / 2, [this] {
    auto other = Archive::open(town.path(), Access::kWrite, {town.clock, town.entropy}).value();
    EXPECT_TRUE(change_source(other, "town", SourceChange::kPause, "clerk"));
  });
  follow_for(minutes{10});
  EXPECT_THAT(asked("town"), IsEmpty());
}

TEST_F(Followed, AClockThatIsSetBackKeepsNothingWaiting) {
  add("town"), serve("town");
  watch("town", every(minutes{30}));
  const auto back = began + minutes{61} - hours{6};
  at(minutes{61}, [this] {
    town.clock.advance(-hours{6});
    auto other = Archive::open(town.path(), Access::kWrite, {town.clock, town.entropy}).value();
    EXPECT_TRUE(add_source(other, {"second", "feed", url("second"), false, "clerk"}));
    serve("second");
  });
  follow_for(hours{2});
  for (const auto* name : {"town", "second"}) {
    const auto times = asked(name);
    const auto soon = std::ranges::count_if(
        times, [&](base::Time when) { return when >= back && when <= back + minutes{10}; });
    EXPECT_GE(soon, 1) << name;
  }
  EXPECT_THAT(gaps("town"), Each(Le(minutes{36})));
}

TEST_F(Followed, AnEntryThatAWrongClockDatedIntoTheFutureKeepsNoSourceFromBeingPolled) {
  town.at("2036-03-01T08:00:00Z");
  records::BodyBuilder body;
  body.add("source", "nobody").add("from", "2036-03-01T08:00:00Z");
  town.add(ledger::kind::kGap, body.build());
  town.at("2026-03-01T09:00:00Z");
  add("town"), serve("town");
  watch("town", every(minutes{30}));
  follow_for(hours{3});
  EXPECT_THAT(asked("town"), SizeIs(AllOf(Ge(5U), Le(7U)))) << "at its interval";
  const auto now = status(*town);
  ASSERT_TRUE(now);
  ASSERT_THAT(now->alarms, SizeIs(1));
  EXPECT_EQ(now->alarms[0].kind, "wrong-clock");
  EXPECT_THAT(now->alarms[0].words, HasSubstr("2036-03-01 08:00:00"));
}

TEST_F(Followed, OnlyThoseThatWereNamed) {
  for (const auto* name : {"one", "two"}) add(name), serve(name);
  wishes.sources = {"two"};
  follow_for(minutes{5});
  EXPECT_THAT(asked("one"), IsEmpty());
  EXPECT_THAT(asked("two"), SizeIs(1));
  wishes.sources = {"three"};
  EXPECT_EQ(follow(*town, wishes).error().code, Code::kNotFound);
}

TEST_F(Followed, ASourceThatIsDownIsAskedLessAndLessAndAtItsIntervalWhenItIsBack) {
  add("town"), goes_down("town");
  watch("town", every(minutes{10}));
  at(hours{5}, [this] { comes_back("town"); });
  follow_for(hours{14});
  const auto failed = std::ranges::count_if(
      polls, [](const auto& poll) { return poll.outcome == collect::Outcome::kFailed; });
  EXPECT_GE(failed, 4);
  EXPECT_LE(failed, 6) << "after 20, 40, 80, 160 minutes";
  EXPECT_GE(polls.size() - static_cast<std::size_t>(failed), 20U);
}

TEST_F(Followed, RetryAfterIsKeptAlsoAcrossARestart) {
  add("town");
  web.serve(url("town"), 429, "", {{"Retry-After", "10800"}});
  watch("town", every(minutes{10}));
  follow_for(hours{1});
  EXPECT_THAT(asked("town"), SizeIs(1));
  town.close();
  comes_back("town");
  follow_for(hours{3});
  ASSERT_THAT(asked("town"), SizeIs(Ge(2U)));
  EXPECT_GE(gaps("town").front(), seconds{10'800});
  EXPECT_LE(gaps("town").front(), seconds{10'800} + minutes{2});
}

TEST_F(Followed, ABudgetIsKeptAndSaidPlainly) {
  town.at("2026-03-01T10:10:00Z");
  add("town"), serve("town");
  auto policy = every(minutes{10});
  policy.requests = Budget{5, Budget::Per::kDay};
  policy.quiet_after = hours{2};
  watch("town", policy);
  follow_for(hours{1});
  town.close();
  follow_for(hours{4});
  EXPECT_THAT(asked("town"), SizeIs(5)) << "also across a restart";
  const auto told = story("town");
  ASSERT_THAT(told.gaps, SizeIs(1));
  EXPECT_EQ(told.gaps[0].gap.cause, collect::GapCause::kBudget);
  EXPECT_THAT(told.gaps[0].error, HasSubstr("the budget of 5 requests a day is used up"));
  EXPECT_EQ(told.gaps[0].gap.failed, 1U) << "one entry says it, not one a look";
  const auto now = status(*town);
  ASSERT_TRUE(now);
  ASSERT_THAT(now->alarms, SizeIs(1));
  EXPECT_EQ(now->alarms[0].kind, "budget");
  EXPECT_THAT(now->alarms[0].words, HasSubstr("is used up until 2026-03-02 00:00:00"));
  EXPECT_GE(town.count("gap"), 1U);

  // Given more, it is polled again at once; a blocking harvest keeps the budget too.
  HarvestWishes once;
  once.transport = &web;
  web.forget_asked();
  auto outcomes = harvest(*town, once);
  ASSERT_TRUE(outcomes);
  EXPECT_EQ(outcomes->at(0).budget, "5 requests a day");
  EXPECT_THAT(web.asked(), IsEmpty());
  policy.requests = Budget{7, Budget::Per::kDay};
  watch("town", policy);
  follow_for(hours{1});
  EXPECT_THAT(asked("town"), SizeIs(7));

  // The next day it begins anew.
  town.at("2026-03-02T00:00:00Z");
  follow_for(minutes{50});
  EXPECT_THAT(asked("town"), SizeIs(AllOf(Ge(11U), Le(12U))));
}

TEST_F(Followed, StoppedItDropsWhatIsOnItsWayAndLeavesEverythingSigned) {
  for (const auto* name : {"one", "two", "three"}) add(name), serve(name);
  many.takes = minutes{2};
  follow_for(seconds{30});
  EXPECT_EQ(many.dropped, 3U);
  ASSERT_THAT(polls, SizeIs(3));
  for (const auto& poll : polls) {
    EXPECT_TRUE(poll.interrupted);
    EXPECT_EQ(poll.outcome, collect::Outcome::kPartial);
  }
  EXPECT_EQ(town.count("coverage"), 3U);
  EXPECT_EQ(town->checkpointed(), town->reader().head()->size);
}

TEST_F(Followed, OneAtATimeFollowsAnArchiveAndOnePollsASource) {
  add("town"), serve("town");
  {
    const auto turn = Turn::to_follow(town->layout());
    ASSERT_TRUE(turn);
    EXPECT_EQ(follow(*town, wishes).error().code, Code::kConflict);
  }
  {
    const auto turn = Turn::to_poll(town->layout(), "town");
    ASSERT_TRUE(turn);
    EXPECT_TRUE(Turn::to_poll(town->layout(), "another"));
    follow_for(minutes{5});
    EXPECT_THAT(asked("town"), IsEmpty());
    HarvestWishes once;
    once.transport = &web;
    std::vector<std::string> remarks;
    once.remark = [&](const std::string& remark) { remarks.push_back(remark); };
    EXPECT_THAT(harvest(*town, once).value(), IsEmpty());
    EXPECT_THAT(remarks, testing::ElementsAre("town was not asked: another program is polling it"));
    once.sources = {"town"};
    EXPECT_EQ(harvest(*town, once).error().code, Code::kUnavailable);
  }
  follow_for(minutes{5});
  EXPECT_THAT(asked("town"), SizeIs(1));
}

TEST_F(Followed, AlarmsAreToldOnceAndAgainTheNextDay) {
  add("town"), goes_down("town");
  auto policy = every(hours{1});
  policy.quiet_after = hours{2};
  watch("town", policy);
  const auto file = (town.folder / "told").string();
  wishes.notify_command = "cat >> '" + file + "'; echo END >> '" + file + "'";
  follow_for(hours{28});
  const auto told = support::contents(file);
  EXPECT_THAT(told, HasSubstr("Wexcombe Harbour Town Council"));
  EXPECT_THAT(told, HasSubstr("ALARM  town: no poll of it has come to its end for 2 hours"));
  const auto first = told.find("END");
  EXPECT_NE(told.find("END", first + 1), std::string::npos) << told;
  EXPECT_EQ(told.find("END", first + 1), told.rfind("END")) << told;
  EXPECT_GE(town.count("gap"), 1U) << "the gap is noted while it goes on";
}

TEST_F(Followed, FiguresAreWrittenForPrometheus) {
  add("town"), serve("town");
  wishes.metrics = town.folder / "muniment.prom";
  follow_for(minutes{2});
  const auto text = support::contents(wishes.metrics);
  for (const auto* line :
       {"# TYPE muniment_polls_total counter\n", "muniment_polls_total{outcome=\"complete\"} 1\n",
        "muniment_requests_total 1\n", "muniment_items_total{kind=\"new\"} 1\n",
        "muniment_polls_under_way 0\n", "muniment_sources{state=\"active\"} 1\n",
        "muniment_source_failures_in_a_row{source=\"town\"} 0\n",
        "muniment_source_budget_used_up{source=\"town\"} 0\n"})
    EXPECT_THAT(text, HasSubstr(line));
  EXPECT_THAT(text, testing::Not(HasSubstr("muniment_source_last_complete_seconds{source=\"town\"} 0\n")));
}

TEST_F(Followed, MetricsThatCannotBeWrittenAreRemarkedUponAndDoNotEndIt) {
  add("town"), serve("town");
  std::vector<std::string> remarks;
  wishes.metrics = town.folder / "absent" / "muniment.prom";
  wishes.remark = [&](const std::string& what) { remarks.push_back(what); };
  follow_for(minutes{2});
  EXPECT_THAT(asked("town"), SizeIs(1));
  EXPECT_THAT(remarks, Contains(HasSubstr("the metrics were not written")));
}

TEST_F(Followed, WhileNothingIsDueItSleeps) {
  add("town"), serve("town");
  watch("town", every(hours{24}));
  follow_for(minutes{1});
  const auto before = many.waits;
  follow_for(minutes{10});
  EXPECT_LE(many.waits - before, 10U * 60 + 10) << "it woke more than once a second";
}

// The real network, clock and disk: fifty sites on this machine.
TEST(FollowedOverTheNetwork, FiftySitesAreCapturedEachNoFasterThanItsPace) {
  constexpr unsigned kSites = 50;
  support::ManyHostsServer server([&](const std::string& host, const std::string& path) {
    if (path == "/feed")
      return support::ManyHostsServer::Answer{
          200, "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:" + host +
                   "</id><title>T</title><link rel=\"next\" href=\"/feed/2\"/><entry><id>urn:" + host +
                   ":1</id><title>One</title><updated>2026-01-01T00:00:00Z</updated></entry></feed>"};
    return support::ManyHostsServer::Answer{
        200, "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:" + host +
                 "</id><title>T</title><entry><id>urn:" + host +
                 ":2</id><title>Two</title><updated>2026-01-01T00:00:00Z</updated></entry></feed>"};
  });
  server.start();
  const support::TempFolder folder;
  ASSERT_TRUE(Archive::create(folder / "town",
                              {"wexcombe.example/fifty", "Wexcombe", "Europe/London", "uk-foia", {}}));
  auto archive = Archive::open(folder / "town", Access::kWrite).value();
  for (unsigned i = 0; i < kSites; ++i)
    ASSERT_TRUE(
        add_source(archive, {"site-" + std::to_string(i), "feed", server.url(i, "/feed"), true, "clerk"}));
  std::atomic<bool> stop{false};
  std::set<std::string> complete;
  FollowWishes wishes;
  wishes.stop = &stop;
  wishes.manners.between_on_this_machine = milliseconds{300};
  wishes.ended = [&](const collect::PollOutcome& poll) {
    EXPECT_EQ(poll.outcome, collect::Outcome::kComplete) << testing::PrintToString(poll.errors);
    EXPECT_EQ(poll.counts.fresh, 2U);
    EXPECT_TRUE(complete.insert(poll.source).second) << poll.source << " was polled twice";
    stop = complete.size() == kSites;
  };
  const auto followed = follow(archive, wishes);
  ASSERT_TRUE(followed) << followed.error().what;
  EXPECT_EQ(complete.size(), kSites);
  const auto asked = server.asked();
  EXPECT_EQ(asked.size(), kSites);
  for (const auto& [host, one] : asked) {
    EXPECT_EQ(one.requests, 2U) << host;
    EXPECT_GE(one.fastest, milliseconds{300}) << host;
  }
  EXPECT_EQ(archive.checkpointed(), archive.reader().head()->size);
}

}  // namespace
}  // namespace muniment::app
