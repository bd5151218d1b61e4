// The one place that knows every platform.
#include "sources/feed_poll.hpp"
#include "sources/mastodon_poll.hpp"
#include "sources/source.hpp"
#include "sources/wordpress_poll.hpp"

namespace muniment::sources {

std::vector<std::string_view> platforms() {
  return {"wordpress", "feed", "mastodon"};
}

Result<std::unique_ptr<Poll>> new_poll(std::string_view platform, const PollSettings& settings) {
  if (platform == "wordpress") return new_wordpress_poll(settings);
  if (platform == "feed") return new_feed_poll(settings);
  if (platform == "mastodon") return new_mastodon_poll(settings);
  return Error{Code::kInvalid, "there is no platform of that name", "Platforms: wordpress, feed, mastodon."};
}

}  // namespace muniment::sources
