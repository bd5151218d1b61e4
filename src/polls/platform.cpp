#include "polls/platform.hpp"

#include <algorithm>

#include "polls/activitypub_poll.hpp"
#include "polls/bluesky_poll.hpp"
#include "polls/discourse_poll.hpp"
#include "polls/disqus_poll.hpp"
#include "polls/feed_poll.hpp"
#include "polls/graph_poll.hpp"
#include "polls/imap_poll.hpp"
#include "polls/mastodon_poll.hpp"
#include "polls/reddit_poll.hpp"
#include "polls/wordpress_poll.hpp"
#include "polls/x_poll.hpp"
#include "polls/youtube_poll.hpp"

namespace muniment::polls {
namespace {

using sources::Poll;
using sources::PollSettings;

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
    {.name = "x",
     .takes = "https://x.com/NAME, https://x.com/hashtag/TAG, https://x.com/search?q=QUERY",
     .sentence = "an account's posts, mentions and conversations, or a search of the last week; X charges "
                 "per post read",
     .login = Login::kNeeded,
     .parts = "token",
     .hosts = "api.x.com",
     .poll = new_x_poll},
    {.name = "facebook",
     .takes = "https://www.facebook.com/PAGE",
     .sentence = "a page's posts, the comments on them, and posts that tag it",
     .login = Login::kNeeded,
     .parts = "token",
     .hosts = "graph.facebook.com",
     .poll = new_facebook_poll},
    {.name = "instagram",
     .takes = "https://www.instagram.com/NAME",
     .sentence = "an own account's pictures and films, the comments on them, and posts that tag it",
     .login = Login::kNeeded,
     .parts = "token",
     .hosts = "graph.instagram.com",
     .poll = new_instagram_poll},
    {.name = "threads",
     .takes = "https://www.threads.net/@NAME",
     .sentence = "an own account's posts, the conversations below them, and mentions",
     .login = Login::kNeeded,
     .parts = "token",
     .hosts = "graph.threads.net",
     .poll = new_threads_poll},
    {.name = "youtube",
     .takes = "https://www.youtube.com/@NAME, https://www.youtube.com/channel/NUMBER",
     .sentence = "a channel's videos, the comments on them, and the answers to those",
     .login = Login::kNeeded,
     .parts = "key",
     .hosts = "www.googleapis.com",
     .poll = new_youtube_poll},
    {.name = "reddit",
     .takes = "https://www.reddit.com/r/NAME, …/r/NAME/search?q=WORDS, …/user/NAME",
     .sentence = "a subreddit's posts and their comments, a search in it, or what an account wrote",
     .login = Login::kOptional,
     .parts = "user password",
     .hosts = "www.reddit.com oauth.reddit.com",
     .poll = new_reddit_poll},
    {.name = "discourse",
     .takes = "https://FORUM/, …/c/NAME/NUMBER, …/tag/NAME, …/t/NAME/NUMBER",
     .sentence = "a forum's posts, or those of a category, a tag or a topic",
     .login = Login::kOptional,
     .parts = "user key",
     .poll = new_discourse_poll},
    {.name = "disqus",
     .takes = "https://disqus.com/home/forum/NAME/",
     .sentence = "the comments of a site that uses Disqus",
     .login = Login::kNeeded,
     .parts = "key",
     .hosts = "disqus.com",
     .poll = new_disqus_poll},
    {.name = "activitypub",
     .takes = "https://SERVER/users/NAME, as the account's own address",
     .sentence = "the public posts of an account of the fediverse, from its outbox",
     .poll = new_activitypub_poll},
    {.name = "email",
     .takes = "imaps://SERVER/MAILBOX",
     .sentence = "the messages of a mailbox, which are only read: none is marked as read",
     .login = Login::kNeeded,
     .parts = "user password",
     .is_mail = true,
     .poll = new_imap_poll},
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
  if (settings.url.starts_with("imap") != row->is_mail)
    return Error{Code::kInvalid, std::string(platform) + " is not asked at such an address",
                 "Give it as " + std::string(row->takes) + "."};
  return row->poll(settings);
}

}  // namespace muniment::polls
