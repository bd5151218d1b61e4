// Polls of the platforms' own that get answers, and nothing of the source.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <utility>
#include <vector>

#include "collect/harvest.hpp"
#include "collect/poll_steps.hpp"
#include "support/memory_catalogue.hpp"
#include "support/small_ledger.hpp"

namespace muniment::collect {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr char kMaintenance[] = "<!doctype html><html><body>We will be back soon.</body></html>";

class ASourceThatAnswers : public testing::Test {
 protected:
  using Answers = std::function<net::Response(const std::string& url)>;

  static net::Response answer(int status, const std::string& body) {
    net::Response response;
    response.status = status;
    response.body = body;
    return response;
  }

  PollOutcome poll(SourceSettings source, const Answers& answers, Credential* credential = nullptr) {
    PollRun run{{town.appender(), town.reader(), catalogue, town.clock}};
    run.credential = credential;
    auto made = poll_of(source, run);
    EXPECT_TRUE(made);
    PollSteps steps(source, **made, run);
    for (;;) {
      const auto step = steps.next();
      EXPECT_TRUE(step);
      if (!step || step->kind == Step::Kind::kDone) return steps.outcome();
      if (step->kind == Step::Kind::kWait) {
        town.clock.advance(step->wait);
        continue;
      }
      auto response = answers(step->request.url);
      response.final_url = step->request.url;
      response.started = response.finished = town.clock.now();
      EXPECT_TRUE(steps.take(std::move(response)));
    }
  }

  support::SmallLedger town;
  support::MemoryCatalogue catalogue{town.reader()};
};

TEST_F(ASourceThatAnswers, EverywhereWithAPageOfMaintenanceWasNotCaptured) {
  const auto outcome = poll({"blog", "wordpress", "https://blog.example/", false},
                            [](const auto&) { return answer(200, kMaintenance); });
  EXPECT_EQ(outcome.outcome, Outcome::kFailed);
  EXPECT_GT(outcome.pages, 0U);
  EXPECT_EQ(outcome.understood, 0U);
  EXPECT_FALSE(outcome.errors.empty());
}

TEST_F(ASourceThatAnswers, WhereItsListsAreButNotWithThemWasNotCaptured) {
  const auto outcome = poll({"blog", "wordpress", "https://blog.example/", false}, [](const auto& url) {
    return url.ends_with("/wp-json/") ? answer(200, R"({"namespaces":["wp/v2"]})")
                                      : answer(200, kMaintenance);
  });
  EXPECT_EQ(outcome.outcome, Outcome::kFailed);
}

TEST_F(ASourceThatAnswers, WithOneOfItsListsWasCapturedInPart) {
  const auto outcome = poll({"blog", "wordpress", "https://blog.example/", false}, [](const auto& url) {
    if (url.ends_with("/wp-json/")) return answer(200, R"({"namespaces":["wp/v2"]})");
    return url.find("/posts?") != std::string::npos ? answer(200, "[]") : answer(200, kMaintenance);
  });
  EXPECT_EQ(outcome.outcome, Outcome::kPartial);
  EXPECT_EQ(outcome.understood, 1U);
}

TEST_F(ASourceThatAnswers, ThatTheLoginIsRefusedAndNothingElseIsNotSaidToHaveBeenRead) {
  auto credential = Credential::read("town", "token=a-token-of-ours", "token");
  ASSERT_TRUE(credential);
  SourceSettings source{"town", "mastodon", "https://mast.example/@council", false, "town"};
  const auto outcome = poll(
      source, [](const auto&) { return answer(401, R"({"error":"The access token is invalid"})"); },
      &*credential);
  EXPECT_EQ(outcome.outcome, Outcome::kFailed);
  EXPECT_EQ(outcome.access, Access::kRefused);
  EXPECT_THAT(outcome.errors,
              Contains(AllOf(HasSubstr("the login was refused"), Not(HasSubstr("was read")))));
}

TEST_F(ASourceThatAnswers, WhoItIsAndNotWhatItSaidWasNotCaptured) {
  const auto outcome =
      poll({"town", "mastodon", "https://mast.example/@council", false}, [](const auto& url) {
        return url.find("/lookup") != std::string::npos
                   ? answer(200, R"({"id":"1","uri":"https://mast.example/users/council"})")
                   : answer(503, "");
      });
  EXPECT_EQ(outcome.outcome, Outcome::kFailed);
}

// A platform that is asked who or where before it is asked for its lists.
struct Led {
  std::string platform, url, parts, credential;
  std::vector<std::pair<std::string, std::string>> leads;  // answers, by words of the address
  std::pair<std::string, std::string> list = {};  // one of the lists; more follows, or there is another list
  Outcome with_list = Outcome::kPartial;
};

void PrintTo(const Led& led, std::ostream* out) {
  *out << led.platform;
}

const std::string kBlueskyFeed =
    R"({"feed":[{"post":{"uri":"at://did:plc:quay/app.bsky.feed.post/3k9","cid":"bafy","author":{"did":"did:plc:quay","handle":"q"},"record":{"$type":"app.bsky.feed.post","text":"x","createdAt":"2026-11-09T10:00:00.000Z"},"replyCount":0,"indexedAt":"2026-11-09T10:00:00.000Z"}}],"cursor":"c2"})";
const std::string kActor = "https://social.example/users/a";

const Led kLed[] = {
    {"bluesky",
     "https://bsky.app/profile/quay.example",
     "",
     "",
     {{"getProfile", R"({"did":"did:plc:quay","handle":"quay.example"})"}},
     {"getAuthorFeed", kBlueskyFeed}},
    {"bluesky",
     "https://bsky.app/profile/quay.example",
     "user password",
     "user=quay.example\npassword=a-password-of-ours",
     {{"createSession",
       R"({"did":"did:plc:quay","accessJwt":"an-access-token","refreshJwt":"a-refresh-token"})"},
      {"getProfile", R"({"did":"did:plc:quay","handle":"quay.example"})"}},
     {"getAuthorFeed", kBlueskyFeed}},
    {"x",
     "https://x.com/council",
     "token",
     "token=a-token-of-ours",
     {{"/2/users/by/username/", R"({"data":{"id":"7","username":"council"}})"}},
     {"/2/users/7/tweets", R"({"data":[],"meta":{"result_count":0}})"}},
    {"facebook",
     "https://www.facebook.com/town",
     "token",
     "token=a-token-of-ours",
     {{"debug_token", R"({"data":{"is_valid":true}})"}},
     {"/feed?",
      R"({"data":[{"id":"1_2","created_time":"2026-11-01T10:00:00+0000","message":"x"}],"paging":{"cursors":{"after":"x"},"next":"https://graph.facebook.com/v21.0/town/feed?limit=50&after=x"}})"}},
    {"threads",
     "https://www.threads.net/@town",
     "token",
     "token=a-token-of-ours",
     {{"/me?", R"({"id":"7","username":"town"})"}},
     {"/threads?", R"({"data":[]})"}},
    {"youtube",
     "https://www.youtube.com/@town",
     "key",
     "key=a-key-of-our-own",
     {{"/channels", R"({"items":[{"id":"UC1","contentDetails":{"relatedPlaylists":{"uploads":"UU1"}}}]})"}},
     {"/commentThreads", R"({"kind":"youtube#x","items":[]})"}},
    {"reddit",
     "https://www.reddit.com/r/town",
     "user password",
     "user=an-application\npassword=a-secret-of-ours",
     {{"/access_token", R"({"access_token":"a-token-of-theirs","expires_in":86400})"}},
     {"/r/town/new",
      R"({"kind":"Listing","data":{"children":[{"kind":"t3","data":{"name":"t3_p1","id":"p1","title":"x","selftext":"x","author":"a","created_utc":1761955200.0,"num_comments":0}}],"after":"t3_p1"}})"}},
    {"feed",
     "https://blog.example/news",
     "",
     "",
     {{"/news",
       R"(<!doctype html><html><head><link rel="alternate" type="application/atom+xml" href="/atom.xml"></head></html>)"}},
     {"/atom.xml",
      R"(<feed xmlns="http://www.w3.org/2005/Atom"><id>https://blog.example/f</id><title>x</title><updated>2026-11-01T10:00:00Z</updated><link rel="next" href="https://blog.example/older.xml"/><entry><id>https://blog.example/1</id><title>x</title><updated>2026-11-01T10:00:00Z</updated></entry></feed>)"},
     Outcome::kComplete},
    {"activitypub",
     kActor,
     "",
     "",
     {{"/users/a", R"({"id":")" + kActor + R"(","type":"Person","outbox":")" + kActor + R"(/outbox"})"}},
     {"/outbox",
      R"({"type":"OrderedCollectionPage","next":")" + kActor +
          R"(/older","orderedItems":[{"type":"Create","object":{"id":")" + kActor +
          R"(/1","type":"Note","attributedTo":")" + kActor +
          R"(","content":"x","published":"2026-11-01T10:00:00Z","to":["https://www.w3.org/ns/activitystreams#Public"]}}]})"}},
};

class ALedPoll : public ASourceThatAnswers, public testing::WithParamInterface<Led> {
 protected:
  // All else is a server that fails, and so is what holds one of the words `refused`.
  PollOutcome poll_with(const std::vector<std::pair<std::string, std::string>>& answers,
                        const std::vector<std::string>& refused) {
    const auto& led = GetParam();
    auto credential = led.parts.empty() ? Result<Credential>(Error{Code::kNotFound, ""})
                                        : Credential::read("town", led.credential, led.parts);
    EXPECT_EQ(credential.has_value(), !led.parts.empty());
    const auto said = [&](const std::string& url) {
      const auto holds = [&](const std::string& words) { return url.find(words) != std::string::npos; };
      if (std::ranges::any_of(refused, holds)) return answer(503, "");
      for (const auto& [words, body] : answers)
        if (holds(words)) return answer(200, body);
      return answer(503, "");
    };
    return poll({"town", led.platform, led.url, false, led.parts.empty() ? "" : "town"}, said,
                credential ? &*credential : nullptr);
  }
};

TEST_P(ALedPoll, ThatIsShownOnlyTheWayHasFailed) {
  const auto outcome = poll_with(GetParam().leads, {GetParam().list.first});
  EXPECT_EQ(outcome.outcome, Outcome::kFailed);
  EXPECT_GT(outcome.pages, 0U);
  EXPECT_EQ(outcome.understood, 0U);
}

TEST_P(ALedPoll, ThatIsShownOneListOrItsBeginningHasCapturedSomething) {
  auto answers = GetParam().leads;
  answers.insert(answers.begin(), GetParam().list);
  const auto outcome = poll_with(answers, {"cursor=c2", "after=", "/older"});
  EXPECT_EQ(outcome.outcome, GetParam().with_list);
  EXPECT_EQ(outcome.understood, 1U);
}

INSTANTIATE_TEST_SUITE_P(OfEachPlatform, ALedPoll, testing::ValuesIn(kLed),
                         [](const auto& one) { return one.param.platform + std::to_string(one.index); });

}  // namespace
}  // namespace muniment::collect
