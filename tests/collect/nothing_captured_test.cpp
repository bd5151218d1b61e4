// Polls of the platforms' own that get answers, and nothing of the source.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace muniment::collect
