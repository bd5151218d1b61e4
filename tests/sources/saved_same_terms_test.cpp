// An item of any saved file looks like that of any other: the same fields, with the same meaning, filled or
// not given.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <set>

#include "records/body.hpp"
#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

struct Sample {
  std::string_view format;
  std::string_view file;
  bool is_private = false;
};

// In each format somebody called Ann (or whoever exports) asks about the tide.
constexpr Sample
    kSamples[] =
        {
            {"x-archive",
             R"(window.YTD.tweets.part0 = [{"tweet":{"edit_info":{"initial":{"editTweetIds":["12"]}},"id_str":"12","full_text":"@council When is low water? #tide","created_at":"Sun Nov 01 10:00:00 +0000 2026","lang":"en","in_reply_to_status_id_str":"11","entities":{"user_mentions":[{"screen_name":"council"}],"hashtags":[{"text":"tide"}],"urls":[{"expanded_url":"https://tide.example/"}]},"extended_entities":{"media":[{"media_url_https":"https://x.example/a.png","type":"photo"}]},"favorite_count":"3","retweet_count":"2"}}])"},
            {"x-circle",
             R"(window.YTD.twitter_circle_tweet.part0 = [{"tweet":{"id_str":"12","full_text":"When is low water?","created_at":"Sun Nov 01 10:00:00 +0000 2026","lang":"en"}}])",
             true},
            {"x-messages",
             R"(window.YTD.direct_messages.part0 = [{"dmConversation":{"conversationId":"1-44","messages":[{"messageCreate":{"id":"12","senderId":"44","text":"When is low water?","createdAt":"2026-11-01T10:00:00.000Z","urls":[],"mediaUrls":[]}}]}}])",
             true},
            {"x",
             R"({"data":[{"id":"12","text":"@council When is low water? #tide","author_id":"44","created_at":"2026-11-01T10:00:00.000Z","lang":"en","entities":{"mentions":[{"username":"council"}],"hashtags":[{"tag":"tide"}],"urls":[{"expanded_url":"https://tide.example/"}]},"public_metrics":{"reply_count":1,"retweet_count":2,"like_count":3,"quote_count":0}}],"includes":{"users":[{"id":"44","username":"ann","name":"Ann","protected":false}]}})"},
            {"graph",
             R"({"data":[{"id":"1_12","created_time":"2026-11-01T10:00:00+0000","message":"When is low water?","permalink_url":"https://www.facebook.com/1/posts/12","from":{"id":"44","name":"Ann"},"link":"https://tide.example/","full_picture":"https://fb.example/a.png","shares":{"count":2}}]})"},
            {"reddit",
             R"({"kind":"Listing","data":{"children":[{"kind":"t1","data":{"name":"t1_12","id":"12","body":"When is low water?","author":"ann","author_fullname":"t2_44","created_utc":1793527200.0,"edited":1793530800.0,"parent_id":"t1_11","link_id":"t3_10","permalink":"/r/w/comments/10/_/12/","subreddit_type":"public","score":3,"replies":""}}]}})"},
            {"youtube",
             R"({"items":[{"kind":"youtube#comment","id":"T.12","snippet":{"videoId":"V","parentId":"T","textOriginal":"When is low water?","authorDisplayName":"Ann","authorChannelId":{"value":"UCann"},"publishedAt":"2026-11-01T10:00:00Z","updatedAt":"2026-11-01T11:00:00Z","likeCount":3}}]})"},
            {"youtube-takeout",
             "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video "
             "ID,Comment "
             "Text,Top-Level Comment "
             "ID\nT.12,UCann,2026-11-01T10:00:00+00:00,0,T,,V,\"{\"\"text\"\":\"\"When is "
             "low water?\"\"}\",T\n"},
            {"discourse",
             R"({"latest_posts":[{"id":12,"username":"ann","name":"Ann","user_id":44,"created_at":"2026-11-01T10:00:00.000Z","version":1,"cooked":"<p>When is <a href=\"https://tide.example/\">low water</a>?</p>","post_number":3,"reply_to_post_number":2,"topic_id":7,"topic_slug":"tide"}]})"},
            {"telegram",
             R"({"name":"Wexcombe","type":"public_channel","id":7,"messages":[{"id":12,"type":"message","date":"2026-11-01T10:00:00","date_unixtime":"1793527200","from":"Ann","from_id":"user44","text":["When is low water? ",{"type":"hashtag","text":"#tide"},{"type":"text_link","text":" ","href":"https://tide.example/"}],"reply_to_message_id":11}]})"},
            {"meta-messages",
             R"({"participants":[{"name":"Ann"}],"messages":[{"sender_name":"Ann","timestamp_ms":1793527200000,"content":"When is low water?"}],"title":"Ann","thread_path":"inbox/ann_1"})",
             true},
            {"facebook-export",
             R"([{"timestamp":1793527200,"data":[{"post":"When is low water?"}],"title":"Ann updated her status.","attachments":[{"data":[{"media":{"uri":"posts/a.png","description":"The quay"}},{"external_context":{"url":"https://tide.example/"}}]}]}])"},
            {"instagram-export",
             R"([{"media":[{"uri":"media/a.png","creation_timestamp":1793527200,"title":"When is low water?"}]}])"},
            {"googleplus",
             R"({"url":"https://plus.google.com/+Ann/posts/a","creationTime":"2026-11-01 10:00:00+0000","author":{"displayName":"Ann","resourceName":"users/44"},"content":"When is <a href=\"https://tide.example/\">low water</a>?","resourceName":"users/44/posts/a","postAcl":{"visibleToStandardAcl":{"circles":[{"type":"CIRCLE_TYPE_PUBLIC"}]}}})"},
            {"instagram-export-2018",
             R"({"photos":[{"caption":"When is low water?","taken_at":"2026-11-01T10:00:00","path":"photos/a.png"}]})"},
            {"threads-export",
             R"({"text_post_app_text_posts":[{"media":[{"uri":"media/a.png","creation_timestamp":1793527200,"title":"When is low water?"}]}]})"},
            {"facebook-photos",
             R"({"videos_v2":[{"uri":"posts/media/a.mp4","creation_timestamp":1793527200,"description":"When is low water?"}]})"},
            {"facebook-recommendations",
             R"({"recommended_pages_v2":[{"name":"When is low water?","timestamp":1793527200,"url":"https://tide.example/"}]})"},
            {"facebook-reviews",
             R"({"reviews_v2":[{"timestamp":1793527200,"data":[{"review":{"text":"When is low water?","rating":5,"name":"When is low water?","url":"https://tide.example/"}}]}]})"},
            {"meta-labels",
             R"([{"timestamp":1793527200,"media":[],"label_values":[{"label":"Text","value":"When is low water?"},{"label":"URL","value":"https://tide.example/","href":"https://tide.example/"}]}])"},
            {"x-lookup", R"({"id":{"12":{"id_str":"12","full_text":"@council When is low water? #tide","created_at":"Sun Nov 01 10:00:00 +0000 2026","lang":"en","entities":{"user_mentions":[{"screen_name":"council"}],"hashtags":[{"text":"tide"}],"urls":[{"expanded_url":"https://tide.example/"}]},"user":{"id_str":"44","screen_name":"ann","name":"Ann","protected":false}}}})"},
            {"youtube-takeout-page",
             R"(<ul><li>You added a <a href="http://www.youtube.com/watch?v=V&amp;lc=T">comment</a> on a <a href="http://www.youtube.com/watch?v=V">video</a> at 2026-11-01 10:00:00 UTC.<br/>When is <a href="https://tide.example/">low water</a>?</li></ul>)"},
            {"googleplus-page",
             R"(<html><body><div><a href="https://plus.google.com/+Ann" class="author">Ann</a> - <a href="https://plus.google.com/+Ann/posts/a">2026-11-01 10:00:00+0000</a><div class="main-content">When is <a href="https://tide.example/">low water</a>?</div></div><div class="visibility">Shared with: Public</div></body></html>)"},
            {"activitypub",
             R"({"@context":"https://www.w3.org/ns/activitystreams","type":"Create","id":"https://town.example/12/activity","actor":"https://town.example/users/ann","object":{"id":"https://town.example/12","type":"Note","attributedTo":"https://town.example/users/ann","content":"<p>When is <a href=\"https://tide.example/\">low water</a>?</p>","published":"2026-11-01T10:00:00Z","to":["https://www.w3.org/ns/activitystreams#Public"],"tag":[{"type":"Hashtag","name":"#tide"}]}})"},
            {"bluesky",
             R"({"uri":"at://did:plc:ann/app.bsky.feed.post/3k","cid":"bafy","value":{"$type":"app.bsky.feed.post","text":"When is low water?","createdAt":"2026-11-01T10:00:00Z","tags":["tide"]}})"},
            {"wordpress",
             R"([{"id":12,"post":9,"author_name":"Ann","date_gmt":"2026-11-01T10:00:00","content":{"rendered":"<p>When is <a href=\"https://tide.example/\">low water</a>?</p>"},"status":"approved","type":"comment","link":"https://town.example/news#comment-12"}])"},
            {"wordpress-export",
             R"(<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="c"><channel><wp:base_blog_url>https://town.example</wp:base_blog_url><item><wp:post_id>9</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_date_gmt>2026-11-01 10:00:00</wp:post_date_gmt><dc:creator>Ann</dc:creator><link>https://town.example/9</link><content:encoded><![CDATA[When is <a href="https://tide.example/">low water</a>?]]></content:encoded><category>tide</category></item></channel></rss>)"},
            {"mastodon",
             R"([{"id":"12","uri":"https://town.example/users/ann/statuses/12","content":"<p>When is <a href=\"https://tide.example/\">low water</a>?</p>","visibility":"public","created_at":"2026-11-01T10:00:00.000Z","tags":[{"name":"tide"}],"account":{"id":"1","acct":"ann","display_name":"Ann","url":"https://town.example/@ann"}}])"},
            {"disqus-export",
             R"(<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"><thread dsq:id="7"><link>https://town.example/news</link></thread><post dsq:id="12"><message><![CDATA[<p>When is <a href="https://tide.example/">low water</a>?</p>]]></message><createdAt>2026-11-01T10:00:00Z</createdAt><author><name>Ann</name><username>ann</username></author><thread dsq:id="7"/><parent dsq:id="11"/></post></disqus>)"},
            {"feed",
             R"(<rss version="2.0"><channel><link>https://town.example/</link><item><guid>https://town.example/12</guid><link>https://town.example/12</link><author>ann@town.example (Ann)</author><pubDate>Sun, 01 Nov 2026 10:00:00 GMT</pubDate><description>When is &lt;a href="https://tide.example/"&gt;low water&lt;/a&gt;?</description><category>tide</category></item></channel></rss>)"},
            {"linkedin-messages",
             "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE "
             "URLS,DATE,SUBJECT,CONTENT,FOLDER\nc,,Ann,https://www.linkedin.com/in/ann,Council,,2026-11-01 "
             "10:00:00 UTC,Tide,When is low water?,INBOX\n",
             true},
            {"linkedin-posts",
             "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n2026-11-01 "
             "10:00:00,https://www.linkedin.com/feed/update/12,When is low "
             "water?,https://tide.example/,,MEMBER_NETWORK\n"},
            {"table",
             "Ref,Channel,Date,From,Message,URL,Privacy\n12,web form,2026-11-01 10:00,Ann,When is low "
             "water?,https://town.example/form/12,public\n"},
            {"mbox",
             "From ann@town.example Sun Nov  1 10:00:00 2026\nFrom: Ann <ann@town.example>\nTo: "
             "council@town.example\nDate: Sun, 1 Nov 2026 10:00:00 +0000\nMessage-ID: "
             "<12@town.example>\nIn-Reply-To: <11@town.example>\nSubject: Tide\n\nWhen is low water?\n",
             true},
            {"whatsapp",
             "[01/11/2026, 10:00:00] Ann: When is low water?\n[13/11/2026, 10:00:00] someone joined\n", true},
            {"eml",
             "From: Ann <ann@town.example>\nTo: council@town.example\nDate: Sun, 1 Nov 2026 10:00:00 "
             "+0000\nMessage-ID: <12@town.example>\nSubject: Tide\n\nWhen is low water?\n",
             true},
};

std::vector<std::pair<std::string, std::string>> fields_of(records::Interaction item) {
  records::BodyBuilder builder;
  records::add_fields(builder, std::move(item));
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& field : std::move(builder).build()) out.emplace_back(field.name, field.value);
  return out;
}

TEST(OneSavedItem, LooksLikeThatOfAnyOtherFormat) {
  const std::set<std::string> types = {"post", "page", "comment", "reply", "repost", "message", "review"};
  SavedContext context;
  context.origin = "https://forum.example/";
  for (const auto* platform : {"x", "facebook", "instagram", "linkedin", "threads", "youtube"})
    context.owners[platform] = {"44", "ann", "Ann", ""};
  std::map<std::string, std::map<std::string, std::string>> table;  // field, format, value
  for (const auto& sample : kSamples) {
    SCOPED_TRACE(sample.format);
    const auto reading = support::read_file_of(sample.format, sample.file, context);
    ASSERT_EQ(reading.items.size(), 1U) << (reading.remarks.empty() ? "" : reading.remarks[0]);
    EXPECT_EQ(support::fault_of(reading, sample.file), "");
    const auto& item = reading.items[0].interaction;
    EXPECT_TRUE(types.contains(item.type)) << item.type;
    const auto& words = item.type == "review" ? item.summary : item.text;
    EXPECT_NE(words.find("When is low water?"), std::string::npos) << words;
    EXPECT_EQ(item.posted, "2026-11-01T10:00:00.000Z");
    EXPECT_FALSE(item.author.id.empty() && item.author.name.empty() && item.author.handle.empty());
    EXPECT_FALSE(item.author.handle.starts_with('@'));
    for (const auto& tag : item.tags) EXPECT_TRUE(tag == "tide" || item.platform == "table") << tag;
    for (const auto& name : item.mentions) EXPECT_FALSE(name.starts_with('@')) << name;
    for (const auto& link : item.links) EXPECT_EQ(link, "https://tide.example/");
    EXPECT_EQ(!reading.items[0].why_private.empty(), sample.is_private);
    if (item.type == "reply") EXPECT_FALSE(item.reply_to.empty());
    for (const auto& [name, value] : fields_of(item)) table[name][std::string(sample.format)] = value;
  }
  // A repository is bytes, and has its own test (bluesky_saved_test.cpp).
  for (const auto* format : formats()) {
    const bool has_sample = table["platform"].contains(std::string(format->name));
    EXPECT_TRUE(has_sample || format->name == "bluesky-repository") << format->name << " has no sample";
  }
  for (const auto& [field, by_format] : table) {
    std::printf("%s\n", field.c_str());
    for (const auto* format : formats()) {
      const auto value = by_format.find(std::string(format->name));
      std::printf("  %-18s %s\n", std::string(format->name).c_str(),
                  value == by_format.end() ? "not given" : value->second.c_str());
    }
  }
}

}  // namespace
}  // namespace muniment::sources
