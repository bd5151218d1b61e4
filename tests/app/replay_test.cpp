#include "app/replay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/check.hpp"
#include "app/find.hpp"
#include "app/harvest.hpp"
#include "app/sources.hpp"
#include "base/sha256.hpp"
#include "support/fake_transport.hpp"
#include "support/town_archive.hpp"

namespace muniment::app {
namespace {

using support::FakeTransport;
using support::TownArchive;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kFeed[] = "https://town.example/feed";
constexpr char kMonday[] = "2026-03-02T08:00:00.000Z";

// A feed of these posts, "name: words".
std::string feed(const std::vector<std::pair<std::string, std::string>>& posts) {
  std::string out = "<rss version='2.0'><channel><title>Town</title><link>https://town.example/</link>";
  for (const auto& [name, words] : posts)
    out += "<item><guid>https://town.example/" + name + "</guid><description>" + words +
           "</description><pubDate>Sun, 01 Mar 2026 06:30:00 GMT</pubDate></item>";
  return out + "</channel></rss>";
}

class ReplayTest : public testing::Test {
 protected:
  ReplayTest() {
    const auto added = add_source(*town, {"town", "feed", kFeed, false, "Ines Calloway"});
    EXPECT_TRUE(added) << added.error().what;
  }

  // What a version whose parser failed left of a page: all of it, marked unread.
  ledger::Seq unread(const std::string& page, const std::string& fetched = kMonday,
                     const std::string& url = kFeed, const std::string& source = "town",
                     const std::string& format = "feed") {
    records::BodyBuilder body;
    body.add("source", source).add("method", source.empty() ? "FILE" : "GET").add("url", url);
    if (!source.empty()) body.add_number("status", 200).add("headers", "Content-Type: application/rss+xml\n");
    body.add("started", fetched).add("fetched", fetched).add("format", format);
    body.add("unread", "the parser stumbled").add("frame", page);
    body.add("payload.sha256", base::to_hex(base::sha256(page))).add_number("payload.size", page.size());
    return town.add(ledger::kind::kExchange, body.build());
  }
  void coverage(const std::string& outcome, const std::string& when = kMonday) {
    records::BodyBuilder body;
    body.add("source", "town").add("started", when).add("finished", when).add("outcome", outcome);
    town.add(ledger::kind::kCoverage, body.build());
  }
  void harvest_page(const std::string& page, const std::string& when) {
    town.at(when);
    web.forget(kFeed);
    web.serve(kFeed, 200, page);
    HarvestWishes wishes;
    wishes.transport = &web;
    const auto polls = harvest(*town, wishes);
    ASSERT_TRUE(polls) << polls.error().what;
    ASSERT_EQ((*polls)[0].outcome, collect::Outcome::kComplete);
  }
  std::vector<ReplayAnswer> run(bool dry = false) {
    ReplayWishes wishes;
    wishes.dry = dry;
    const auto answers = replay(*town, wishes);
    EXPECT_TRUE(answers) << answers.error().what;
    return answers.value_or(std::vector<ReplayAnswer>{});
  }
  ledger::Seq size() { return town->reader().head()->size; }
  std::string kind(ledger::Seq seq) { return town->reader().entry(seq)->kind; }
  std::string verified() {
    town.close();
    const auto checked = check_archive(town.path(), {.deep = true, .compare_index = true});
    return checked && checked->exit_code == 0 ? "" : checked ? checked->text : checked.error().what;
  }

  TownArchive town;
  FakeTransport web{town.clock};
};

TEST_F(ReplayTest, AnUnreadPageBecomesCapturesWithTheTimeItWasFetched) {
  const auto page = feed({{"1", "The pier is shut."}, {"2", "The pier is open."}});
  const auto first = unread(page);
  coverage("failed");
  town.at("2026-03-09T08:00:00Z");
  const auto before = size();
  const auto answers = run();
  ASSERT_THAT(answers, SizeIs(1));
  EXPECT_EQ(answers[0].source, "town");
  EXPECT_EQ(answers[0].unread, 1U);
  EXPECT_EQ(answers[0].read, 1U);
  EXPECT_EQ(answers[0].items.page.fresh, 2U);
  ASSERT_EQ(size(), before + 3);
  EXPECT_EQ(kind(before), "exchange");
  EXPECT_EQ(town.field(before, "method"), "REPLAY");
  EXPECT_EQ(town.field(before, "of"), ledger::citation(first, *town->reader().leaf(first)));
  EXPECT_EQ(town.field(before, "unread"), "");
  EXPECT_EQ(town.field(before, "payload.sha256"), base::to_hex(base::sha256(page)));
  EXPECT_EQ(kind(before + 1), "capture");
  EXPECT_EQ(town.field(before + 1, "text"), "The pier is shut.");
  EXPECT_EQ(town.field(before + 1, "fetched"), kMonday);
  EXPECT_EQ(town.field(before + 1, "exchange"), std::to_string(before));
  EXPECT_EQ(town.field(before + 1, "source"), "town");
  EXPECT_EQ(town.field(first, "unread"), "the parser stumbled") << "the first entry stays as it is";
  EXPECT_EQ(count(*town, "pier")->number, 2U);
  EXPECT_EQ(verified(), "");
}

TEST_F(ReplayTest, TwiceAddsNothing) {
  unread(feed({{"1", "The pier is shut."}}));
  coverage("failed");
  run();
  const auto before = size();
  EXPECT_THAT(run(), IsEmpty());
  EXPECT_EQ(size(), before);
  ASSERT_TRUE(town->renew_index());
  EXPECT_THAT(run(), IsEmpty()) << "nor from an index made anew";
  EXPECT_EQ(size(), before);
}

TEST_F(ReplayTest, WhatStillCannotBeReadStaysUnreadAndSaysWhy) {
  const auto first = unread("this is no feed");
  coverage("failed");
  const auto before = size();
  const auto answers = run();
  ASSERT_THAT(answers, SizeIs(1));
  EXPECT_EQ(answers[0].read, 0U);
  ASSERT_THAT(answers[0].still_unread, SizeIs(1));
  EXPECT_THAT(answers[0].still_unread[0], HasSubstr("entry " + std::to_string(first)));
  EXPECT_EQ(size(), before);
}

TEST_F(ReplayTest, WhatIsHeldAsItStandsIsNotHeldTwice) {
  unread(feed({{"1", "The pier is shut."}}));
  coverage("failed");
  harvest_page(feed({{"1", "The pier is shut."}}), "2026-03-03T08:00:00Z");
  const auto before = size();
  const auto answers = run();
  ASSERT_THAT(answers, SizeIs(1));
  EXPECT_EQ(answers[0].items.later, 1U);
  EXPECT_EQ(size(), before + 1) << "the entry that says that it was read again, and nothing else";
  EXPECT_EQ(verified(), "");
}

TEST_F(ReplayTest, AnEarlierFormOfWhatIsHeldIsAFormerVersionAndNotTheNewest) {
  unread(feed({{"1", "The peer is shut."}}));
  coverage("failed");
  harvest_page(feed({{"1", "The pier is shut."}}), "2026-03-03T08:00:00Z");
  const auto before = size();
  const auto answers = run();
  EXPECT_EQ(answers[0].items.former, 1U);
  EXPECT_EQ(kind(before + 1), "capture");
  EXPECT_EQ(town.field(before + 1, "id"), std::string("https://town.example/1#") + kMonday);
  EXPECT_EQ(town.field(before + 1, "edit.of"), "https://town.example/1");
  EXPECT_EQ(town.field(before + 1, "text"), "The peer is shut.");
  const auto story = show(*town, "https://town.example/1");
  ASSERT_TRUE(story);
  EXPECT_EQ(story->versions.back().interaction.text, "The pier is shut.");
  EXPECT_EQ(verified(), "");
}

TEST_F(ReplayTest, ALaterFormOfWhatIsHeldIsAnEdit) {
  harvest_page(feed({{"1", "The peer is shut."}}), "2026-03-01T09:00:00Z");
  unread(feed({{"1", "The pier is shut."}}));
  coverage("failed");
  const auto before = size();
  const auto answers = run();
  EXPECT_EQ(answers[0].items.page.changed, 1U);
  EXPECT_EQ(kind(before + 1), "edit-seen");
}

// What an item of the second page is called depends on where the poll began.
TEST_F(ReplayTest, AnAnswerIsReadInItsPlaceInThePoll) {
  const auto page = [](const std::string& name, const std::string& link) {
    return "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>Town</title>" + link +
           "<item><guid isPermaLink='false'>" + name + "</guid><description>Words</description></item>" +
           "</channel></rss>";
  };
  constexpr char kOlder[] = "https://town.example/feed?page=2";
  const auto newest = page("n2", std::string("<atom:link rel='next' href='") + kOlder + "'/>");
  const auto older = page("n1", "");
  unread(newest);
  unread(older, kMonday, kOlder);
  coverage("failed");
  const auto answers = run();
  ASSERT_THAT(answers, SizeIs(1));
  EXPECT_EQ(answers[0].read, 2U);
  EXPECT_EQ(answers[0].items.page.fresh, 2U);
  town.at("2026-03-03T08:00:00Z");
  web.serve(kFeed, 200, newest);
  web.serve(kOlder, 200, older);
  HarvestWishes wishes;
  wishes.transport = &web;
  const auto polls = harvest(*town, wishes);
  ASSERT_TRUE(polls);
  EXPECT_EQ((*polls)[0].counts.unchanged, 2U) << "a poll calls them the same";
  EXPECT_EQ((*polls)[0].counts.fresh, 0U);
}

// What a platform marks private stays where it is: in the unread page.
TEST_F(ReplayTest, PrivateItemsAreNotTakenOutOfAnUnreadPage) {
  ASSERT_TRUE(add_source(*town, {"forum", "discourse", "https://forum.example/", false, "Ines Calloway"}));
  const auto post = [](const std::string& number, const std::string& hidden) {
    return R"({"id":)" + number + R"(,"username":"ann","cooked":"<p>Words )" + number +
           R"(</p>","topic_id":3,"post_number":1,"created_at":"2026-03-01T09:00:00.000Z","hidden":)" +
           hidden + R"(,"topic_slug":"slip","topic_title":"Slip"})";
  };
  const auto page = R"({"latest_posts":[)" + post("7", "false") + "," + post("6", "true") + "]}";
  const auto first = unread(page, kMonday, "https://forum.example/posts.json", "forum", "discourse");
  const auto before = size();
  const auto answers = run();
  ASSERT_THAT(answers, SizeIs(1));
  EXPECT_EQ(answers[0].read, 1U);
  EXPECT_EQ(answers[0].items.page.fresh, 1U);
  EXPECT_EQ(answers[0].items.withheld, 1U);
  EXPECT_EQ(town.field(before, "of"), ledger::citation(first, *town->reader().leaf(first)));
  EXPECT_NE(town.field(before, "left-out"), "");
  EXPECT_EQ(count(*town, "Words")->number, 1U);
  EXPECT_EQ(verified(), "");
}

TEST_F(ReplayTest, ASavedFileIsReadAgainByItself) {
  const auto first = unread(feed({{"1", "The pier is shut."}}), kMonday, "feed.xml", "", "");
  const auto before = size();
  const auto answers = run();
  ASSERT_THAT(answers, SizeIs(1));
  EXPECT_EQ(answers[0].source, "");
  EXPECT_EQ(answers[0].read, 1U);
  EXPECT_EQ(town.field(before, "of"), ledger::citation(first, *town->reader().leaf(first)));
  EXPECT_EQ(town.field(before, "url"), "feed.xml");
  EXPECT_EQ(town.field(before + 1, "text"), "The pier is shut.");
  EXPECT_EQ(verified(), "");
}

TEST_F(ReplayTest, ADryRunAddsNothingAndSaysWhatWouldBeReadOtherwise) {
  unread(feed({{"1", "The pier is shut."}}));
  coverage("failed");
  const auto page = feed({{"2", "The quay"}, {"3", "The mole"}});
  harvest_page(page, "2026-03-03T08:00:00Z");
  auto answers = run(true);
  ASSERT_THAT(answers, SizeIs(1));
  EXPECT_EQ(answers[0].read, 1U);
  EXPECT_EQ(answers[0].items.page.fresh, 1U);
  EXPECT_EQ(answers[0].differences.compared, 2U);
  EXPECT_EQ(answers[0].differences.different, 0U);
  // As another version of the parser would have captured it: without the words.
  const auto item =
      std::string("<item><guid>https://town.example/4</guid><description>Words</description></item>");
  const auto head = std::string("<rss version='2.0'><channel><title>Town</title>");
  const auto tail = std::string("</channel></rss>");
  const auto at = size();
  records::BodyBuilder exchange;
  exchange.add("source", "town").add("method", "GET").add("url", kFeed).add_number("status", 200);
  exchange.add("started", kMonday).add("fetched", kMonday).add("format", "feed").add("frame", head + tail);
  exchange.add("frame.items", std::to_string(head.size()) + " " + std::to_string(at + 1) + "\n");
  exchange.add("payload.sha256", base::to_hex(base::sha256(head + item + tail)));
  town.add(ledger::kind::kExchange, exchange.build());
  records::BodyBuilder capture;
  capture.add("platform", "feed").add("id", "https://town.example/4").add("type", "post").add("raw", item);
  capture.add("source", "town").add("fetched", kMonday).add_number("exchange", at);
  town.add(ledger::kind::kCapture, capture.build());
  coverage("complete");
  const auto before = size();
  answers = run(true);
  EXPECT_EQ(answers[0].differences.compared, 3U);
  EXPECT_EQ(answers[0].differences.different, 1U);
  EXPECT_EQ(size(), before);
}

TEST_F(ReplayTest, ARefusalIsNoPageThatWaitsToBeRead) {
  records::BodyBuilder body;
  body.add("source", "town").add("method", "GET").add("url", kFeed).add_number("status", 404);
  body.add("started", kMonday).add("fetched", kMonday).add("unread", "the feed answered with status 404");
  body.add("frame", feed({{"1", "The pier"}})).add("payload.sha256", "0");
  town.add(ledger::kind::kExchange, body.build());
  coverage("failed");
  EXPECT_THAT(run(), IsEmpty());
}

TEST_F(ReplayTest, OnlyTheSourcesThatWereNamed) {
  unread(feed({{"1", "The pier is shut."}}));
  coverage("failed");
  unread(feed({{"2", "The quay"}}), kMonday, "feed.xml", "", "");
  ReplayWishes wishes;
  wishes.sources = {"town"};
  const auto answers = replay(*town, wishes);
  ASSERT_TRUE(answers);
  ASSERT_THAT(*answers, SizeIs(1));
  EXPECT_EQ((*answers)[0].source, "town");
  wishes.sources = {"nowhere"};
  EXPECT_EQ(replay(*town, wishes).error().code, Code::kNotFound);
}

}  // namespace
}  // namespace muniment::app
