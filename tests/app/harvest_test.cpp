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

}  // namespace
}  // namespace muniment::app
