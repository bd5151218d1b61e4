#include "polls/feed_poll.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "polls/backfill.hpp"
#include "polls/feed_discovery.hpp"
#include "polls/memory_lines.hpp"
#include "sources/feed_address.hpp"
#include "sources/feed_page.hpp"

namespace muniment::polls {
namespace {

using sources::Answer;
using sources::Ask;
using sources::Held;
using sources::host_of;
using sources::is_web_address;
using sources::Item;
using sources::Poll;
using sources::PollSettings;
using sources::read_feed;
using sources::Reading;

constexpr std::string_view kAccept =
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, "
    "text/xml;q=0.8, */*;q=0.1";

constexpr std::string_view kOlder = "older.";  // begins a line of resume()

class FeedPoll final : public Poll {
 public:
  explicit FeedPoll(const PollSettings& settings) : settings_(settings), newest_(settings.cursor) {}

  std::vector<Ask> start() override {
    asked_.insert(settings_.url);
    std::vector<Ask> asks = {Ask{settings_.url, std::string(kAccept), "", true, false}};
    for (const auto& [name, url] : memory_lines(settings_.resume))
      if (name.starts_with(kOlder) && is_web_address(url) && asked_.insert(url).second)
        asks.push_back(Ask{url, std::string(kAccept), "", false, true});
    return asks;
  }

  Result<Reading> read(const Ask& ask, const Answer& answer) override {
    if (answer.status == 304) return Reading{};
    if (answer.status < 200 || answer.status > 299)
      return Error{Code::kUnavailable, "the feed answered with status " + std::to_string(answer.status),
                   "nothing is concluded from it; it is asked again at the next poll"};
    const std::string address = answer.url.empty() ? ask.url : answer.url;
    auto reading = read_feed(answer.body, settings_.url, answer.content_type, address);
    if (!reading) return follow_page(answer.body, address, std::move(reading).error());
    auto older = std::exchange(reading->next, {});
    empty_ = reading->items.empty() ? empty_ + 1 : 0;
    if (empty_ >= kMostEmptyPages && !older.empty())
      reading->remarks.push_back(std::to_string(kMostEmptyPages) +
                                 " pages in a row held nothing; that was taken for the feed's end");
    else if (is_wanted(*reading))
      for (auto& next : older) add_older(*reading, std::move(next.url), host_of(address));
    for (const auto& item : reading->items) newest_ = std::max(newest_, latest(item));
    return reading;
  }

  std::vector<Ask> ask_after(const std::vector<Held>&) override { return {}; }
  std::string cursor() const override { return newest_; }

  // Each older page names the next: it is gone on with at those that were not read.
  std::string resume(const std::vector<Ask>& unanswered) const override {
    MemoryLines lines;
    for (const auto& ask : unanswered)
      if (ask.optional) lines[std::string(kOlder) + std::to_string(lines.size())] = ask.url;
    return cursor_of(lines);
  }

 private:
  static const std::string& latest(const Item& item) {
    return std::max(item.interaction.posted, item.interaction.edited);
  }

  // Older pages are wanted at the first poll, and while a page brings nothing but what is new.  One on which
  // nothing stands tells nothing of what is below it.
  bool is_wanted(const Reading& reading) const {
    return std::all_of(reading.items.begin(), reading.items.end(), [&](const Item& item) {
      return settings_.cursor.empty() || latest(item) > settings_.cursor;
    });
  }

  void add_older(Reading& reading, std::string url, const std::string& host) {
    if (host_of(url) != host_of(settings_.url) && host_of(url) != host) {
      reading.remarks.push_back("the feed names older entries on another host, which were not asked for: " +
                                host_of(url));
      return;
    }
    url = url.substr(0, url.find('#'));
    if (asked_.count(url) != 0) return;
    if (asked_.size() >= kFeedPages) {
      reading.remarks.push_back("the feed has more than 50 pages; the older ones were not asked for");
      return;
    }
    asked_.insert(url);
    reading.next.push_back(Ask{std::move(url), std::string(kAccept), "", false, true});
  }

  Result<Reading> follow_page(std::string_view body, const std::string& address, Error error) {
    const std::string feed = feed_named_by(body, address);
    if (feed.empty() || !is_web_address(feed) || followed_) return error;
    if (host_of(feed) != host_of(settings_.url) && host_of(feed) != host_of(address)) {
      error.hint = "the page names a feed on another host; add that address instead: " + feed.substr(0, 200);
      return error;
    }
    followed_ = true;
    if (!asked_.insert(feed).second) return error;
    Reading reading;
    reading.only_leads = true;
    reading.remarks.push_back("the address is a web page; the feed it names was read: " +
                              feed.substr(0, 200));
    reading.next.push_back(Ask{feed, std::string(kAccept), "", true, false});
    return reading;
  }

  PollSettings settings_;
  std::string newest_;
  std::set<std::string> asked_;
  std::size_t empty_ = 0;  // pages, the newest in a row
  bool followed_ = false;
};

}  // namespace

std::unique_ptr<Poll> new_feed_poll(const PollSettings& settings) {
  return std::make_unique<FeedPoll>(settings);
}

}  // namespace muniment::polls
