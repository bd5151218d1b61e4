// An item of one platform looks like that of any other: the same fields, with the same meaning, filled or not
// given.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <set>

#include "base/time.hpp"
#include "polls/disqus_poll.hpp"
#include "polls/platform.hpp"
#include "sources/bluesky_page.hpp"
#include "sources/feed_page.hpp"
#include "sources/mastodon_page.hpp"
#include "sources/saved_formats.hpp"
#include "sources/url.hpp"
#include "sources/wordpress_page.hpp"

namespace muniment::polls {
namespace {

using sources::JsonPage;
using sources::kActivityPub;
using sources::kDiscourse;
using sources::kGraph;
using sources::kMailMessage;
using sources::kReddit;
using sources::kXPages;
using sources::kYouTube;
using sources::read_bluesky;
using sources::read_feed;
using sources::read_mastodon;
using sources::read_wordpress;
using sources::Reading;
using sources::root_of;
using sources::SavedContext;
using sources::SavedFormat;

struct Sample {
  std::string_view platform;
  std::string_view page;
};

// One answer of each platform, as rich as it gets, by an account that asks about the tide.
constexpr Sample kSamples[] = {
    {"wordpress",
     R"([{"id":12,"post":9,"parent":11,"author":2,"author_name":"Ann","author_url":"https://ann.example/","date_gmt":"2026-11-01T10:00:00","content":{"rendered":"<p>When is <a href=\"https://tide.example/\">low water</a>?</p>"},"status":"approved","type":"comment","link":"https://town.example/news#comment-12","_links":{"self":[{"href":"https://town.example/wp-json/wp/v2/comments/12"}],"up":[{"href":"https://town.example/wp-json/wp/v2/posts/9"}]}}])"},
    {"feed",
     R"({"version":"https://jsonfeed.org/version/1.1","language":"en","items":[{"id":"https://town.example/12","url":"https://town.example/12","title":"Tide","content_html":"<p>When is <a href=\"https://tide.example/\">low water</a>?</p>","date_published":"2026-11-01T10:00:00Z","date_modified":"2026-11-01T11:00:00Z","authors":[{"name":"Ann","url":"https://ann.example/"}],"tags":["tide"],"image":"https://town.example/a.png"}]})"},
    {"mastodon",
     R"([{"id":"12","uri":"https://town.example/users/ann/statuses/12","url":"https://town.example/@ann/12","in_reply_to_id":"11","content":"<p>@council When is <a href=\"https://tide.example/\">low water</a>? #tide</p>","spoiler_text":"Tide","language":"en","visibility":"public","created_at":"2026-11-01T10:00:00.000Z","edited_at":"2026-11-01T11:00:00.000Z","replies_count":1,"reblogs_count":2,"favourites_count":3,"mentions":[{"acct":"council","url":"https://town.example/@council"}],"tags":[{"name":"tide"}],"media_attachments":[{"url":"https://town.example/a.png","type":"image","description":"The quay"}],"account":{"id":"1","acct":"ann","display_name":"Ann","uri":"https://town.example/users/ann","url":"https://town.example/@ann"}}])"},
    {"bluesky",
     R"({"posts":[{"uri":"at://did:plc:ann/app.bsky.feed.post/3k","cid":"bafy","author":{"did":"did:plc:ann","handle":"ann.example","displayName":"Ann"},"record":{"text":"@council.example When is low water? #tide","langs":["en"],"createdAt":"2026-11-01T10:00:00Z","reply":{"root":{"uri":"at://did:plc:town/app.bsky.feed.post/1"},"parent":{"uri":"at://did:plc:town/app.bsky.feed.post/1"}},"facets":[{"index":{"byteStart":0,"byteEnd":16},"features":[{"$type":"app.bsky.richtext.facet#mention","did":"did:plc:town"}]},{"index":{"byteStart":35,"byteEnd":40},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"tide"}]},{"index":{"byteStart":25,"byteEnd":34},"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://tide.example/"}]}],"embed":{"$type":"app.bsky.embed.images","images":[{"alt":"The quay","image":{"ref":{"$link":"bafk"},"mimeType":"image/png"}}]}},"replyCount":1,"repostCount":2,"likeCount":3,"quoteCount":0,"indexedAt":"2026-11-01T10:00:01Z"}]})"},
    {"x",
     R"({"data":[{"id":"13","text":"@council When is low water? https://t.co/x #tide","author_id":"44","created_at":"2026-11-01T10:00:00.000Z","conversation_id":"11","lang":"en","edit_history_tweet_ids":["12","13"],"referenced_tweets":[{"type":"replied_to","id":"11"}],"entities":{"mentions":[{"username":"council"}],"hashtags":[{"tag":"tide"}],"urls":[{"expanded_url":"https://tide.example/"}]},"attachments":{"media_keys":["3_1"]},"public_metrics":{"reply_count":1,"retweet_count":2,"like_count":3,"quote_count":0}}],"includes":{"users":[{"id":"44","username":"ann","name":"Ann","protected":false}],"media":[{"media_key":"3_1","type":"photo","url":"https://x.example/a.png","alt_text":"The quay"}]},"meta":{"result_count":1}})"},
    {"facebook",
     R"({"data":[{"id":"1_12","created_time":"2026-11-01T10:00:00+0000","message":"When is low water?","permalink_url":"https://www.facebook.com/1/posts/12","from":{"id":"44","name":"Ann"},"privacy":{"value":"EVERYONE"},"link":"https://tide.example/","full_picture":"https://fb.example/a.png","shares":{"count":2},"message_tags":[{"name":"Council"}],"comments":{"summary":{"total_count":1}}}]})"},
    {"instagram",
     R"({"data":[{"id":"12","timestamp":"2026-11-01T10:00:00+0000","caption":"When is low water?","media_type":"IMAGE","media_url":"https://ig.example/a.png","permalink":"https://www.instagram.com/p/12/","username":"ann","like_count":3,"comments_count":1}]})"},
    {"threads",
     R"({"data":[{"id":"12","media_product_type":"THREADS","media_type":"TEXT_POST","permalink":"https://www.threads.net/@ann/post/12","username":"ann","text":"When is low water?","timestamp":"2026-11-01T10:00:00+0000","root_post":{"id":"11"},"replied_to":{"id":"11"}}]})"},
    {"youtube",
     R"({"items":[{"kind":"youtube#comment","id":"T.12","snippet":{"videoId":"V","parentId":"T","textDisplay":"When is <a href=\"https://tide.example/\">low water</a>?","authorDisplayName":"@ann","authorChannelId":{"value":"UCann"},"authorChannelUrl":"https://www.youtube.com/@ann","publishedAt":"2026-11-01T10:00:00Z","updatedAt":"2026-11-01T11:00:00Z","likeCount":3}}]})"},
    {"reddit",
     R"({"kind":"Listing","data":{"children":[{"kind":"t1","data":{"name":"t1_12","id":"12","body":"When is low water?","body_html":"&lt;p&gt;When is &lt;a href=\"https://tide.example/\"&gt;low water&lt;/a&gt;?&lt;/p&gt;","author":"ann","author_fullname":"t2_44","created_utc":1793527200.0,"edited":1793530800.0,"parent_id":"t1_11","link_id":"t3_10","permalink":"/r/wexcombe/comments/10/_/12/","subreddit_type":"public","score":3,"replies":""}}]}})"},
    {"discourse",
     R"({"latest_posts":[{"id":12,"username":"ann","name":"Ann","user_id":44,"created_at":"2026-11-01T10:00:00.000Z","updated_at":"2026-11-01T11:00:00.000Z","version":2,"cooked":"<p><a class=\"mention\" href=\"/u/council\">@council</a> When is <a href=\"https://tide.example/\">low water</a>?</p>","post_number":3,"reply_to_post_number":2,"topic_id":7,"topic_slug":"tide","reply_count":1,"actions_summary":[{"id":2,"count":3}]}]})"},
    {"disqus",
     R"({"code":0,"response":[{"id":"12","message":"<p>When is <a href=\"https://tide.example/\">low water</a>?</p>","createdAt":"2026-11-01T10:00:00","author":{"id":"44","username":"ann","name":"Ann","profileUrl":"https://disqus.com/by/ann/"},"parent":11,"thread":{"id":"7","link":"https://town.example/news"},"likes":3,"isApproved":true,"isDeleted":false,"isSpam":false}]})"},
    {"activitypub",
     R"({"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollectionPage","orderedItems":[{"id":"https://town.example/a/12/activity","type":"Create","actor":"https://town.example/users/ann","object":{"id":"https://town.example/a/12","type":"Note","attributedTo":"https://town.example/users/ann","inReplyTo":"https://town.example/a/11","content":"<p>When is <a href=\"https://tide.example/\">low water</a>?</p>","contentMap":{"en":"x"},"published":"2026-11-01T10:00:00Z","updated":"2026-11-01T11:00:00Z","url":"https://town.example/@ann/12","to":["https://www.w3.org/ns/activitystreams#Public"],"tag":[{"type":"Hashtag","name":"#tide"}],"attachment":[{"type":"Document","url":"https://town.example/a.png","mediaType":"image/png","name":"The quay"}]}}]})"},
    {"email",
     "From: Ann <ann@home.example>\r\nTo: council@town.example\r\nDate: Sun, 1 Nov 2026 10:00:00 "
     "+0000\r\nMessage-ID: <12@home.example>\r\nIn-Reply-To: <11@home.example>\r\nSubject: "
     "Tide\r\nContent-Language: en\r\n\r\nWhen is low water?\r\n"},
};

Result<Reading> read_sample(const Sample& sample) {
  const auto saved = [&](const SavedFormat& format, const std::string& origin) -> Result<Reading> {
    SavedContext context;
    context.origin = origin;
    Reading reading;
    if (auto read = format.read(sample.page, context, reading); !read) return read.error();
    return reading;
  };
  const std::string town = "https://town.example/";
  if (sample.platform == "wordpress") return read_wordpress(sample.page, town + "wp-json/");
  if (sample.platform == "mastodon") return read_mastodon(sample.page, town);
  if (sample.platform == "feed") return read_feed(sample.page, town + "feed.json", "");
  if (sample.platform == "x") return saved(kXPages, town);
  if (sample.platform == "youtube") return saved(kYouTube, town);
  if (sample.platform == "reddit") return saved(kReddit, town);
  if (sample.platform == "discourse") return saved(kDiscourse, "https://forum.example/");
  if (sample.platform == "activitypub") return saved(kActivityPub, town);
  if (sample.platform == "email") return saved(kMailMessage, {});
  auto page = JsonPage::parse(sample.page);
  if (!page) return page.error();
  if (sample.platform == "bluesky") return read_bluesky(*page);
  if (sample.platform == "disqus") return read_disqus(*page);
  return saved(kGraph, town);
}

// A row a field: its name, and its value in an item.
std::vector<std::pair<std::string, std::string>> fields_of(const records::Interaction& item) {
  records::BodyBuilder builder;
  records::add_fields(builder, records::Interaction(item));
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& field : std::move(builder).build()) out.emplace_back(field.name, field.value);
  return out;
}

bool is_time(const std::string& text) {
  return text.empty() || base::from_leaf_time(text).has_value();
}

TEST(OneItem, LooksLikeThatOfAnyOtherPlatform) {
  const std::set<std::string> types = {"post", "page", "comment", "reply", "repost", "version"};
  const std::set<std::string> counted = {"replies", "reposts",   "likes", "quotes",
                                         "views",   "bookmarks", "votes", "score"};
  std::map<std::string, std::map<std::string, std::string>> table;  // field, platform, value
  std::set<std::string> sampled;
  for (const auto& sample : kSamples) {
    SCOPED_TRACE(sample.platform);
    const auto reading = read_sample(sample);
    ASSERT_TRUE(reading) << reading.error().what;
    ASSERT_EQ(reading->items.size(), 1U);
    const auto& item = reading->items[0].interaction;
    EXPECT_EQ(item.platform, sample.platform);
    EXPECT_FALSE(item.id.empty());
    EXPECT_TRUE(types.contains(item.type)) << item.type;
    EXPECT_NE(item.text.find("When is low water?"), std::string::npos) << item.text;
    EXPECT_EQ(item.posted, "2026-11-01T10:00:00.000Z");
    EXPECT_TRUE(is_time(item.edited)) << item.edited;
    EXPECT_FALSE(item.author.name.empty() && item.author.handle.empty());
    EXPECT_FALSE(item.author.handle.starts_with('@')) << item.author.handle;
    for (const auto* url : {&item.url, &item.author.url})
      EXPECT_TRUE(url->empty() || !root_of(*url).empty()) << *url;
    for (const auto& tag : item.tags) EXPECT_EQ(tag, "tide");
    for (const auto& name : item.mentions) EXPECT_FALSE(name.starts_with('@')) << name;
    for (const auto& link : item.links) EXPECT_EQ(link, "https://tide.example/");
    for (const auto& [name, count] : item.counts) EXPECT_TRUE(counted.contains(name)) << name;
    if (item.type == "reply") {
      EXPECT_FALSE(item.reply_to.empty());
    }
    sampled.insert(item.platform);
    for (const auto& [name, value] : fields_of(item)) table[name][item.platform] = value;
  }
  for (const auto& row : platforms())
    EXPECT_TRUE(sampled.contains(std::string(row.name))) << row.name << " has no sample";

  for (const auto& [field, by_platform] : table) {
    std::printf("%s\n", field.c_str());
    for (const auto& row : platforms()) {
      const auto value = by_platform.find(std::string(row.name));
      std::printf("  %-12s %s\n", std::string(row.name).c_str(),
                  value == by_platform.end() ? "not given" : value->second.c_str());
    }
  }
}

}  // namespace
}  // namespace muniment::polls
