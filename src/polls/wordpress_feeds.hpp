// The feeds of a WordPress site, which show the newest posts and comments where its lists are barred.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "polls/wordpress_lists.hpp"
#include "sources/source.hpp"

namespace muniment::polls {

class WordPressFeeds {
 public:
  // `front`: the site's own address, with a slash at its end.  `cursor`: as cursor() said.  `now`: RFC 3339.
  WordPressFeeds(std::string front, std::string_view cursor, std::string now);

  // Asks for the feed in the place of a list that has one.
  void stand_in_for(std::size_t list, sources::Reading& reading);
  // Was this asked of a feed?
  bool asked(const sources::Ask& ask) const { return asks_.contains(ask.url); }
  Result<sources::Reading> read(const sources::Ask& asked, const sources::Answer& answer);
  // Empty when no feed was read.
  std::string cursor() const;

 private:
  static constexpr std::size_t kPosts = 0, kComments = 2;  // lists that have feeds

  std::string front_, now_;
  std::map<std::size_t, std::string> cursors_;
  std::map<std::size_t, std::unique_ptr<sources::Poll>> feeds_;  // by list
  std::map<std::string, std::size_t, std::less<>> asks_;         // whose list, by address
};

}  // namespace muniment::polls
