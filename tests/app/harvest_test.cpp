#include "app/harvest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/sources.hpp"
#include "support/fake_transport.hpp"
#include "support/town_archive.hpp"

namespace muniment::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kFeed[] = "<rss version=\"2.0\"><channel><title>Town</title></channel></rss>";

// The network, while somebody else works on the same archive.
class BusyTransport final : public net::Transport {
 public:
  BusyTransport(net::Transport& inner, std::function<void()> meanwhile)
      : inner_(inner), meanwhile_(std::move(meanwhile)) {}
  Result<net::Response> get(const net::Request& request) override {
    if (const auto meanwhile = std::exchange(meanwhile_, {})) meanwhile();
    return inner_.get(request);
  }

 private:
  net::Transport& inner_;
  std::function<void()> meanwhile_;
};

TEST(Harvest, WhatSomebodyPausedWhileOthersWerePolledIsNotAsked) {
  support::TownArchive town;
  support::FakeTransport web(town.clock);
  for (const std::string name : {"first", "second"}) {
    const auto url = "https://" + name + ".example/feed";
    web.serve(url, 200, kFeed);
    ASSERT_TRUE(add_source(*town, {name, "feed", url, false, "clerk"}));
  }
  auto other = Archive::open(town.path(), Access::kWrite, {town.clock, town.entropy}).value();
  BusyTransport busy(web,
                     [&] { EXPECT_TRUE(change_source(other, "second", SourceChange::kPause, "clerk")); });
  std::vector<std::string> remarks;
  HarvestWishes wishes;
  wishes.transport = &busy;
  wishes.remark = [&](const std::string& remark) { remarks.push_back(remark); };

  const auto outcomes = harvest(*town, wishes);

  ASSERT_TRUE(outcomes) << outcomes.error().what;
  EXPECT_THAT(web.asked_urls(), ElementsAre("https://first.example/feed"));
  EXPECT_THAT(remarks, ElementsAre(HasSubstr("second was not asked: it was paused or removed meanwhile")));
}

TEST(Harvest, AFeedThatBrokeOffIsAskedForWholeAtTheNextPoll) {
  support::TownArchive town;
  support::FakeTransport web(town.clock);
  const std::string url = "https://first.example/feed";
  const std::string whole =
      "<rss version=\"2.0\"><channel><title>Town</title><item><guid>1</guid><title>Bins</title></item>"
      "<item><guid>2</guid><title>Ferry</title></item></channel></rss>";
  ASSERT_TRUE(add_source(*town, {"first", "feed", url, false, "clerk"}));
  HarvestWishes wishes;
  wishes.transport = &web;
  const auto poll = [&](const std::string& body, const std::string& tag) {
    web.forget(url);
    web.forget_asked();
    web.serve(url, 200, body, {{"ETag", tag}});
    town.clock.advance(std::chrono::hours{1});
    const auto outcomes = harvest(*town, wishes);
    EXPECT_TRUE(outcomes && outcomes->size() == 1);
    return outcomes && !outcomes->empty() ? outcomes->front() : collect::PollOutcome{};
  };
  const auto asked_if = [&] { return net::header(web.asked().at(0).headers, "if-none-match"); };

  const auto first = poll(whole.substr(0, whole.find("Ferry")), "\"half\"");
  EXPECT_EQ(first.outcome, collect::Outcome::kPartial);
  EXPECT_THAT(first.errors, ElementsAre(HasSubstr("breaks off before its end")));
  EXPECT_EQ(first.counts.fresh, 1U);

  const auto second = poll(whole, "\"whole\"");
  EXPECT_EQ(asked_if(), "") << "not modified would leave the rest unread for good";
  EXPECT_EQ(second.outcome, collect::Outcome::kComplete);
  EXPECT_EQ(second.counts.fresh, 1U);

  poll(whole, "\"whole\"");
  EXPECT_EQ(asked_if(), "\"whole\"");
}

}  // namespace
}  // namespace muniment::app
