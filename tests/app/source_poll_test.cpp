// Sources whose budget ends before their lists do: what they cost, and where they go on.
#include "app/source_poll.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "app/coverage.hpp"
#include "app/harvest.hpp"
#include "app/sources.hpp"
#include "app/status.hpp"
#include "base/time.hpp"
#include "polls/platform.hpp"
#include "support/fake_transport.hpp"
#include "support/long_list.hpp"
#include "support/town_archive.hpp"

namespace muniment::app {
namespace {

using collect::Outcome;
using support::TownArchive;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kResume[] = "backfill.newest 9 x -\n";

class APoll : public testing::Test {
 protected:
  APoll() { ::setenv("MUNIMENT_CREDENTIAL_X", "AAAAAAAAAAAAAAAAAAAAA", 1); }
  ~APoll() override { ::unsetenv("MUNIMENT_CREDENTIAL_X"); }

  void add(const std::string& platform, const std::string& url, const std::string& credential = "") {
    NewSource source{"town", platform, url, false, "clerk"};
    source.credential = credential;
    const auto name = add_source(*town, source);
    ASSERT_TRUE(name) << name.error().what;
  }
  void watch(const WatchPolicy& policy) {
    ASSERT_TRUE(change_watch_policy(
        *town, "town", [&](const auto&) { return policy; }, "clerk"));
  }
  collect::PollOutcome harvest_at(const std::string& time) {
    town.at(time);
    web.forget_asked();
    HarvestWishes wishes;
    wishes.transport = &web;
    const auto outcomes = harvest(*town, wishes);
    EXPECT_TRUE(outcomes) << outcomes.error().what;
    return outcomes && outcomes->size() == 1 ? outcomes->front() : collect::PollOutcome{};
  }
  // As if the program were killed after the first answer.
  void killed_at(const std::string& time) {
    struct Killed {};
    town.at(time);
    HarvestWishes wishes;
    wishes.transport = &web;
    wishes.progress = [](const collect::PollOutcome&) { throw Killed{}; };
    EXPECT_THROW((void)harvest(*town, wishes), Killed);
  }
  // What a poll leaves in the ledger that ended before its list did.
  void cut_off_at(const std::string& time) {
    town.at(time);
    collect::PollOutcome cut;
    cut.source = "town";
    cut.outcome = Outcome::kPartial;
    cut.started = cut.finished = base::to_rfc3339(town.clock.now());
    cut.resume = kResume;
    const auto draft = collect::coverage_draft(cut);
    town.add(draft.kind, draft.body);
  }
  CoverageStory story() {
    const auto answer = coverage(*town, {"town", {}, {}});
    EXPECT_TRUE(answer);
    return answer ? answer->sources.at(0) : CoverageStory{};
  }

  TownArchive town;
  support::FakeTransport web{town.clock};
};

// A page of a search of X, with so many posts from `first` on, downwards.
std::string x_page(int first, int count, const std::string& token) {
  std::string out = R"({"data":[)";
  for (int post = first; post > first - count; --post)
    out += (post == first ? "" : ",") + (R"({"id":")" + std::to_string(post)) +
           R"(","text":"words","author_id":"44","created_at":"2026-02-27T10:00:00.000Z"})";
  return out + R"(],"includes":{"users":[{"id":"44","username":"a"}]},"meta":{"next_token":")" + token +
         "\"}}";
}

TEST_F(APoll, UnderANameThatWasAnotherAccountsAsksForItsOwn) {
  const std::string api = "https://bsky.wexcombe.example/xrpc/";
  const auto serve = [&](const std::string& actor, const std::string& handle, const std::string& did) {
    web.serve(api + "app.bsky.actor.getProfile?actor=" + actor, 200,
              R"({"did":")" + did + R"(","handle":")" + handle + "\"}");
  };
  const std::string town_did = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa",
                    parish_did = "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb";
  serve("town.wexcombe.example", "town.wexcombe.example", town_did);
  serve("did%3Aplc%3Aaaaaaaaaaaaaaaaaaaaaaaaa", "town.wexcombe.example", town_did);
  serve("parish.wexcombe.example", "parish.wexcombe.example", parish_did);
  for (const auto* did : {"did%3Aplc%3Aaaaaaaaaaaaaaaaaaaaaaaaa", "did%3Aplc%3Abbbbbbbbbbbbbbbbbbbbbbbb"})
    web.serve(api + "app.bsky.feed.getAuthorFeed?actor=" + did + "&filter=posts_with_replies&limit=100", 200,
              R"({"feed":[]})");
  add("bluesky", api + "app.bsky.feed.getAuthorFeed?actor=town.wexcombe.example");
  EXPECT_EQ(harvest_at("2026-03-02T09:00:00Z").outcome, Outcome::kComplete);
  ASSERT_TRUE(change_source(*town, "town", SourceChange::kRemove, "clerk"));
  add("bluesky", api + "app.bsky.feed.getAuthorFeed?actor=parish.wexcombe.example");
  const auto outcome = harvest_at("2026-03-02T10:00:00Z");
  EXPECT_EQ(outcome.outcome, Outcome::kComplete);
  EXPECT_EQ(outcome.covers_from, "") << "nothing vouches for the time before";
  ASSERT_FALSE(web.asked().empty());
  EXPECT_THAT(web.asked().front().url, HasSubstr("actor=parish.wexcombe.example"));
}

TEST_F(APoll, OfAHostThatWantsToBeLeftAloneIsNotMadeBeforeThatTime) {
  add("feed", "https://town.example/feed");
  web.serve("https://town.example/feed", 200, "<rss><channel><title>t</title></channel></rss>");
  records::BodyBuilder body;
  body.add("source", "town").add("started", "2026-03-02T09:00:00.000Z");
  body.add("finished", "2026-03-02T09:00:00.000Z").add("outcome", "failed");
  body.add("not.before", "2026-03-02T12:00:00.000Z");
  town.at("2026-03-02T09:00:00Z");
  town.add(ledger::kind::kCoverage, body.build());
  ASSERT_TRUE(town->projection());
  std::vector<std::string> remarks;
  HarvestWishes wishes;
  wishes.transport = &web;
  wishes.remark = [&](const std::string& what) { remarks.push_back(what); };
  town.at("2026-03-02T11:59:00Z");
  const auto too_early = harvest(*town, wishes);
  ASSERT_TRUE(too_early);
  EXPECT_THAT(*too_early, IsEmpty());
  EXPECT_THAT(web.asked(), IsEmpty());
  EXPECT_THAT(remarks, testing::ElementsAre("town was not asked: its host wants to be left alone until "
                                            "2026-03-02 12:00:00 GMT"));
  town.at("2026-03-02T12:00:00Z");
  const auto then = harvest(*town, wishes);
  ASSERT_TRUE(then);
  EXPECT_THAT(*then, SizeIs(1));
  EXPECT_THAT(remarks, SizeIs(1));
}

TEST_F(APoll, KeepsABudgetInMoney) {
  add("x", "https://x.com/search?q=bins", "x");
  const auto first =
      polls::new_poll("x", {"https://x.com/search?q=bins", "", "", true}).value()->start().at(0).url;
  web.serve(first, 200, x_page(109, 3, "t1"));
  web.serve(first + "&next_token=t1", 200, x_page(106, 3, "t2"));
  WatchPolicy policy;
  policy.price = read_price("0.005 USD").value();
  policy.money = read_money_budget("0.02 USD/day").value();
  policy.quiet_after = std::chrono::hours{2};
  watch(policy);
  const auto spent = harvest_at("2026-03-01T10:00:00Z");
  EXPECT_EQ(spent.outcome, Outcome::kPartial);
  EXPECT_EQ(spent.charged, 6U) << "the answer that reaches it may overrun it";
  EXPECT_EQ(spent.cost, "0.03 USD");
  EXPECT_EQ(spent.budget, "0.02 USD a day");
  EXPECT_EQ(spent.not_before, "2026-03-02T00:00:00.000Z");
  EXPECT_THAT(spent.errors, testing::Contains(HasSubstr("the budget of 0.02 USD a day is used up")));

  // Dearer or cheaper meanwhile, what was paid was paid.
  policy.price = read_price("0.0001 USD").value();
  watch(policy);
  const auto nothing = harvest_at("2026-03-01T14:00:00Z");
  EXPECT_THAT(web.asked_urls(), IsEmpty());
  EXPECT_EQ(nothing.budget, "0.02 USD a day");
  const auto told = story();
  EXPECT_EQ(told.sums.cost.at("USD"), 30'000U);
  ASSERT_THAT(told.gaps, SizeIs(1));
  EXPECT_EQ(told.gaps[0].gap.cause, collect::GapCause::kBudget);
  const auto now = status(*town);
  ASSERT_TRUE(now);
  EXPECT_THAT(now->alarms.at(0).words, HasSubstr("its budget of 0.02 USD a day is used up until"));

  const auto below = first + "&until_id=104";
  web.serve(below, 500, "");
  harvest_at("2026-03-02T00:00:00Z");
  EXPECT_THAT(web.asked_urls(), testing::Contains(below)) << "the next day it goes on";
}

TEST_F(APoll, WhoseProgramWasKilledIsEndedByTheNextAndItsCostIsCounted) {
  add("x", "https://x.com/search?q=bins", "x");
  const auto first =
      polls::new_poll("x", {"https://x.com/search?q=bins", "", "", true}).value()->start().at(0).url;
  web.serve(first, 200, x_page(109, 3, "t1"));
  WatchPolicy policy;
  policy.price = read_price("0.005 USD").value();
  policy.charged = Budget{4, Budget::Per::kDay};
  watch(policy);
  cut_off_at("2026-03-01T09:00:00Z");
  killed_at("2026-03-01T10:00:00Z");
  EXPECT_EQ(town.count("coverage"), 1U);
  killed_at("2026-03-01T10:30:00Z");
  EXPECT_EQ(town.count("coverage"), 2U) << "the one before was ended first";

  const auto spent = harvest_at("2026-03-01T11:00:00Z");
  EXPECT_EQ(spent.budget, "4 charged items a day") << "six were charged to those that were killed";
  EXPECT_THAT(web.asked_urls(), IsEmpty());
  EXPECT_EQ(town.count("coverage"), 4U);
  const auto polls = town->catalogue().value().coverage("town", 0).value();
  ASSERT_THAT(polls, SizeIs(4));
  EXPECT_EQ(polls[1].outcome, "partial");
  const std::pair<const char*, const char*> fields[] = {{"started", "2026-03-01T10:00:00.000Z"},
                                                        {"pages", "1"},
                                                        {"requests", "1"},
                                                        {"charged", "3"},
                                                        {"new", "3"}};
  for (const auto& [name, value] : fields) EXPECT_EQ(town.field(polls[1].seq, name), value) << name;
  EXPECT_THAT(town.field(polls[1].seq, "errors"), HasSubstr("ended before the poll did"));
  EXPECT_EQ(town.field(polls[1].seq, "resume"), kResume)
      << "the next goes on where the one before it left off";
  EXPECT_EQ(town.field(polls[2].seq, "new"), "0");

  harvest_at("2026-03-01T12:00:00Z");
  EXPECT_EQ(town.count("coverage"), 5U) << "what has its end is not ended again";
}

// Else the validator of the answer that was read last would keep away what the rest of the poll had to ask.
TEST_F(APoll, AfterOneThatWasKilledAsksForTheWholeList) {
  constexpr char kFeed[] = "https://town.example/feed";
  add("feed", kFeed);
  web.serve(kFeed, 200, "<rss><channel><title>t</title></channel></rss>", {{"etag", "\"1\""}});
  EXPECT_EQ(harvest_at("2026-03-01T09:00:00Z").outcome, Outcome::kComplete);
  killed_at("2026-03-01T10:00:00Z");
  EXPECT_EQ(harvest_at("2026-03-01T11:00:00Z").outcome, Outcome::kComplete);
  ASSERT_THAT(web.asked(), SizeIs(1));
  EXPECT_EQ(net::header(web.asked()[0].headers, "if-none-match"), "");
  harvest_at("2026-03-01T12:00:00Z");
  ASSERT_THAT(web.asked(), SizeIs(1));
  EXPECT_EQ(net::header(web.asked()[0].headers, "if-none-match"), "\"1\"");
}

TEST_F(APoll, CountsWhatWasChargedBeforeThereWasAPriceAtTodays) {
  add("x", "https://x.com/search?q=bins", "x");
  const auto first =
      polls::new_poll("x", {"https://x.com/search?q=bins", "", "", true}).value()->start().at(0).url;
  web.serve(first, 200, x_page(109, 3, ""));
  EXPECT_EQ(harvest_at("2026-03-01T10:00:00Z").cost, "");
  WatchPolicy policy;
  policy.price = read_price("2").value();
  policy.money = read_money_budget("11/month").value();
  watch(policy);
  SourceBook book(*town);
  ASSERT_TRUE(book.look());
  const auto left = book.allowance(book.sources().at("town"), town.clock.now());
  ASSERT_TRUE(left);
  ASSERT_TRUE(left->affordable);
  EXPECT_EQ(left->affordable->left, 2U) << "six of eleven are spent";
  EXPECT_EQ(left->affordable->budget, "11 a month");
}

TEST_F(APoll, CutOffDayAfterDayCapturesAllOfAListOnceAndClaimsNothingBefore) {
  const auto all = test::long_lists();
  const auto mastodon = std::ranges::find(all, "mastodon", &test::LongList::platform);
  constexpr int kPosts = 30;
  const std::string api = "https://town.example/api/v1/";
  std::vector<std::string> urls = {api + "accounts/lookup?acct=a", api + "accounts/1/statuses?limit=40"};
  for (int post = 1; post <= kPosts; ++post) {
    urls.push_back(api + "accounts/1/statuses?limit=40&max_id=" + std::to_string(post));
    urls.push_back(api + "statuses/" + std::to_string(post) + "/context");
  }
  for (int post = 1; post <= kPosts; ++post)  // whose turn it is to be asked after
    for (const int id : {post, 10'000 + post}) web.serve(api + "statuses/" + std::to_string(id), 503, "");
  for (const auto& url : urls) {
    const auto page = mastodon->answer(url, kPosts);
    web.serve(url, page.status, page.body, {{"link", page.link}, {"content-type", "application/json"}});
  }
  add("mastodon", mastodon->url);
  WatchPolicy policy;
  policy.requests = Budget{9, Budget::Per::kDay};
  watch(policy);
  std::size_t held = 0;
  for (int day = 1; day <= 3; ++day) {
    const auto cut = harvest_at("2026-03-0" + std::to_string(day) + "T12:00:00Z");
    EXPECT_EQ(cut.outcome, Outcome::kPartial);
    EXPECT_THAT(cut.resume, HasSubstr("backfill.newest"));
    EXPECT_EQ(story().first_complete, "") << "unfinished, it reaches back to nowhere yet";
    EXPECT_THAT(story().spans, IsEmpty());
    EXPECT_GT(town.count("capture"), held);
    held = town.count("capture");
  }
  EXPECT_LT(held, kPosts + kPosts / 2U);
  policy.requests = std::nullopt;
  watch(policy);
  EXPECT_EQ(harvest_at("2026-03-04T12:00:00Z").outcome, Outcome::kComplete);
  EXPECT_EQ(town.count("capture"), kPosts + kPosts / 2U);
  EXPECT_THAT(web.asked_urls(), testing::Not(testing::Contains(HasSubstr("max_id=28")))) << "read on day one";
  EXPECT_THAT(story().spans, SizeIs(1));
}

// A poll that stops at what the other has read, and does not go on below, would leave a hole and call itself
// complete.
TEST_F(APoll, GoesOnWithWhatAnotherProgramLeftAMomentAgo) {
  add("mastodon", "https://town.example/@a");
  SourceBook book(*town);
  ASSERT_TRUE(book.look());
  cut_off_at("2026-03-01T10:00:00Z");
  EXPECT_EQ(book.sources().at("town").resume(), "");
  ASSERT_TRUE(book.look_before_polling("town"));
  EXPECT_EQ(book.sources().at("town").resume(), kResume);
}

TEST_F(APoll, ThatFailedBeforeASourceWasAddedAnewIsNotCountedAmongItsFailures) {
  add("mastodon", "https://town.example/@a");
  int minute = 0;
  const auto fail = [&] {
    const auto time =
        "2026-03-01T1" + std::to_string(minute / 10) + ":" + std::to_string(minute % 10) + "0:00Z";
    ++minute;
    town.at(time);
    collect::PollOutcome failed;
    failed.source = "town";
    failed.outcome = Outcome::kFailed;
    failed.started = failed.finished = base::to_rfc3339(town.clock.now());
    const auto draft = collect::coverage_draft(failed);
    town.add(draft.kind, draft.body);
  };
  fail();
  fail();
  town.at("2026-03-01T10:30:00Z");
  ASSERT_TRUE(change_source(*town, "town", SourceChange::kRemove, "clerk"));
  add("mastodon", "https://town.example/@b");
  minute = 4;
  fail();
  SourceBook book(*town);
  ASSERT_TRUE(book.look());
  EXPECT_EQ(book.sources().at("town").failures, 1);
  fail();
  ASSERT_TRUE(book.look());
  EXPECT_EQ(book.sources().at("town").failures, 2);
}

TEST_F(APoll, OfAnAddressThatTookAnothersPlaceBeginsAnew) {
  add("mastodon", "https://town.example/@a");
  cut_off_at("2026-03-01T10:00:00Z");
  const auto resume = [&] {
    SourceBook book(*town);
    EXPECT_TRUE(book.look());
    return book.sources().at("town").resume();
  };
  EXPECT_EQ(resume(), kResume);
  town.at("2026-03-01T11:00:00Z");
  ASSERT_TRUE(change_source(*town, "town", SourceChange::kRemove, "clerk"));
  add("mastodon", "https://town.example/@b");
  EXPECT_EQ(resume(), "");
}

}  // namespace
}  // namespace muniment::app
