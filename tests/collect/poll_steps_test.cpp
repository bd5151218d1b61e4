// What the steps say to who drives them; what a poll does with its answers is tested in harvest_test.cpp.
#include "collect/poll_steps.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/harvest.hpp"
#include "support/memory_catalogue.hpp"
#include "support/scripted_poll.hpp"
#include "support/small_ledger.hpp"

namespace muniment::collect {
namespace {

using support::item_url;
using support::kListing;
using testing::HasSubstr;

class Steps : public testing::Test {
 protected:
  void begin() { steps.emplace(source, script, run); }
  Step next() {
    auto step = steps->next();
    EXPECT_TRUE(step) << step.error().what;
    return step ? *std::move(step) : Step{};
  }
  // The next question, which must be for this address.
  void expect_ask(const std::string& url) {
    const auto step = next();
    EXPECT_EQ(step.kind, Step::Kind::kAsk);
    EXPECT_EQ(step.request.url, url);
  }
  void answer(int status, const std::string& body, net::Headers headers = {}) {
    net::Response response;
    response.status = status;
    response.body = body;
    response.headers = std::move(headers);
    response.started = response.finished = town.clock.now();
    EXPECT_TRUE(steps->take(std::move(response)));
  }
  void no_answer(Code code = Code::kUnavailable) { EXPECT_TRUE(steps->take(Error{code, "no connection"})); }
  std::string coverage(std::string_view name) {
    const auto last = town.reader().head()->size - 1;
    EXPECT_EQ(town.reader().entry(last)->kind, ledger::kind::kCoverage);
    return records::bytes_of(town.reader().body(last).value(), name).value_or("");
  }
  void hold(const std::string& listing) {
    begin();
    expect_ask(kListing);
    answer(200, listing);
    EXPECT_EQ(next().kind, Step::Kind::kDone);
    script = support::ScriptedPoll();
    town.clock.advance(std::chrono::hours{1});
  }

  support::SmallLedger town;
  support::MemoryCatalogue catalogue{town.reader()};
  support::ScriptedPoll script;
  SourceSettings source{"town", "town", kListing, false};
  std::atomic<bool> stop{false};
  PollRun run{{town.appender(), town.reader(), catalogue, town.clock}, {}, &stop};
  std::optional<PollSteps> steps;
};

TEST_F(Steps, AskUntilNothingIsLeftAndAreDoneOnceTheCoverageIsWritten) {
  begin();
  expect_ask(kListing);
  answer(200, "a First words\n> https://town.example/list?page=2");
  expect_ask("https://town.example/list?page=2");
  answer(200, "b Second words");
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("outcome"), "complete");
  EXPECT_EQ(coverage("requests"), "2");
  EXPECT_EQ(steps->outcome().counts.fresh, 2U);
  const auto size = town.reader().head()->size;
  EXPECT_EQ(next().kind, Step::Kind::kDone) << "done is done";
  EXPECT_EQ(town.reader().head()->size, size);
}

TEST_F(Steps, WaitOnceBeforeWhatIsGoneIsAskedForAgain) {
  hold("a First words\nb Second words");
  begin();
  expect_ask(kListing);
  answer(200, "");
  for (const auto* id : {"a", "b"}) {
    expect_ask(item_url(id));
    answer(404, "");
  }
  const auto pause = next();
  ASSERT_EQ(pause.kind, Step::Kind::kWait);
  EXPECT_EQ(pause.wait, kBeforeAskingAgain);
  town.clock.advance(pause.wait);
  for (const auto* id : {"a", "b"}) {
    expect_ask(item_url(id));
    answer(404, "");
  }
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(steps->outcome().deleted, 2U);
}

TEST_F(Steps, StoppedWithAQuestionOnItsWayTheyWriteAPartialPoll) {
  begin();
  expect_ask(kListing);
  stop = true;
  no_answer();
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("outcome"), "partial");
  EXPECT_EQ(coverage("errors"), "");
  EXPECT_THAT(coverage("remarks"), HasSubstr("stopped on request"));
}

TEST_F(Steps, StoppedWhileTheyWaitTheyDeleteNothing) {
  hold("a First words");
  begin();
  expect_ask(kListing);
  answer(200, "");
  expect_ask(item_url("a"));
  answer(404, "");
  EXPECT_EQ(next().kind, Step::Kind::kWait);
  stop = true;
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("outcome"), "partial");
  EXPECT_EQ(coverage("missing"), "1");
  EXPECT_EQ(coverage("deleted"), "0");
}

TEST_F(Steps, WithoutAnythingLeftOfABudgetAskNothingAndSayWhy) {
  run.allowance.requests = {0, "2026-12-01T00:00:00.000Z", "300 requests a day"};
  begin();
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("outcome"), "partial") << "it is no fault of the source's";
  EXPECT_EQ(coverage("requests"), "");
  EXPECT_EQ(coverage("budget"), "300 requests a day");
  EXPECT_EQ(coverage("not.before"), "2026-12-01T00:00:00.000Z");
  EXPECT_THAT(coverage("errors"), HasSubstr("the budget of 300 requests a day is used up"));
}

TEST_F(Steps, ThatFailedBeforeABudgetWasUsedUpAreAFailure) {
  run.allowance.requests = {1, "2026-12-01T00:00:00.000Z", "300 requests a day"};
  script.begin_with({kListing, "https://town.example/other"});
  begin();
  expect_ask(kListing);
  answer(503, "!");
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("budget"), "300 requests a day");
  EXPECT_EQ(coverage("outcome"), "failed");
}

TEST_F(Steps, AskOnceMoreAtTheEndForWhatTheHostDidNotAnswer) {
  hold("old-a First words\nold-b Second words");
  begin();
  expect_ask(kListing);
  answer(200, "");
  expect_ask(item_url("old-a"));
  no_answer();
  expect_ask(item_url("old-b"));
  answer(200, "old-b Second words");
  expect_ask(item_url("old-a"));
  answer(200, "old-a Other words");
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("outcome"), "complete");
  EXPECT_EQ(coverage("remarks"), "");
  EXPECT_EQ(coverage("missing"), "0");
  EXPECT_EQ(steps->outcome().counts.changed, 1U);
}

TEST_F(Steps, EndWhereABudgetIsUsedUp) {
  run.allowance.requests = {1, "2026-12-01T00:00:00.000Z", "300 requests a day"};
  begin();
  expect_ask(kListing);
  answer(200, "a First words\n> https://town.example/list?page=2");
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("outcome"), "partial");
  EXPECT_EQ(coverage("new"), "1");
  EXPECT_EQ(coverage("requests"), "1");
  EXPECT_EQ(coverage("budget"), "300 requests a day");
  EXPECT_THAT(coverage("errors"), HasSubstr("1 question was not asked"));
}

TEST_F(Steps, TellThePollWhatALaterOneHasToAsk) {
  const std::string two = "https://town.example/list?page=2", three = "https://town.example/list?page=3";
  const auto listing = "a First words\n> " + two + "\n> " + three;
  run.allowance.requests = {2, "2026-12-01T00:00:00.000Z", "2 requests a day"};
  begin();
  expect_ask(kListing);
  answer(200, listing);
  expect_ask(two);
  answer(500, "");
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("resume"), two + "\n" + three + "\n") << "one had no good answer, one was not asked";

  town.clock.advance(std::chrono::hours{1});
  script = support::ScriptedPoll();
  run.allowance = {};
  begin();
  expect_ask(kListing);
  answer(200, listing);
  expect_ask(two);
  stop = true;
  no_answer();
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("resume"), two + "\n" + three + "\n") << "stopped with a question on its way";

  town.clock.advance(std::chrono::hours{1});
  script = support::ScriptedPoll();
  stop = false;
  begin();
  expect_ask(kListing);
  answer(200, "a First words");
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("resume"), "") << "it was complete";
}

TEST_F(Steps, ABudgetThatSufficesToTheLastQuestionIsNotUsedUp) {
  run.allowance.requests = {1, "2026-12-01T00:00:00.000Z", "300 requests a day"};
  begin();
  expect_ask(kListing);
  answer(200, "a First words");
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("outcome"), "complete");
  EXPECT_EQ(coverage("budget"), "");
}

TEST_F(Steps, ABudgetThatLetsNoMissingItemBeAskedAfterIsUsedUp) {
  hold("a First words");
  run.allowance.requests = {1, "2026-12-01T00:00:00.000Z", "1 requests a day"};
  begin();
  expect_ask(kListing);
  answer(200, "");
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("outcome"), "partial");
  EXPECT_EQ(coverage("budget"), "1 requests a day");
}

TEST_F(Steps, ABudgetThatSufficesForAllThatIsNewLeavesTheRestToTheNextPollAndIsSaid) {
  hold("old1 First words\nold2 Second words\nold3 Third words");
  run.allowance.requests = {2, "2026-12-01T00:00:00.000Z", "2 requests a day"};
  begin();
  expect_ask(kListing);
  answer(200, "a New words");
  expect_ask(item_url("old1"));
  answer(200, "old1 First words");
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("outcome"), "complete");
  EXPECT_EQ(coverage("new"), "1");
  EXPECT_EQ(coverage("errors"), "");
  EXPECT_THAT(coverage("remarks"), HasSubstr("2 questions were left to the next poll"));
  EXPECT_EQ(coverage("budget"), "2 requests a day");
  EXPECT_EQ(coverage("resume"), item_url("old2") + "\n" + item_url("old3") + "\n");
}

TEST_F(Steps, WhereAnyQuestionHadToBeAskedTheBudgetLeavesAPartialPoll) {
  hold("old1 First words\nz Last words");
  run.allowance.requests = {1, "2026-12-01T00:00:00.000Z", "1 requests a day"};
  begin();
  expect_ask(kListing);
  answer(200, "a New words");
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("outcome"), "partial");
}

TEST_F(Steps, NoDeletionIsRecordedWhenTheBudgetEndsBeforeTheSecondAsking) {
  hold("a First words");
  run.allowance.requests = {2, "2026-12-01T00:00:00.000Z", "2 requests a day"};
  begin();
  expect_ask(kListing);
  answer(200, "");
  expect_ask(item_url("a"));
  answer(404, "");
  EXPECT_EQ(next().kind, Step::Kind::kWait);
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("outcome"), "partial");
  EXPECT_EQ(coverage("missing"), "1");
  EXPECT_EQ(coverage("deleted"), "0");
  EXPECT_EQ(coverage("budget"), "2 requests a day");
}

TEST_F(Steps, RememberInTheLedgerWhenAHostWantsToBeAskedAgain) {
  run.closed_until = [](const std::string& url) {
    EXPECT_EQ(url, kListing);
    return base::Time{std::chrono::milliseconds{1'790'000'000'000}} + std::chrono::hours{2};
  };
  begin();
  expect_ask(kListing);
  no_answer();
  EXPECT_EQ(next().kind, Step::Kind::kDone);
  EXPECT_EQ(coverage("outcome"), "failed");
  EXPECT_EQ(coverage("not.before"), "2026-09-21T16:13:20.000Z");
}

}  // namespace
}  // namespace muniment::collect
