#include "support/long_list.hpp"

#include <algorithm>

#include "sources/url.hpp"

namespace muniment::test {
namespace {

constexpr int kAPage = 3;

std::string two(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}
// Post 25 was posted on the second day, in its second hour.
std::string time_of(int post) {
  return "2026-10-" + two(1 + post / 24) + "T" + two(post % 24) + ":00:00.000Z";
}
bool has_answer(int post) {
  return post % 2 == 0;
}
int number_in(const std::string& text) {
  const auto first = text.find_first_of("0123456789");
  return first == std::string::npos ? 0 : std::stoi(text.substr(first));
}
// The posts below one, or from the top.
std::vector<int> page_of(const std::string& below, int newest) {
  std::vector<int> out;
  for (int post = below.empty() ? newest : std::min(newest, number_in(below) - 1);
       post > 0 && out.size() < kAPage; --post)
    out.push_back(post);
  return out;
}
std::string joined(const std::vector<int>& posts, const std::function<std::string(int)>& text) {
  std::string out;
  for (const int post : posts) out += (out.empty() ? "" : ",") + text(post);
  return out;
}
bool has(const std::string& url, std::string_view words) {
  return url.find(words) != std::string::npos;
}
// The cursor of the page below these; empty at the list's end.
std::string next(const std::vector<int>& posts, const std::string& before = "") {
  return posts.empty() || posts.back() == 1 ? std::string() : before + std::to_string(posts.back());
}
std::string field(std::string_view name, const std::string& text) {
  return text.empty() ? std::string() : "\"" + std::string(name) + "\":\"" + text + "\",";
}

// --- Mastodon
// -----------------------------------------------------------------------------------------------

std::string mastodon_status(int number, int parent) {
  const auto n = std::to_string(number);
  return R"({"id":")" + n + R"(","uri":"https://town.example/users/a/statuses/)" + n +
         R"(","created_at":"2026-10-01T00:00:00.000Z","content":"<p>x</p>","replies_count":)" +
         (parent == 0 && has_answer(number) ? "1" : "0") + R"(,"in_reply_to_id":)" +
         (parent == 0 ? "null" : "\"" + std::to_string(parent) + "\"") +
         R"(,"account":{"acct":"a","url":"https://town.example/@a","uri":"https://town.example/users/a"}})";
}
Scripted mastodon(const std::string& url, int newest) {
  if (has(url, "/lookup")) return {200, R"({"id":"1","uri":"https://town.example/users/a"})"};
  if (has(url, "/context")) {
    const int post = number_in(url.substr(url.find("/statuses/")));
    return {200, R"({"ancestors":[],"descendants":[)" + mastodon_status(10'000 + post, post) + "]}"};
  }
  const auto posts = page_of(sources::parameter(url, "max_id"), newest);
  const auto below = next(posts, "https://town.example/api/v1/accounts/1/statuses?limit=40&max_id=");
  return {200, "[" + joined(posts, [](int post) { return mastodon_status(post, 0); }) + "]",
          below.empty() ? "" : "<" + below + ">; rel=\"next\""};
}

// --- Bluesky
// ------------------------------------------------------------------------------------------------

std::string bluesky_uri(int number) {
  return "at://did:plc:" + std::string(number > 10'000 ? "sea" : "quay") + "/app.bsky.feed.post/3k" +
         std::to_string(number);
}
std::string bluesky_post(int number, int parent) {
  const auto time = time_of(number % 10'000);
  const auto above = R"({"uri":")" + bluesky_uri(parent) + "\"}";
  return R"({"uri":")" + bluesky_uri(number) + R"(","cid":"c","author":{"did":"did:plc:)" +
         (number > 10'000 ? "sea" : "quay") + R"(","handle":"x"},"record":{"text":"x","createdAt":")" + time +
         "\"" + (parent == 0 ? "" : R"(,"reply":{"root":)" + above + R"(,"parent":)" + above + "}") +
         R"(},"replyCount":)" + (parent == 0 && has_answer(number) ? "1" : "0") + R"(,"indexedAt":")" + time +
         "\"}";
}
Scripted bluesky(const std::string& url, int newest) {
  if (has(url, "getProfile")) return {200, R"({"did":"did:plc:quay","handle":"quay.example"})"};
  if (has(url, "getPostThread")) {
    const int post = number_in(url.substr(url.find("3k") + 2));
    return {200, R"({"thread":{"post":)" + bluesky_post(post, 0) + R"(,"replies":[{"post":)" +
                     bluesky_post(10'000 + post, post) + "}]}}"};
  }
  const auto posts = page_of(sources::parameter(url, "cursor"), newest);
  return {200, "{" + field("cursor", next(posts, "c ")) + R"("feed":[)" + joined(posts, [](int post) {
                 return R"({"post":)" + bluesky_post(post, 0) + "}";
               }) + "]}"};
}

// --- Facebook
// -----------------------------------------------------------------------------------------------

std::string facebook_paging(const std::string& url) {
  return url.empty() ? "" : R"(,"paging":{"cursors":{"after":"x"},"next":")" + url + "\"}";
}
Scripted facebook(const std::string& url, int newest) {
  const std::string api = "https://graph.facebook.com/v21.0";
  const std::string token = "access_token=SECRETSECRET";
  const auto comment = [](int id) {
    return R"({"id":"1_)" + std::to_string(10'000 + id) +
           R"(","created_time":"2026-10-31T00:00:00+0000","message":"x","from":{"id":"9","name":"A"}})";
  };
  if (has(url, "debug_token")) return {200, R"({"data":{"is_valid":true}})"};
  if (has(url, "/tagged")) return {200, R"({"data":[]})"};
  if (has(url, "/comments?"))
    return {200, R"({"data":[)" + comment(number_in(url.substr(url.find("/1_") + 3))) + "]}"};
  const auto posts = page_of(sources::parameter(url, "after"), newest);
  return {200, R"({"data":[)" +
                   joined(posts,
                          [&](int post) {
                            const auto id = "1_" + std::to_string(post);
                            auto time = time_of(post);
                            time.replace(19, 5, "+0000");
                            return R"({"id":")" + id + R"(","created_time":")" + time +
                                   R"(","message":"x","comments":)" +
                                   R"({"data":[],"summary":{"total_count":1})" +
                                   (has_answer(post)
                                        ? facebook_paging(api + "/" + id + "/comments?" + token + "&after=x")
                                        : "") +
                                   "}}";
                          }) +
                   "]" +
                   facebook_paging(next(posts).empty()
                                       ? ""
                                       : api + "/town/feed?" + token + "&limit=50&after=Q" + next(posts)) +
                   "}"};
}

// --- YouTube
// ------------------------------------------------------------------------------------------------

std::string youtube_comment(const std::string& id, const std::string& time, const std::string& parent) {
  return R"({"kind":"youtube#comment","id":")" + id + R"(","snippet":{"textDisplay":"x","videoId":"V1",)" +
         field("parentId", parent) + R"("authorDisplayName":"@a","publishedAt":")" + time + "\"}}";
}
Scripted youtube(const std::string& url, int newest) {
  if (has(url, "/channels"))
    return {200, R"({"items":[{"id":"UC1","contentDetails":{"relatedPlaylists":{"uploads":"UU1"}}}]})"};
  if (has(url, "/playlistItems")) return {200, R"({"kind":"youtube#x","items":[]})"};
  if (const auto parent = sources::parameter(url, "parentId"); !parent.empty())
    return {200,
            R"({"kind":"youtube#x","items":[)" + youtube_comment(parent + ".a", time_of(1), parent) + "]}"};
  const auto posts = page_of(sources::parameter(url, "pageToken"), newest);
  return {200, R"({"kind":"youtube#x",)" + field("nextPageToken", next(posts, "P")) + R"("items":[)" +
                   joined(posts,
                          [](int post) {
                            const auto id = "T" + std::to_string(post);
                            return R"({"kind":"youtube#commentThread","id":")" + id +
                                   R"(","snippet":{"videoId":"V1","topLevelComment":)" +
                                   youtube_comment(id, time_of(post), "") + R"(,"totalReplyCount":)" +
                                   (has_answer(post) ? "1" : "0") + "}}";
                          }) +
                   "]}"};
}

// --- Reddit
// -------------------------------------------------------------------------------------------------

constexpr int kOctober = 1'790'812'800;  // 2026-10-01

Scripted reddit(const std::string& url, int newest) {
  const auto listing = [](const std::string& things, const std::string& after) {
    return R"({"kind":"Listing","data":{"children":[)" + things + R"(],"after":)" +
           (after.empty() ? "null" : "\"" + after + "\"") + "}}";
  };
  const auto link = [](int post) {
    const auto n = std::to_string(post);
    return R"({"kind":"t3","data":{"name":"t3_)" + n + R"(","id":")" + n +
           R"(","title":"x","selftext":"x","author":"a","created_utc":)" +
           std::to_string(kOctober + post * 3600) + R"(.0,"edited":false,"is_self":true,"num_comments":)" +
           (has_answer(post) ? "1" : "0") + "}}";
  };
  if (has(url, "/comments/")) {
    const int post = number_in(url.substr(url.find("/comments/")));
    const auto n = std::to_string(post);
    return {200, "[" + listing(link(post), "") + "," +
                     listing(R"({"kind":"t1","data":{"name":"t1_)" + n + R"(","id":")" + n +
                                 R"(","body":"x","author":"b","created_utc":1790812800.0,"parent_id":"t3_)" +
                                 n + R"(","link_id":"t3_)" + n + R"(","replies":""}})",
                             "") +
                     "]"};
  }
  const auto after = sources::parameter(url, "after");
  const auto posts = page_of(after.empty() ? "" : after.substr(3), newest);
  return {200, listing(joined(posts, link), next(posts, "t3_"))};
}

// --- Discourse, Disqus, ActivityPub
// -------------------------------------------------------------------------

std::string discourse_post(int post) {
  const auto n = std::to_string(post);
  return R"({"id":)" + n + R"(,"username":"a","user_id":5,"created_at":")" + time_of(post % 10'000) +
         R"(","cooked":"<p>x</p>","post_number":1,"version":1,"topic_id":7,"topic_slug":"x"})";
}
Scripted discourse(const std::string& url, int newest) {
  const auto before = sources::parameter(url, "before");
  const auto posts = page_of(before.empty() ? "" : std::to_string(number_in(before) + 1), newest);
  return {200, R"({"latest_posts":[)" + joined(posts, discourse_post) + "]}"};
}

// Topic 5 holds the posts 5 and 10,005.
Scripted discourse_topics(const std::string& url, int newest) {
  if (has(url, "/t/") && has(url, "post_ids"))
    return {200, R"({"post_stream":{"posts":[)" + discourse_post(number_in(url.substr(url.find("ids[]=")))) +
                     "]}}"};
  if (has(url, "/t/")) {
    const int topic = number_in(url.substr(url.find("/t/")));
    const auto n = std::to_string(topic);
    return {200, R"({"id":)" + n + R"(,"post_stream":{"posts":[)" + discourse_post(topic) +
                     R"(],"stream":[)" + n + (has_answer(topic) ? ",1000" + n : "") + "]}}"};
  }
  const auto posts = page_of(sources::parameter(url, "below"), newest);
  const auto more = next(posts, "/c/quay/3?below=");
  return {
      200,
      R"({"topic_list":{)" + field("more_topics_url", more) + R"("topics":[)" + joined(posts, [](int post) {
        return R"({"id":)" + std::to_string(post) + R"(,"last_posted_at":")" + time_of(post) + "\"}";
      }) + "]}}"};
}

Scripted disqus(const std::string& url, int newest) {
  const auto posts = page_of(sources::parameter(url, "cursor"), newest);
  const auto below = next(posts, "c:");
  return {200, R"({"cursor":{"hasNext":)" + std::string(below.empty() ? "false" : "true") + R"(,"next":")" +
                   below + R"("},"code":0,"response":[)" +
                   joined(posts,
                          [](int post) {
                            return R"({"id":")" + std::to_string(post) + R"(","message":"x","createdAt":")" +
                                   time_of(post).substr(0, 19) +
                                   R"(","author":{"id":"7"},"isApproved":true})";
                          }) +
                   "]}"};
}

const std::string kActor = "https://social.example/users/a";

Scripted activitypub(const std::string& url, int newest) {
  if (url == kActor)
    return {200, R"({"id":")" + kActor + R"(","type":"Person","outbox":")" + kActor + "/outbox\"}"};
  if (url == kActor + "/outbox")
    return {200, R"({"type":"OrderedCollection","first":")" + kActor + "/outbox?page=1\"}"};
  const auto posts = page_of(sources::parameter(url, "below"), newest);
  return {200, R"({"type":"OrderedCollectionPage",)" + field("next", next(posts, kActor + "/outbox?below=")) +
                   R"("orderedItems":[)" +
                   joined(posts,
                          [](int post) {
                            return R"({"type":"Create","object":{"id":")" + kActor + "/" +
                                   std::to_string(post) + R"(","type":"Note","attributedTo":")" + kActor +
                                   R"(","content":"x","published":")" + time_of(post) +
                                   R"(","to":["https://www.w3.org/ns/activitystreams#Public"]}})";
                          }) +
                   "]}"};
}

std::function<std::string(int)> named(const std::string& before, int more = 0,
                                      const std::string& after = "") {
  return [=](int post) { return before + std::to_string(more + post) + after; };
}
std::function<bool(const std::string&)> holding(const std::string& words) {
  return [=](const std::string& url) { return has(url, words); };
}

}  // namespace

std::vector<LongList> long_lists() {
  const std::string status = "https://town.example/users/a/statuses/";
  return {
      {"mastodon", "https://town.example/@a", mastodon, named(status), named(status, 10'000),
       holding("/accounts/1/statuses")},
      {"bluesky", "https://bsky.app/profile/quay.example", bluesky, bluesky_uri,
       [](int post) { return bluesky_uri(10'000 + post); }, holding("getAuthorFeed")},
      {"facebook", "https://www.facebook.com/town", facebook, named("1_"), named("1_", 10'000),
       holding("/town/feed")},
      {"youtube", "https://www.youtube.com/@a", youtube, named("T"), named("T", 0, ".a"),
       holding("/commentThreads")},
      {"reddit", "https://www.reddit.com/r/a", reddit, named("t3_"), named("t1_"), holding("/r/a/new")},
      {"discourse",
       "https://forum.example/",
       discourse,
       named("forum.example/post/"),
       {},
       holding("/posts.json")},
      {"discourse", "https://forum.example/c/quay/3", discourse_topics, named("forum.example/post/"),
       [](int post) { return "forum.example/post/1000" + std::to_string(post); }, holding("/c/quay/3")},
      {"disqus", "https://disqus.com/home/forum/quay/", disqus, named(""), {}, holding("/posts/list")},
      {"activitypub", kActor, activitypub, named(kActor + "/"), {}, holding("below=")},
  };
}

}  // namespace muniment::test
