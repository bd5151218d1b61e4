#include "polls/feed_poll.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include "polls/backfill.hpp"
#include "polls/feed_discovery.hpp"
#include "polls/memory_lines.hpp"
#include "polls/owed.hpp"
#include "sources/claims.hpp"
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
  explicit FeedPoll(const PollSettings& settings)
      : settings_(settings),
        now_(sources::claimed_time(settings.now)),
        newest_(not_to_come(settings.cursor)) {}

  std::vector<Ask> start() override {
    asked_.insert(settings_.url);
    std::vector<Ask> asks = {Ask{settings_.url, std::string(kAccept), "", true, false}};
    for (const auto& [name, value] : memory_lines(settings_.resume)) {
      auto words = words_of(value);
      if (!name.starts_with(kOlder) || words.empty() || !is_web_address(words[0])) continue;
      if (asks.size() == kFeedPages || !asked_.insert(words[0]).second) continue;
      words.resize(4);
      older_[words[0]] = {number_in(words[1]), number_in(words[2]), words[3]};
      asks.push_back(Ask{words[0], std::string(kAccept), "", false, true});
    }
    return asks;
  }

  sources::Later not_answered(const Ask& ask, const Error&) override {
    auto& it = older_.try_emplace(ask.url, older(ask.url)).first->second;
    if (++it.polls <= kOwedPolls) {
      left_.insert(ask.url);
      return sources::Later::kAgain;
    }
    return sources::Later::kNever;
  }
  bool owes() const override { return !left_.empty(); }

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
    else if (is_wanted(ask, *reading))
      for (auto& next : older) add_older(*reading, std::move(next.url), ask, host_of(address));
    for (const auto& item : reading->items) newest_ = std::max(newest_, not_to_come(latest(item)));
    return reading;
  }

  std::vector<Ask> ask_after(const std::vector<Held>&) override { return {}; }
  std::string cursor() const override { return newest_; }

  // "older.0 ADDRESS POLLS PAGES NEWEST": each older page names the next, and it is gone on with at those
  // that were not read.  POLLS: in which it was asked for in vain; PAGES: that were read above it; NEWEST:
  // date that was known when it was named.
  std::string resume(const std::vector<Ask>& unanswered) const override {
    MemoryLines lines;
    auto left = left_;
    for (const auto& ask : unanswered)
      if (ask.optional) left.insert(ask.url);
    for (const auto& url : left) {
      const auto it = older(url);
      lines[std::string(kOlder) + std::to_string(lines.size())] =
          word_of(url) + " " + std::to_string(it.polls) + " " + std::to_string(it.pages) + " " +
          word_of(it.newest);
    }
    return cursor_of(lines);
  }

 private:
  struct Older {
    std::size_t polls = 0;
    std::size_t pages = 0;
    std::string newest = {};
  };

  Older older(const std::string& url) const {
    const auto known = older_.find(url);
    return known == older_.end() ? Older{0, 0, not_to_come(settings_.cursor)} : known->second;
  }

  static std::size_t number_in(std::string_view text) {
    std::size_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
  }

  static const std::string& latest(const Item& item) {
    return std::max(item.interaction.posted, item.interaction.edited);
  }

  // An entry with a date that is still to come must not make all that comes after it look old.
  std::string not_to_come(const std::string& time) const {
    return now_.empty() ? time : std::min(time, now_);
  }

  // Older pages are wanted at the first poll, and while most of what a page brings is new: some feeds have an
  // old entry pinned to their top.  One on which nothing stands tells nothing of what is below it.
  bool is_wanted(const Ask& ask, const Reading& reading) const {
    if (reading.items.empty()) return true;
    const auto newest = older(ask.url).newest;
    if (newest.empty()) return true;
    const auto fresh = std::ranges::count_if(reading.items, [&](const Item& item) {
      return latest(item) > newest && latest(item) == not_to_come(latest(item));
    });
    return static_cast<std::size_t>(fresh) * 2 > reading.items.size();
  }

  void add_older(Reading& reading, std::string url, const Ask& above, const std::string& host) {
    if (host_of(url) != host_of(settings_.url) && host_of(url) != host) {
      reading.remarks.push_back("the feed names older entries on another host, which were not asked for: " +
                                host_of(url));
      return;
    }
    url = url.substr(0, url.find('#'));
    if (asked_.count(url) != 0) return;
    auto it = older(above.url);
    it.polls = 0;
    if (++it.pages >= kMostFeedPages) {
      reading.remarks.push_back("the feed has more than " + std::to_string(kMostFeedPages) +
                                " pages; the older ones are not asked for");
      return;
    }
    older_[url] = std::move(it);
    if (asked_.size() >= kFeedPages) {
      left_.insert(url);
      reading.remarks.push_back("the feed has more than " + std::to_string(kFeedPages) +
                                " pages; the next poll goes on with the older ones");
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
  std::string now_;  // as dates of entries are written; may be empty
  std::string newest_;
  std::set<std::string> asked_;
  std::map<std::string, Older, std::less<>> older_;
  std::set<std::string, std::less<>> left_;  // to the next poll
  std::size_t empty_ = 0;                    // pages, the newest in a row
  bool followed_ = false;
};

}  // namespace

std::unique_ptr<Poll> new_feed_poll(const PollSettings& settings) {
  return std::make_unique<FeedPoll>(settings);
}

}  // namespace muniment::polls
