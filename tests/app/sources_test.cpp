#include "app/sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <utility>

#include "app/source_history.hpp"
#include "support/town_archive.hpp"

namespace muniment::app {
namespace {

using support::TownArchive;
using testing::HasSubstr;
using testing::SizeIs;

// Lets another program do something between the question and the writing of what was decided upon its answer.
class InterruptedClock final : public base::Clock {
 public:
  explicit InterruptedClock(base::Clock& clock) : clock_(clock) {}
  base::Time now() override {
    if (const auto meanwhile = std::exchange(meanwhile_, {})) meanwhile();
    return clock_.now();
  }
  void sleep(std::chrono::milliseconds time) override { clock_.sleep(time); }
  void once(std::function<void()> meanwhile) { meanwhile_ = std::move(meanwhile); }

 private:
  base::Clock& clock_;
  std::function<void()> meanwhile_;
};

class SourcesOfTwo : public testing::Test {
 protected:
  Result<std::string> add(Archive& archive, const std::string& url) {
    return add_source(archive, {"news", "feed", url, false, "clerk"});
  }
  Archive ours() { return *Archive::open(town.path(), Access::kWrite, {clock, town.entropy}); }

  TownArchive town;
  InterruptedClock clock{town.clock};
};

TEST_F(SourcesOfTwo, ANameThatSomebodyElseTakesAtTheSameMomentIsTaken) {
  auto archive = ours();
  clock.once([&] { EXPECT_TRUE(add(*town, "https://a.example/feed")); });

  const auto second = add(archive, "https://b.example/feed");

  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().what, HasSubstr("there is a source named news already"));
  const auto all = list_sources(*town);
  ASSERT_TRUE(all);
  ASSERT_THAT(*all, SizeIs(1));
  EXPECT_EQ(all->front().url, "https://a.example/feed");
}

TEST_F(SourcesOfTwo, ASourceThatSomebodyElsePausesAtTheSameMomentIsPausedOnce) {
  ASSERT_TRUE(add(*town, "https://a.example/feed"));
  auto archive = ours();
  clock.once([&] { EXPECT_TRUE(change_source(*town, "news", SourceChange::kPause, "clerk")); });

  const auto second = change_source(archive, "news", SourceChange::kPause, "another");

  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().what, HasSubstr("is paused already"));
  EXPECT_EQ(town.count("source"), 2U);
}

TEST_F(SourcesOfTwo, WhatSomebodyElseDecidesOfASourceAtTheSameMomentStands) {
  ASSERT_TRUE(add(*town, "https://a.example/feed"));
  auto archive = ours();
  const auto with_media = [](const SourceHistory& source) {
    auto policy = source.policy;
    policy.media = true;
    return policy;
  };
  const auto more_often = [](const SourceHistory& source) {
    auto policy = source.policy;
    policy.every = std::chrono::minutes{15};
    return policy;
  };
  clock.once([&] { EXPECT_TRUE(change_watch_policy(*town, "news", with_media, "clerk")); });

  const auto second = change_watch_policy(archive, "news", more_often, "another");

  ASSERT_TRUE(second) << second.error().what;
  EXPECT_TRUE(second->media);
  EXPECT_EQ(second->every, std::chrono::minutes{15});
  const auto stands = source_histories(*town);
  ASSERT_TRUE(stands);
  EXPECT_TRUE(stands->front().policy.media);
  EXPECT_EQ(stands->front().policy.every, std::chrono::minutes{15});
}

TEST(Sources, AnAddressThatBearsASecretIsRefusedAndTheSecretIsNotRepeated) {
  TownArchive town;
  for (const std::string name : {"access_token", "token", "api_key", "key", "auth", "password", "sig"}) {
    const auto added =
        add_source(*town, {"intranet", "feed", "https://a.example/feed?" + name + "=SEKRET", false, "clerk"});
    ASSERT_FALSE(added) << name;
    EXPECT_EQ(added.error().code, Code::kInvalid);
    EXPECT_THAT(added.error().what, HasSubstr("a field \"" + name + "\""));
    EXPECT_THAT(added.error().what + added.error().hint, testing::Not(HasSubstr("SEKRET")));
    EXPECT_THAT(added.error().hint, HasSubstr("ask the site for an address without it"));
  }
  EXPECT_EQ(town.count("source"), 0U);
}

}  // namespace
}  // namespace muniment::app
