#include "polls/feed_poll.hpp"

#include <gtest/gtest.h>

#include "polls/owed.hpp"

namespace muniment::polls {
namespace {

using sources::Answer;
using sources::Ask;

const std::string kAddress = "https://council.example/news/feed";

std::string entry(int number) {
  const std::string day = (number < 10 ? "0" : "") + std::to_string(number);
  return "<entry><id>tag:council.example,2024:" + day + "</id><updated>2024-05-" + day +
         "T00:00:00Z</updated></entry>";
}
std::string feed(const std::string& links, const std::string& entries) {
  return "<feed xmlns='http://www.w3.org/2005/Atom'>" + links + entries + "</feed>";
}
Answer answer(const std::string& body, int status = 200, const std::string& url = kAddress) {
  Answer out;
  out.status = status;
  out.url = url;
  out.content_type = "application/atom+xml";
  out.body = body;
  return out;
}

TEST(FeedPoll, AsksOnceAndConditionally) {
  const auto poll = new_feed_poll({kAddress, ""});
  const auto asks = poll->start();
  ASSERT_EQ(asks.size(), 1U);
  EXPECT_EQ(asks[0].url, kAddress);
  EXPECT_TRUE(asks[0].conditional);
  EXPECT_FALSE(asks[0].optional);
  const auto body = feed("", entry(1) + entry(3) + entry(2));
  const auto reading = poll->read(asks[0], answer(body));
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->items.size(), 3U);
  EXPECT_TRUE(reading->next.empty());
  EXPECT_EQ(poll->cursor(), "2024-05-03T00:00:00.000Z");
}

TEST(FeedPoll, NeverProvesADeletion) {
  const auto poll = new_feed_poll({kAddress, ""});
  const auto ask = poll->start()[0];
  ASSERT_TRUE(poll->read(ask, answer(feed("", entry(1)))));
  EXPECT_TRUE(
      poll->ask_after({{"tag:council.example,2024:01", "", ""}, {"tag:council.example,2024:99", "", ""}})
          .empty());
}

TEST(FeedPoll, KeepsItsCursorWhenNothingChanged) {
  const auto poll = new_feed_poll({kAddress, "2024-05-03T00:00:00.000Z"});
  const auto reading = poll->read(poll->start()[0], answer("", 304));
  ASSERT_TRUE(reading);
  EXPECT_TRUE(reading->items.empty());
  EXPECT_EQ(poll->cursor(), "2024-05-03T00:00:00.000Z");
}

TEST(FeedPoll, ConcludesNothingFromAnErrorAnswer) {
  const auto poll = new_feed_poll({kAddress, ""});
  for (const int status : {404, 410, 500}) {
    const auto reading = poll->read(poll->start()[0], answer(feed("", entry(1)), status));
    ASSERT_FALSE(reading);
    EXPECT_EQ(reading.error().code, Code::kUnavailable);
  }
}

TEST(FeedPoll, FollowsArchivesToTheirEndAtFirst) {
  const auto poll = new_feed_poll({kAddress, ""});
  auto reading =
      poll->read(poll->start()[0], answer(feed("<link rel='prev-archive' href='/news/2'/>", entry(9))));
  ASSERT_TRUE(reading);
  ASSERT_EQ(reading->next.size(), 1U);
  EXPECT_EQ(reading->next[0].url, "https://council.example/news/2");
  EXPECT_TRUE(reading->next[0].optional);
  reading = poll->read(reading->next[0], answer(feed("<link rel='prev-archive' href='/news/2'/>", entry(8)),
                                                200, reading->next[0].url));
  ASSERT_TRUE(reading);
  EXPECT_TRUE(reading->next.empty()) << "a page that names itself is not asked for again";
}

TEST(FeedPoll, FollowsOlderPagesLaterOnlyWhileAllIsNew) {
  const std::string older = "<link rel='next' href='?page=2'/>";
  const auto poll = new_feed_poll({kAddress, "2024-05-05T00:00:00.000Z"});
  const auto ask = poll->start()[0];
  EXPECT_TRUE(poll->read(ask, answer(feed(older, entry(6) + entry(5))))->next.empty());
  EXPECT_EQ(poll->read(ask, answer(feed(older, entry(7) + entry(6))))->next.size(), 1U);
}

TEST(FeedPoll, AnEntryWithADateToComeHidesNoOlderPageFullOfNewOnes) {
  const std::string older = "<link rel='next' href='?page=2'/>";
  auto to_come = entry(9);
  to_come.replace(to_come.find("2024-05-09"), 10, "2999-05-09");
  const auto first = new_feed_poll({kAddress, "", "2024-05-05T00:00:00Z"});
  ASSERT_TRUE(first->read(first->start()[0], answer(feed(older, to_come + entry(4)))));
  EXPECT_EQ(first->cursor(), "2024-05-05T00:00:00.000Z");
  const auto next = [&](const std::string& entries) {
    const auto poll = new_feed_poll({kAddress, first->cursor(), "2024-05-10T00:00:00Z"});
    return poll->read(poll->start()[0], answer(feed(older, entries)))->next.size();
  };
  EXPECT_EQ(next(to_come + entry(8) + entry(7)), 1U);
  EXPECT_EQ(next(to_come + entry(4)), 0U);
  EXPECT_EQ(next(to_come + to_come), 0U) << "a calendar of what is to come";
}

TEST(FeedPoll, GoesOnAtTheOlderPageWhereItWasCutOff) {
  const auto cut_off = new_feed_poll({kAddress, ""});
  const auto first =
      cut_off->read(cut_off->start()[0], answer(feed("<link rel='next' href='?page=2'/>", entry(9))));
  ASSERT_TRUE(first);
  ASSERT_EQ(first->next.size(), 1U);
  const auto left = cut_off->resume(first->next);

  const auto poll = new_feed_poll({.url = kAddress, .cursor = "", .resume = left});
  const auto asks = poll->start();
  ASSERT_EQ(asks.size(), 2U);
  EXPECT_EQ(asks[1].url, first->next[0].url);
  EXPECT_TRUE(asks[1].optional);
  // The top has not changed; what is below it is read all the same.
  ASSERT_TRUE(poll->read(asks[0], answer("", 304)));
  const auto older =
      poll->read(asks[1], answer(feed("<link rel='next' href='?page=3'/>", entry(4)), 200, asks[1].url));
  ASSERT_TRUE(older);
  EXPECT_EQ(older->items.size(), 1U);
  ASSERT_EQ(older->next.size(), 1U);
  EXPECT_EQ(poll->resume({}), "");
}

TEST(FeedPoll, StopsAfterItsNumberOfPages) {
  const auto poll = new_feed_poll({kAddress, ""});
  auto ask = poll->start()[0];
  std::size_t pages = 0;
  for (bool more = true; more; ++pages) {
    const auto reading =
        poll->read(ask, answer(feed("<link rel='next' href='/p" + std::to_string(pages) + "'/>", entry(1))));
    ASSERT_TRUE(reading);
    more = !reading->next.empty();
    if (more)
      ask = reading->next[0];
    else
      EXPECT_EQ(reading->remarks.size(), 1U);
    ASSERT_LT(pages, 1000U);
  }
  EXPECT_EQ(pages, kFeedPages);
}

TEST(FeedPoll, GoesOnInTheNextPollWhereItsNumberOfPagesEnded) {
  const auto first = new_feed_poll({kAddress, ""});
  auto ask = first->start()[0];
  for (std::size_t pages = 1; pages <= kFeedPages; ++pages) {
    const auto reading = first->read(
        ask,
        answer(feed("<link rel='next' href='/p" + std::to_string(pages) + "'/>", entry(9)), 200, ask.url));
    ASSERT_TRUE(reading);
    if (!reading->next.empty()) ask = reading->next[0];
  }
  ASSERT_TRUE(first->owes()) << "the poll is complete, and something is left all the same";
  const auto second =
      new_feed_poll({.url = kAddress, .cursor = first->cursor(), .resume = first->resume({})});
  const auto asks = second->start();
  ASSERT_EQ(asks.size(), 2U);
  EXPECT_EQ(asks[1].url, "https://council.example/p" + std::to_string(kFeedPages));
  const auto older =
      second->read(asks[1], answer(feed("<link rel='next' href='/q'/>", entry(1)), 200, asks[1].url));
  ASSERT_TRUE(older);
  EXPECT_EQ(older->next.size(), 1U) << "what is older than the cursor was not read before";
  EXPECT_FALSE(second->owes());
}

TEST(FeedPoll, AnOlderPageThatIsNotAnsweredIsAskedForInTheNextPollsAndThenGivenUp) {
  const Error down{Code::kUnavailable, "no connection"};
  auto poll = new_feed_poll({kAddress, ""});
  auto ask =
      poll->read(poll->start()[0], answer(feed("<link rel='next' href='?page=2'/>", entry(9))))->next.at(0);
  for (std::size_t polls = 0; polls < kOwedPolls; ++polls) {
    EXPECT_EQ(poll->not_answered(ask, down), sources::Later::kAgain);
    ASSERT_TRUE(poll->owes());
    poll = new_feed_poll({.url = kAddress, .cursor = poll->cursor(), .resume = poll->resume({})});
    ASSERT_EQ(poll->start().size(), 2U) << polls;
    ask = poll->start().empty() ? ask : Ask{ask.url, "", "", false, true};
  }
  EXPECT_EQ(poll->not_answered(ask, down), sources::Later::kNever);
  EXPECT_FALSE(poll->owes());
}

TEST(FeedPoll, AnOldEntryPinnedToTheTopHidesNoOlderPageFullOfNewOnes) {
  const auto poll = new_feed_poll({kAddress, "2024-05-05T00:00:00.000Z"});
  const auto reading = poll->read(poll->start()[0], answer(feed("<link rel='next' href='?page=2'/>",
                                                                entry(1) + entry(9) + entry(8) + entry(7))));
  EXPECT_EQ(reading->next.size(), 1U);
}

TEST(FeedPoll, DoesNotFollowPagesToAnotherHost) {
  const auto poll = new_feed_poll({kAddress, ""});
  const auto reading = poll->read(
      poll->start()[0], answer(feed("<link rel='next' href='http://169.254.169.254/latest'/>", entry(1))));
  ASSERT_TRUE(reading);
  EXPECT_TRUE(reading->next.empty());
  ASSERT_EQ(reading->remarks.size(), 1U);
  EXPECT_NE(reading->remarks[0].find("169.254.169.254"), std::string::npos);
}

TEST(FeedPoll, FollowsAWebPageToTheFeedItNamesOnce) {
  const std::string page =
      "<!DOCTYPE html><html><head><title>News</title>\n<link rel=stylesheet href=a.css>"
      "<LINK REL='feed alternate' TYPE=\"application/rss+xml\" "
      "HREF='/rss?a=1&amp;b=2'></head><body></body></html>";
  const auto poll = new_feed_poll({"https://council.example/news/", ""});
  auto reading = poll->read(poll->start()[0], answer(page, 200, "https://council.example/news/"));
  ASSERT_TRUE(reading);
  ASSERT_EQ(reading->next.size(), 1U);
  EXPECT_EQ(reading->next[0].url, "https://council.example/rss?a=1&b=2");
  EXPECT_FALSE(reading->next[0].optional);
  EXPECT_FALSE(poll->read(reading->next[0], answer(page)));
}

TEST(FeedPoll, NamesAFeedOnAnotherHostAndLeavesItToThePerson) {
  const std::string page =
      "<html><head><link rel=alternate type=application/atom+xml href=https://else.example/f></head></html>";
  const auto poll = new_feed_poll({"https://council.example/news/", ""});
  const auto reading = poll->read(poll->start()[0], answer(page, 200, "https://council.example/news/"));
  ASSERT_FALSE(reading);
  EXPECT_EQ(reading.error().what, "the page is HTML, not a feed");
  EXPECT_NE(reading.error().hint.find("https://else.example/f"), std::string::npos);
}

TEST(FeedPoll, ScopesIdentifiersByTheFeedNotByThePage) {
  const std::string body =
      "<rss><channel><link>https://council.example/</link><item><guid>17</guid></item></channel></rss>";
  const auto poll = new_feed_poll({kAddress, ""});
  const auto reading = poll->read(poll->start()[0], answer(body, 200, kAddress + "?page=2"));
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->items.at(0).interaction.id, kAddress + "#17");
}

TEST(FeedPoll, GoesOnBehindAPageOnWhichNothingStands) {
  const auto poll = new_feed_poll({kAddress, ""});
  auto reading = poll->read(poll->start()[0], answer(feed("<link rel='next' href='/2'/>", entry(9))));
  ASSERT_EQ(reading->next.size(), 1U);
  reading = poll->read(reading->next[0],
                       answer(feed("<link rel='next' href='/3'/>", ""), 200, reading->next[0].url));
  ASSERT_TRUE(reading);
  ASSERT_EQ(reading->next.size(), 1U);
  EXPECT_EQ(reading->next[0].url, "https://council.example/3");
}

TEST(FeedPoll, EndsWhereTenPagesInARowHoldNothing) {
  const auto poll = new_feed_poll({kAddress, ""});
  auto ask = poll->start()[0];
  std::vector<std::string> remarks;
  int pages = 0;
  for (bool more = true; more; ++pages) {
    const auto reading =
        poll->read(ask, answer(feed("<link rel='next' href='/p" + std::to_string(pages) + "'/>", "")));
    ASSERT_TRUE(reading);
    remarks.insert(remarks.end(), reading->remarks.begin(), reading->remarks.end());
    more = !reading->next.empty();
    if (more) ask = reading->next[0];
    ASSERT_LT(pages, 100);
  }
  EXPECT_EQ(pages, 10);
  EXPECT_EQ(remarks,
            std::vector<std::string>({"10 pages in a row held nothing; that was taken for the feed's end"}));
}

TEST(FeedPoll, ThatBreaksOffIsNotComplete) {
  const auto poll = new_feed_poll({kAddress, ""});
  const auto whole = feed("", entry(1) + entry(2));
  const auto reading = poll->read(poll->start()[0], answer(whole.substr(0, whole.find("2024:02"))));
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->items.size(), 1U);
  ASSERT_EQ(reading->faults.size(), 1U);
  EXPECT_NE(reading->faults[0].find("breaks off before its end"), std::string::npos);
}

}  // namespace
}  // namespace muniment::polls
