#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::only_item;
using support::read_file_of;
using testing::ElementsAre;
using testing::SizeIs;

constexpr std::string_view kAccount = R"(window.YTD.account.part0 = [ { "account" : {
  "email" : "council@town.example", "username" : "TownCouncil", "accountId" : "7001", "accountDisplayName" : "Town Council" } } ])";

constexpr std::string_view kTweets = R"(window.YTD.tweets.part0 = [
  { "tweet" : {
    "edit_info" : { "edit" : { "initialTweetId" : "1600000000000000001", "editControlInitial" : { "editTweetIds" : [ "1600000000000000001", "1600000000000000002" ], "editsRemaining" : "4" } } },
    "retweeted" : false, "source" : "<a href=\"https://x.example\" rel=\"nofollow\">Web</a>",
    "entities" : {
      "user_mentions" : [ { "name" : "Jo", "screen_name" : "jo_b", "indices" : [ "0", "5" ], "id_str" : "55", "id" : "55" } ],
      "urls" : [ { "url" : "https://t.co/a", "expanded_url" : "https://town.example/bins", "display_url" : "town.example/bins", "indices" : [ "30", "44" ] } ],
      "hashtags" : [ { "text" : "bins", "indices" : [ "16", "21" ] } ],
      "media" : [ { "url" : "https://t.co/p", "media_url_https" : "https://pbs.example/p.jpg", "type" : "photo", "id_str" : "9" } ] },
    "extended_entities" : { "media" : [ { "url" : "https://t.co/p", "media_url_https" : "https://pbs.example/p.jpg", "type" : "photo", "id_str" : "9" } ] },
    "favorite_count" : "3", "retweet_count" : "1", "in_reply_to_status_id_str" : "1599999999999999999", "in_reply_to_screen_name" : "jo_b",
    "id_str" : "1600000000000000002", "id" : "1600000000000000002", "created_at" : "Tue Dec 06 10:00:01 +0000 2022", "lang" : "en",
    "full_text" : "@jo_b It's fixed &amp; open. #bins \ud83d\udc4d https://t.co/a https://t.co/p" } },
  { "tweet" : {
    "edit_info" : { "initial" : { "editTweetIds" : [ "1600000000000000010" ], "editableUntil" : "2022-12-06T11:00:00.000Z" } },
    "id_str" : "1600000000000000010", "created_at" : "Tue Dec 06 10:30:00 +0000 2022", "lang" : "und",
    "full_text" : "RT @other: Roads are closed tod…" } } ])";

TEST(XArchive, ReadsAPostWithAllThatItSays) {
  SavedContext context;
  learn(kAccount, context);
  const auto reading = read_file_of("x-archive", kTweets, context);
  EXPECT_EQ(fault_of(reading, kTweets), "");
  ASSERT_THAT(reading.items, SizeIs(2)) << (reading.remarks.empty() ? "" : reading.remarks[0]);
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.platform, "x");
  EXPECT_EQ(post.type, "reply");
  EXPECT_EQ(post.text, "@jo_b It's fixed & open. #bins \U0001F44D https://t.co/a https://t.co/p");
  EXPECT_EQ(post.posted, "2022-12-06T10:00:01.000Z");
  EXPECT_EQ(post.author.id, "7001");
  EXPECT_EQ(post.author.handle, "TownCouncil");
  EXPECT_EQ(post.author.name, "Town Council");
  EXPECT_EQ(post.reply_to, "1599999999999999999");
  EXPECT_EQ(post.lang, "en");
  EXPECT_THAT(post.mentions, ElementsAre("jo_b"));
  EXPECT_THAT(post.tags, ElementsAre("bins"));
  EXPECT_THAT(post.links, ElementsAre("https://town.example/bins"));
  ASSERT_THAT(post.media, SizeIs(1));
  EXPECT_EQ(post.media[0].url, "https://pbs.example/p.jpg");
  EXPECT_THAT(post.counts,
              testing::UnorderedElementsAre(testing::Pair("likes", 3U), testing::Pair("reposts", 1U)));
  EXPECT_EQ(reading.items[1].interaction.lang, "");
}

TEST(XArchive, KnowsWhoseItIsFromItsManifestToo) {
  for (
      const std::string_view file :
      {R"(window.__THAR_CONFIG = { "userInfo" : { "accountId" : "7001", "userName" : "TownCouncil", "displayName" : "Town Council" },
        "archiveInfo" : { "sizeBytes" : "9" } })",
       R"(var user_details = { "screen_name" : "TownCouncil", "full_name" : "Town Council", "id" : "7001" })"}) {
    EXPECT_TRUE(may_tell_owner(file));
    SavedContext context;
    learn(file, context);
    const auto reading = read_file_of("x-archive", kTweets, context);
    ASSERT_THAT(reading.items, SizeIs(2));
    EXPECT_EQ(reading.items[0].interaction.author.id, "7001") << file;
    EXPECT_EQ(reading.items[0].interaction.author.handle, "TownCouncil") << file;
    EXPECT_EQ(reading.items[0].interaction.author.name, "Town Council") << file;
  }
}

TEST(XArchive, KeepsTheTextOfARepostAsFarAsItWasWritten) {
  const auto reading = read_file_of("x-archive", kTweets);
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[1].interaction.text, "RT @other: Roads are closed tod\u2026");
}

records::Interaction tweet(const std::string& fields) {
  return only_item("x-archive", R"(window.YTD.tweets.part0 = [{"tweet":{"retweeted":false,"id_str":"40",)" +
                                    fields + "}}]");
}

TEST(XArchive, BelievesTheFileThatALongTextWasDeleted) {
  const auto reading = read_file_of(
      "x-archive",
      R"(window.YTD.deleted_note_tweet.part0 = [{"noteTweet":{"noteTweetId":"9","createdAt":"2026-05-01T10:00:00.000Z","core":{"text":"Long words"}}}])");
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.items[0].interaction.visibility, "deleted");
  EXPECT_EQ(reading.items[0].fate, Fate::kGone);
}

TEST(XArchive, KnowsARepostByItsFirstWords) {
  const auto repost = tweet(
      R"("in_reply_to_status_id_str":"3","full_text":"RT @Jo_B: Roads are closed tod…","entities":{"user_mentions":[{"name":"Pat","screen_name":"pat","id_str":"54"},{"name":"Jo Bright","screen_name":"jo_b","id_str":"55"}]})");
  EXPECT_EQ(repost.type, "repost");
  EXPECT_EQ(repost.repost_of, "") << "which one it is is not in the archive";
  EXPECT_EQ(repost.repost_author.handle, "jo_b");
  EXPECT_EQ(repost.repost_author.name, "Jo Bright");
  EXPECT_EQ(repost.repost_author.id, "55");
  EXPECT_EQ(repost.repost_author.url, "https://x.com/jo_b");
  EXPECT_EQ(repost.text, "RT @Jo_B: Roads are closed tod\u2026");
  EXPECT_EQ(tweet(R"("full_text":"RT @other: Hm")").repost_author.handle, "other");
  for (const auto* text : {"As RT @jo: said", "RT @jo said", "RT @: x", "RT @jo-b: x", "RT jo: x"})
    EXPECT_EQ(tweet(R"("full_text":")" + std::string(text) + "\"").type, "post") << text;
}

TEST(XArchive, FindsWhatAPostQuotesInTheAddressAtItsEnd) {
  const auto quoted = [](const std::string& text, const std::string& address) {
    return tweet(
               R"("full_text":")" + text +
               R"(","entities":{"urls":[{"url":"https://t.co/z","expanded_url":"https://town.example/"},{"url":"https://t.co/q","expanded_url":")" +
               address +
               R"("}],"media":[{"url":"https://t.co/p","media_url_https":"https://pbs.example/p.jpg","type":"photo"}]})")
        .quote_of;
  };
  const std::string text = "See https://t.co/z this https://t.co/q";
  EXPECT_EQ(quoted(text, "https://twitter.com/jo_b/status/39"), "39");
  EXPECT_EQ(quoted(text + " https://t.co/p", "https://x.com/jo_b/status/39?s=20"), "39")
      << "before its picture";
  EXPECT_EQ(quoted("https://t.co/q said so", "https://x.com/jo_b/status/39"), "") << "a link like any other";
  for (const auto* other : {"https://x.com/jo_b/status/40", "https://x.com/jo_b/status/39/photo/1",
                            "https://x.com/i/lists/39", "https://town.example/x.com/jo/status/39",
                            "https://x.com/jo_b/a/status/39", "https://x.com/status/39"})
    EXPECT_EQ(quoted(text, other), "") << other;
  EXPECT_EQ(quoted("RT @jo_b: " + text, "https://x.com/jo_b/status/39"), "")
      << "that is what the other quotes";
}

TEST(XArchive, TiesTheEditsOfAPostByTheNumberOfTheFirst) {
  const auto reading = read_file_of("x-archive", kTweets);
  ASSERT_THAT(reading.items, SizeIs(2));
  const auto& edited = reading.items[0].interaction;
  EXPECT_EQ(edited.id, "1600000000000000001");
  EXPECT_EQ(edited.local, "1600000000000000002");
  EXPECT_EQ(edited.edited, "2022-12-06T10:00:01.000Z");
  const auto& initial = reading.items[1].interaction;
  EXPECT_EQ(initial.id, "1600000000000000010");
  EXPECT_EQ(initial.local, "");
  EXPECT_EQ(initial.edited, "");
  const auto later = only_item(
      "x-archive",
      R"(window.YTD.tweets.part0 = [{"tweet":{"edit_info":{"initial":{"editTweetIds":["20","21"]}},"id_str":"21","full_text":"b"}}])");
  EXPECT_EQ(later.id, "20");
  EXPECT_EQ(later.local, "21");
}

TEST(XArchive, KeepsEachElementsOwnBytes) {
  const auto reading = read_file_of("x-archive", kTweets);
  ASSERT_THAT(reading.items, SizeIs(2));
  for (const auto& item : reading.items) {
    const auto raw = kTweets.substr(item.offset, item.length);
    EXPECT_TRUE(raw.starts_with("{ \"tweet\"")) << raw;
    EXPECT_TRUE(raw.ends_with("} }")) << raw;
  }
}

TEST(XArchive, TakesPostsForACircleForPrivate) {
  constexpr std::string_view kCircle = R"(window.YTD.twitter_circle_tweet.part0 = [ { "tweet" : {
    "id_str" : "1600000000000000020", "created_at" : "Tue Dec 06 10:30:00 +0000 2022", "full_text" : "Between us" } } ])";
  SavedContext context;
  learn(kAccount, context);
  const auto reading = read_file_of("x-circle", kCircle, context);
  EXPECT_EQ(fault_of(reading, kCircle), "");
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.items[0].why_private, "a post for a Circle");
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.id, "1600000000000000020");
  EXPECT_EQ(post.text, "Between us");
  EXPECT_EQ(post.visibility, "circle");
  EXPECT_EQ(post.author.id, "7001");
  const auto format = detect(kCircle);
  ASSERT_TRUE(format);
  EXPECT_EQ((*format)->why_private, "posts for a Circle") << "nothing of it is read without an authority";
}

TEST(XArchive, ReadsThePostsOfArchivesOlderThan2018) {
  const auto post = only_item("x-archive", R"(Grailbird.data.tweets_2016_05 =
 [ { "entities" : { "user_mentions" : [ ], "urls" : [ ] }, "geo" : { }, "id_str" : "727", "text" : "Hello &lt;b&gt;", "id" : 727,
     "created_at" : "2016-05-03 05:21:50 +0000", "user" : { "name" : "Town", "screen_name" : "town", "protected" : false, "id_str" : "7", "id" : 7 } } ])");
  EXPECT_EQ(post.id, "727");
  EXPECT_EQ(post.text, "Hello <b>");
  EXPECT_EQ(post.posted, "2016-05-03T05:21:50.000Z");
  EXPECT_EQ(post.author.id, "7");
  EXPECT_EQ(post.visibility, "public");
  EXPECT_EQ(post.url, "https://x.com/town/status/727");
}

TEST(XArchive, ReadsLongTextsUnderTheNumbersTheyHave) {
  const auto note = only_item(
      "x-archive",
      R"(window.YTD.note_tweet.part0 = [ { "noteTweet" : { "noteTweetId" : "16", "updatedAt" : "2023-04-20T12:10:30.000Z",
    "createdAt" : "2023-04-20T12:10:30.000Z", "core" : { "text" : "A long text", "mentions" : [ { "screenName" : "jo_b", "fromIndex" : "0", "toIndex" : "5" } ],
    "urls" : [ { "expandedUrl" : "https://town.example/", "shortUrl" : "https://t.co/x" } ], "hashtags" : [ ] } } } ])");
  EXPECT_EQ(note.id, "note/16");
  EXPECT_EQ(note.text, "A long text");
  EXPECT_EQ(note.posted, "2023-04-20T12:10:30.000Z");
  EXPECT_EQ(note.edited, "");
  EXPECT_THAT(note.links, ElementsAre("https://town.example/"));
}

TEST(XArchive, MarksDirectMessagesAsPrivate) {
  constexpr std::string_view kMessages =
      R"(window.YTD.direct_messages.part0 = [ { "dmConversation" : { "conversationId" : "7001-55", "messages" : [
    { "messageCreate" : { "recipientId" : "7001", "urls" : [ { "url" : "https://t.co/z", "expanded" : "https://a.example/" } ], "text" : "My address is 1 High St", "mediaUrls" : [ ],
      "senderId" : "55", "id" : "900", "createdAt" : "2022-12-06T10:00:00.123Z" } },
    { "joinConversation" : { "initiatingUserId" : "55", "createdAt" : "2022-12-06T10:00:00.123Z" } } ] } } ])";
  const auto reading = read_file_of("x-messages", kMessages);
  EXPECT_EQ(fault_of(reading, kMessages), "");
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.items[0].why_private, "a direct message");
  EXPECT_EQ(reading.items[0].interaction.id, "message/900");
  EXPECT_EQ(reading.items[0].interaction.thread, "conversation/7001-55");
  EXPECT_EQ(reading.items[0].interaction.visibility, "direct");
  const auto format = detect(kMessages);
  ASSERT_TRUE(format);
  EXPECT_FALSE((*format)->why_private.empty());
}

TEST(XArchive, LeavesFilesThatHoldNoPostsAlone) {
  for (const auto* file :
       {"window.YTD.ip_audit.part0 = [ { \"ipAudit\" : { \"loginIp\" : \"192.0.2.1\" } } ]",
        "window.YTD.like.part0 = [ { \"like\" : { \"tweetId\" : \"1\", \"fullText\" : \"x\" } } ]"}) {
    const auto format = detect(file);
    EXPECT_FALSE(format) << file;
  }
}

TEST(XArchive, GoesOnBehindAnElementThatCannotBeRead) {
  const auto reading =
      read_file_of("x-archive",
                   R"(window.YTD.tweets.part0 = [ { "tweet" : { "id_str" : "1", "full_text" : "a" } },
    { "tweet" : { "id_str" : } }, { "tweet" : { } }, { "tweet" : { "id_str" : "4", "full_text" : "d" } } ])");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[1].interaction.text, "d");
  EXPECT_THAT(reading.remarks, SizeIs(2));
  EXPECT_TRUE(reading.recovered);
}

}  // namespace
}  // namespace muniment::sources
