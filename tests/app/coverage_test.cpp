#include "app/coverage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/harvest.hpp"
#include "app/sources.hpp"
#include "app/status.hpp"
#include "base/time.hpp"
#include "support/fake_transport.hpp"
#include "support/town_archive.hpp"

namespace muniment::app {
namespace {

using support::TownArchive;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kFeed[] = "https://blog.wexcombe.example/feed";
constexpr char kPage[] =
    "<rss version=\"2.0\"><channel><title>Town</title><item><guid>https://blog.wexcombe.example/1</guid>"
    "<title>One</title><pubDate>Mon, 03 Nov 2025 10:00:00 GMT</pubDate></item><item>"
    "<guid>https://blog.wexcombe.example/2</guid><title>Two</title>"
    "<pubDate>Tue, 24 Feb 2026 10:00:00 GMT</pubDate></item></channel></rss>";

class CoverageOf : public testing::Test {
 protected:
  CoverageOf() {
    web.serve(kFeed, 200, kPage);
    const auto name = add_source(*town, {"town-feed", "feed", kFeed, false, "clerk"});
    EXPECT_TRUE(name) << name.error().what;
  }
  void harvest_at(const std::string& time) {
    town.at(time);
    HarvestWishes wishes;
    wishes.transport = &web;
    const auto outcomes = harvest(*town, wishes);
    EXPECT_TRUE(outcomes) << outcomes.error().what;
  }
  void goes_down() {
    web.forget(kFeed);
    web.fail(kFeed, {Code::kUnavailable, "the site could not be reached", {}});
  }
  void comes_back() {
    web.forget(kFeed);
    web.serve(kFeed, 200, kPage);
  }
  CoverageStory story(const std::string& from = {}, const std::string& to = {}) {
    const auto answer = coverage(*town, {"town-feed", from, to});
    EXPECT_TRUE(answer) << answer.error().what;
    return answer ? answer->sources.at(0) : CoverageStory{};
  }
  std::vector<std::string> alarms() {
    std::vector<std::string> out;
    const auto now = status(*town);
    EXPECT_TRUE(now) << now.error().what;
    for (const auto& alarm : now->alarms) out.push_back(alarm.kind + ": " + alarm.words);
    return out;
  }
  std::size_t note() {
    const auto noted = note_gaps(*town);
    EXPECT_TRUE(noted) << noted.error().what;
    return noted.value_or(0);
  }
  static std::string text(base::Time time) { return base::to_rfc3339(time); }
  // A poll as a later version may record it, with what became of its credential.
  void poll_with_credential(const std::string& time, const std::string& outcome, const std::string& state,
                            const std::string& expires = {}) {
    town.at(time);
    records::BodyBuilder body;
    body.add("source", "town-feed").add("started", time).add("finished", time).add("outcome", outcome);
    body.add("credential", "town-key").add("credential.state", state).add("credential.expires", expires);
    town.add(ledger::kind::kCoverage, body.build());
  }

  TownArchive town;
  support::FakeTransport web{town.clock};
};

TEST_F(CoverageOf, SaysFromWhenToWhenItWasCapturedAndHowFarBack) {
  harvest_at("2026-03-01T09:00:00Z");
  harvest_at("2026-03-02T09:00:00Z");
  const auto told = story();
  ASSERT_THAT(told.spans, SizeIs(1));
  EXPECT_EQ(text(told.spans[0].from), "2026-03-01T09:00:00.000Z");
  EXPECT_EQ(text(told.spans[0].to).substr(0, 16), "2026-03-02T09:00");
  EXPECT_THAT(told.gaps, IsEmpty());
  EXPECT_EQ(told.sums.polls, 2U);
  EXPECT_EQ(told.sums.fresh, 2U);
  EXPECT_EQ(told.first_complete, "2026-03-01T09:00:00.000Z");
  EXPECT_EQ(told.oldest, "2025-11-03T10:00:00.000Z");
}

TEST_F(CoverageOf, AnswersForOneDay) {
  harvest_at("2026-03-01T09:00:00Z");
  harvest_at("2026-03-05T09:00:00Z");
  town.at("2026-03-05T12:00:00Z");
  const auto third = story("2026-03-03", "2026-03-03");
  EXPECT_THAT(third.spans, IsEmpty());
  ASSERT_THAT(third.gaps, SizeIs(1));
  EXPECT_EQ(text(third.gaps[0].gap.from), "2026-03-03T00:00:00.000Z");
  EXPECT_EQ(text(third.gaps[0].gap.to), "2026-03-04T00:00:00.000Z");
  EXPECT_FALSE(third.gaps[0].gap.open);
  EXPECT_EQ(third.gaps[0].gap.cause, collect::GapCause::kNotPolled);
  EXPECT_EQ(third.sums.polls, 0U);
  EXPECT_THAT(story("2026-03-01", "2026-03-01").spans, SizeIs(1));
}

TEST_F(CoverageOf, CountsThePollsOfTheTimeAskedAbout) {
  for (const char* day : {"01", "02", "03", "04"}) harvest_at("2026-03-" + std::string(day) + "T09:00:00Z");
  town.at("2026-03-04T12:00:00Z");
  const auto two = story("2026-03-02", "2026-03-03");
  ASSERT_THAT(two.spans, SizeIs(1));
  EXPECT_EQ(two.spans[0].polls, 2U);
  EXPECT_EQ(two.sums.polls, 2U);
  const auto between = story("2026-03-02 10:00", "2026-03-02 12:00");
  ASSERT_THAT(between.spans, SizeIs(1));
  EXPECT_EQ(between.spans[0].polls, 0U);
}

TEST_F(CoverageOf, ADayToComeAsksUntilNow) {
  harvest_at("2026-03-01T09:00:00Z");
  const auto answer = coverage(*town, {"town-feed", {}, "9999-12-31"});
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(text(answer->to), text(town.clock.now()));
}

TEST_F(CoverageOf, ANameThatIsGivenToAnotherAddressTellsOfEachWhatIsTrueOfIt) {
  constexpr char kParish[] = "https://parish.wexcombe.example/feed";
  harvest_at("2026-03-01T09:00:00Z");
  ASSERT_TRUE(change_source(*town, "town-feed", SourceChange::kRemove, "clerk"));
  town.at("2026-03-01T10:00:00Z");
  ASSERT_TRUE(add_source(*town, {"town-feed", "feed", kParish, false, "clerk"}));
  const auto before = story();
  EXPECT_EQ(before.first_complete, "") << "the parish was never captured";
  ASSERT_THAT(before.earlier, SizeIs(1));
  EXPECT_EQ(before.earlier[0].url, kFeed);
  EXPECT_EQ(text(before.earlier[0].to).substr(0, 16), "2026-03-01T10:00");
  EXPECT_EQ(status(*town)->sources.at(0).last_good, "");
  web.serve(kParish, 200, kPage);
  harvest_at("2026-03-01T11:00:00Z");
  const auto after = story();
  ASSERT_THAT(after.spans, SizeIs(2));
  EXPECT_EQ(after.first_complete, "2026-03-01T11:00:00.000Z");
  EXPECT_EQ(after.sums.polls, 1U);
  EXPECT_EQ(after.sums.fresh, 0U) << "the parish repeats what the town said";
  ASSERT_THAT(after.earlier, SizeIs(1));
  EXPECT_EQ(after.earlier[0].sums.polls, 1U);
  EXPECT_EQ(after.earlier[0].sums.fresh, 2U);
  EXPECT_THAT(story("2026-03-01 10:30", "2026-03-01 12:00").earlier, IsEmpty());
}

TEST_F(CoverageOf, NamesTheCauseOfAGapAndWhatTheLastPollSaid) {
  harvest_at("2026-03-01T09:00:00Z");
  goes_down();
  harvest_at("2026-03-02T09:00:00Z");
  harvest_at("2026-03-03T09:00:00Z");
  const auto told = story();
  ASSERT_THAT(told.gaps, SizeIs(1));
  EXPECT_TRUE(told.gaps[0].gap.open);
  EXPECT_EQ(told.gaps[0].gap.cause, collect::GapCause::kFailing);
  EXPECT_EQ(told.gaps[0].gap.failed, 2U);
  EXPECT_THAT(told.gaps[0].error, HasSubstr("could not be reached"));
  EXPECT_EQ(told.sums.failed, 2U);
}

TEST_F(CoverageOf, ARefusedCredentialIsACauseOfItsOwn) {
  harvest_at("2026-03-01T09:00:00Z");
  poll_with_credential("2026-03-03T09:00:00.000Z", "failed", "refused");
  const auto told = story();
  ASSERT_THAT(told.gaps, SizeIs(1));
  EXPECT_EQ(told.gaps[0].gap.cause, collect::GapCause::kCredential);
  EXPECT_EQ(told.credential, "town-key");
  EXPECT_EQ(told.credential_state, "refused");
}

TEST_F(CoverageOf, AGapIsNotedOnceWhileItIsOpenAndOnceWhenItHasEnded) {
  harvest_at("2026-03-01T09:00:00Z");
  EXPECT_EQ(note(), 0U);
  town.at("2026-03-03T09:00:00Z");
  EXPECT_EQ(note(), 1U);
  EXPECT_EQ(note(), 0U);
  const auto open = town->reader().head()->size - 1;
  EXPECT_EQ(town->reader().entry(open)->kind, "gap");
  EXPECT_EQ(town.field(open, "cause"), "not-polled");
  EXPECT_EQ(town.field(open, "to"), "");
  EXPECT_EQ(town.field(open, "quiet.after.hours"), "26");
  EXPECT_EQ(story().gaps.at(0).entry, open);
  harvest_at("2026-03-04T09:00:00Z");
  EXPECT_EQ(town.count("gap"), 2U) << "the harvest that ended it notes that";
  const auto closed = story().gaps.at(0).entry;
  EXPECT_NE(closed, open);
  EXPECT_EQ(town.field(closed, "to"), "2026-03-04T09:00:00.000Z");
  EXPECT_EQ(town.field(closed, "of"), ledger::citation(open, *town->reader().leaf(open)));
  EXPECT_EQ(note(), 0U);
  ASSERT_TRUE(town->renew_index());
  EXPECT_EQ(note(), 0U) << "an index made anew notes nothing again";
}

TEST_F(CoverageOf, TwoProcessesNoteAGapOnce) {
  harvest_at("2026-03-01T09:00:00Z");
  town.at("2026-03-03T09:00:00Z");
  auto other = Archive::open(town.path(), Access::kWrite, {town.clock, town.entropy});
  ASSERT_TRUE(other);
  EXPECT_EQ(note(), 1U);
  EXPECT_EQ(note_gaps(*other).value_or(9), 0U);
}

TEST_F(CoverageOf, APauseIsAGapWithThatCause) {
  harvest_at("2026-03-01T09:00:00Z");
  town.at("2026-03-01T10:00:00Z");
  ASSERT_TRUE(change_source(*town, "town-feed", SourceChange::kPause, "clerk"));
  town.at("2026-03-06T10:00:00Z");
  const auto told = story();
  ASSERT_THAT(told.gaps, SizeIs(2));
  EXPECT_EQ(told.gaps[1].gap.cause, collect::GapCause::kPaused);
  EXPECT_THAT(alarms(), IsEmpty()) << "somebody decided that";
}

TEST_F(CoverageOf, APolicySaysHowLongASourceMayBeSilent) {
  harvest_at("2026-03-01T09:00:00Z");
  town.at("2026-03-03T09:00:00Z");
  EXPECT_THAT(alarms(), ElementsAre(HasSubstr("silent: nobody has polled it for 2 days")));
  ASSERT_TRUE(change_watch_policy(
      *town, "town-feed",
      [&](const auto&) {
        return WatchPolicy{std::chrono::hours{72}, collect::kWarnBefore};
      },
      "clerk"));
  EXPECT_THAT(alarms(), IsEmpty());
  EXPECT_THAT(story().gaps, IsEmpty());
  EXPECT_EQ(list_sources(*town)->at(0).state, index::SourceRow::State::kActive);
  const auto nobody = change_watch_policy(
      *town, "nobody", [&](const auto&) { return WatchPolicy{}; }, "clerk");
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().code, Code::kNotFound);
}

TEST_F(CoverageOf, APolicyLeavesAPausedSourcePaused) {
  ASSERT_TRUE(change_source(*town, "town-feed", SourceChange::kPause, "clerk"));
  ASSERT_TRUE(change_watch_policy(
      *town, "town-feed", [&](const auto&) { return WatchPolicy{}; }, "clerk"));
  EXPECT_EQ(list_sources(*town)->at(0).state, index::SourceRow::State::kPaused);
}

TEST_F(CoverageOf, ASourceThatIsNewOrResumedIsNotSilentAtOnce) {
  town.at("2026-03-02T08:00:00Z");
  EXPECT_THAT(alarms(), IsEmpty());
  ASSERT_TRUE(change_source(*town, "town-feed", SourceChange::kPause, "clerk"));
  town.at("2026-04-02T08:00:00Z");
  ASSERT_TRUE(change_source(*town, "town-feed", SourceChange::kResume, "clerk"));
  EXPECT_THAT(alarms(), IsEmpty());
  town.at("2026-04-03T10:30:00Z");
  EXPECT_THAT(alarms(), ElementsAre(HasSubstr("silent: nobody has polled it for 26 hours")));
}

TEST_F(CoverageOf, APollThatAWrongClockPutIntoTheFutureKeepsNoAlarmBack) {
  harvest_at("2036-03-01T09:00:00Z");
  town.at("2026-03-05T09:00:00Z");
  EXPECT_THAT(alarms(), ElementsAre(HasSubstr("wrong-clock: the newest entry is dated 2036-03-01"),
                                    HasSubstr("silent: nobody has polled it for 4 days")));
}

TEST_F(CoverageOf, AFailingSourceIsAnAlarmThatSaysWhatWasSaid) {
  harvest_at("2026-03-01T09:00:00Z");
  goes_down();
  harvest_at("2026-03-02T09:00:00Z");
  EXPECT_THAT(alarms(), IsEmpty()) << "one bad poll is no alarm";
  harvest_at("2026-03-04T09:00:00Z");
  ASSERT_THAT(alarms(), SizeIs(1));
  EXPECT_THAT(alarms()[0], HasSubstr("failing: no poll of it has come to its end for"));
  EXPECT_THAT(alarms()[0], HasSubstr("2 were tried"));
  EXPECT_THAT(alarms()[0], HasSubstr("could not be reached"));
  comes_back();
  harvest_at("2026-03-04T10:00:00Z");
  EXPECT_THAT(alarms(), IsEmpty());
}

TEST_F(CoverageOf, ACredentialThatWasRefusedOrEndsSoonIsAnAlarm) {
  poll_with_credential("2026-03-01T09:00:00.000Z", "partial", "refused");
  EXPECT_THAT(alarms(), ElementsAre(HasSubstr("credential-refused")));
  poll_with_credential("2026-03-01T10:00:00.000Z", "complete", "accepted", "2026-03-20T00:00:00Z");
  EXPECT_THAT(alarms(), IsEmpty());
  poll_with_credential("2026-03-08T10:00:00.000Z", "complete", "accepted", "2026-03-20T00:00:00Z");
  EXPECT_THAT(alarms(), ElementsAre(HasSubstr("credential-ending: its credential ends in 11 days")));
  poll_with_credential("2026-03-21T10:00:00.000Z", "complete", "accepted", "2026-03-20T00:00:00Z");
  EXPECT_THAT(alarms(), ElementsAre(HasSubstr("its credential ended on 2026-03-20")));
  EXPECT_THAT(status(*town)->alarms.at(0).hint, HasSubstr("renew the credential, then"));
}

TEST_F(CoverageOf, ACredentialThatWasRefusedIsNoAlarmOfASourceThatIsAddedAnew) {
  poll_with_credential("2026-03-01T09:00:00.000Z", "failed", "refused");
  ASSERT_THAT(alarms(), SizeIs(1));
  ASSERT_TRUE(change_source(*town, "town-feed", SourceChange::kRemove, "clerk"));
  town.at("2026-03-01T10:00:00Z");
  ASSERT_TRUE(add_source(*town, {"town-feed", "feed", kFeed, false, "clerk"}));
  EXPECT_THAT(alarms(), IsEmpty());
}

TEST_F(CoverageOf, WhatCannotBeAskedIsRefused) {
  EXPECT_EQ(coverage(*town, {"nobody", {}, {}}).error().code, Code::kNotFound);
  EXPECT_EQ(coverage(*town, {{}, "tomorrow", {}}).error().code, Code::kInvalid);
  EXPECT_EQ(coverage(*town, {{}, "2026-03-05", "2026-03-01"}).error().code, Code::kInvalid);
}

}  // namespace
}  // namespace muniment::app
