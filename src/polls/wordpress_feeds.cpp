#include "polls/wordpress_feeds.hpp"

#include <utility>

#include "polls/feed_poll.hpp"

namespace muniment::polls {

// A line for each.
WordPressFeeds::WordPressFeeds(std::string front, std::string_view cursor, std::string now)
    : front_(std::move(front)), now_(std::move(now)) {
  const auto end = cursor.find('\n');
  cursors_[kPosts] = cursor.substr(0, end);
  cursors_[kComments] = end == std::string_view::npos ? "" : cursor.substr(end + 1);
}

void WordPressFeeds::stand_in_for(std::size_t list, sources::Reading& reading) {
  feeds_[list] = new_feed_poll({front_ + std::string(kWordPressLists[list].feed), cursors_[list], now_});
  for (auto& one : feeds_[list]->start()) {
    asks_[one.url] = list;
    reading.next.push_back(std::move(one));
  }
}

Result<sources::Reading> WordPressFeeds::read(const sources::Ask& asked, const sources::Answer& answer) {
  const auto list = asks_.at(asked.url);
  auto reading = feeds_.at(list)->read(asked, answer);
  if (reading)
    for (const auto& one : reading->next) asks_[one.url] = list;
  return reading;
}

std::string WordPressFeeds::cursor() const {
  if (feeds_.empty()) return {};
  const auto of = [&](std::size_t list) {
    const auto feed = feeds_.find(list);
    return feed == feeds_.end() ? cursors_.at(list) : feed->second->cursor();
  };
  return of(kPosts) + "\n" + of(kComments);
}

}  // namespace muniment::polls
