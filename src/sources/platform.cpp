#include "sources/platform.hpp"

#include <algorithm>

#include "sources/bluesky_poll.hpp"
#include "sources/feed_poll.hpp"
#include "sources/mastodon_poll.hpp"
#include "sources/wordpress_poll.hpp"

namespace muniment::sources {
namespace {

// For polls that any address will do for.
template <std::unique_ptr<Poll> (*make)(const PollSettings&)>
Result<std::unique_ptr<Poll>> any_address(const PollSettings& settings) {
  return make(settings);
}

constexpr Platform kPlatforms[] = {
    {.name = "wordpress",
     .takes = "https://SITE/",
     .sentence = "a site's posts, pages and comments; with a login also those waiting to be approved",
     .login = Login::kOptional,
     .parts = "user password",
     .poll = any_address<new_wordpress_poll>},
    {.name = "feed",
     .takes = "https://SITE/feed, or a page that names its feed",
     .sentence = "the entries of an RSS, Atom or JSON feed",
     .poll = any_address<new_feed_poll>},
    {.name = "mastodon",
     .takes = "https://SERVER/@NAME, https://SERVER/tags/TAG",
     .sentence = "an account's posts and the replies to them, or a tag; with a token also mentions",
     .login = Login::kOptional,
     .parts = "token",
     .poll = new_mastodon_poll},
    {.name = "bluesky",
     .takes = "https://bsky.app/profile/NAME, https://bsky.app/search?q=WORDS",
     .sentence =
         "an account's posts, reposts and the replies to them, or a search; as that account also mentions",
     .login = Login::kOptional,
     .parts = "user password",
     .hosts = "bsky.social",
     .poll = new_bluesky_poll},
};

}  // namespace

std::span<const Platform> platforms() {
  return kPlatforms;
}

const Platform* platform_named(std::string_view name) {
  const auto row = std::ranges::find(kPlatforms, name, &Platform::name);
  return row == std::end(kPlatforms) ? nullptr : row;
}

std::string platform_names() {
  std::string out;
  for (const auto& row : kPlatforms) out += (out.empty() ? "one of: " : ", ") + std::string(row.name);
  return out;
}

Result<std::unique_ptr<Poll>> new_poll(std::string_view platform, const PollSettings& settings) {
  const auto* row = platform_named(platform);
  if (row == nullptr) return Error{Code::kInvalid, "there is no platform of that name", platform_names()};
  if (row->login == Login::kNeeded && !settings.has_credential)
    return Error{Code::kDenied, std::string(platform) + " shows nothing without a login",
                 "name its credential with --credential NAME"};
  return row->poll(settings);
}

}  // namespace muniment::sources
