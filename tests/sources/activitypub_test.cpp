#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::only_item;
using support::read_file_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kActor =
    R"({"@context":"https://www.w3.org/ns/activitystreams","id":"https://soc.example/users/town","type":"Person",
  "inbox":"https://soc.example/users/town/inbox","outbox":"outbox.json","preferredUsername":"town","name":"Town Council","url":"https://soc.example/@town"})";

constexpr std::string_view kOutbox =
    R"({"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json","type":"OrderedCollection","totalItems":5,"orderedItems":[
 {"id":"https://soc.example/users/town/statuses/1/activity","type":"Create","actor":"https://soc.example/users/town","published":"2026-05-01T10:00:00Z",
  "to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["https://soc.example/users/town/followers"],
  "object":{"id":"https://soc.example/users/town/statuses/1","type":"Note","summary":"roads","inReplyTo":"https://other.example/users/jo/statuses/9","published":"2026-05-01T10:00:00Z",
   "updated":"2026-05-01T11:00:00Z","url":"https://soc.example/@town/1","attributedTo":"https://soc.example/users/town","to":["https://www.w3.org/ns/activitystreams#Public"],
   "cc":["https://soc.example/users/town/followers","https://other.example/users/jo"],"sensitive":true,
   "content":"<p><span class=\"h-card\"><a href=\"https://other.example/@jo\" class=\"u-url mention\">@<span>jo</span></a></span> See <a href=\"https://town.example/bins\">bins</a> <a href=\"https://soc.example/tags/waste\">#<span>waste</span></a></p>",
   "contentMap":{"en":"<p>…</p>"},"attachment":[{"type":"Document","mediaType":"image/png","url":"/media/1.png","name":"a bin"}],
   "tag":[{"type":"Mention","href":"https://other.example/users/jo","name":"@jo@other.example"},{"type":"Hashtag","href":"https://soc.example/tags/waste","name":"#waste"}],
   "replies":{"id":"https://soc.example/users/town/statuses/1/replies","type":"Collection","totalItems":2}}},
 {"id":"https://soc.example/users/town/statuses/2/activity","type":"Announce","actor":"https://soc.example/users/town","published":"2026-05-02T10:00:00Z",
  "to":["https://www.w3.org/ns/activitystreams#Public"],"cc":[],"object":"https://other.example/users/jo/statuses/8"},
 {"id":"https://soc.example/users/town/statuses/3/activity","type":"Create","actor":"https://soc.example/users/town","published":"2026-05-03T10:00:00Z","to":["https://soc.example/users/town/followers"],"cc":[],
  "object":{"id":"https://soc.example/users/town/statuses/3","type":"Note","published":"2026-05-03T10:00:00Z","attributedTo":"https://soc.example/users/town","to":["https://soc.example/users/town/followers"],"cc":[],"content":"<p>ours</p>"}},
 {"id":"https://soc.example/users/town/statuses/4/activity","type":"Create","actor":"https://soc.example/users/town","published":"2026-05-04T10:00:00Z","to":["https://other.example/users/jo"],"cc":[],
  "object":{"id":"https://soc.example/users/town/statuses/4","type":"Note","published":"2026-05-04T10:00:00Z","attributedTo":"https://soc.example/users/town","to":["https://other.example/users/jo"],"cc":[],"content":"<p>yours</p>"}},
 {"id":"https://soc.example/users/town/statuses/5/activity","type":"Create","actor":"https://soc.example/users/town","published":"2026-05-05T10:00:00Z","to":["https://soc.example/users/town/followers"],"cc":["as:Public"],
  "object":{"id":"https://soc.example/users/town/statuses/5","type":"Question","published":"2026-05-05T10:00:00Z","attributedTo":"https://soc.example/users/town","to":["https://soc.example/users/town/followers"],"cc":["as:Public"],
   "content":"<p>When?</p>","oneOf":[{"type":"Note","name":"Monday"},{"type":"Note","name":"Friday"}],"votersCount":7}}]})";

Reading outbox() {
  SavedContext context;
  learn(kActor, context);
  return read_file_of("activitypub", kOutbox, context);
}

TEST(ActivityPub, ReadsTheOutboxOfAMastodonArchive) {
  const auto reading = outbox();
  EXPECT_EQ(fault_of(reading, kOutbox), "");
  ASSERT_THAT(reading.items, SizeIs(5));
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.platform, "activitypub");
  EXPECT_EQ(post.id, "https://soc.example/users/town/statuses/1");
  EXPECT_EQ(post.type, "reply");
  EXPECT_EQ(post.reply_to, "https://other.example/users/jo/statuses/9");
  EXPECT_EQ(post.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(post.edited, "2026-05-01T11:00:00.000Z");
  EXPECT_EQ(post.summary, "roads");
  EXPECT_EQ(post.text, "@jo See bins #waste");
  EXPECT_EQ(post.lang, "en");
  EXPECT_EQ(post.author.handle, "town@soc.example");
  EXPECT_EQ(post.author.name, "Town Council");
  EXPECT_THAT(post.mentions, ElementsAre("jo@other.example"));
  EXPECT_THAT(post.tags, ElementsAre("waste"));
  EXPECT_THAT(post.links, ElementsAre("https://town.example/bins"));
  ASSERT_THAT(post.media, SizeIs(1));
  EXPECT_EQ(post.media[0].alt, "a bin");
  EXPECT_THAT(post.counts, ElementsAre(testing::Pair("replies", 2U)));
  EXPECT_EQ(reading.items[4].interaction.text, "When?\n- Monday\n- Friday");
}

TEST(ActivityPub, TellsWhoMaySeeAPostByItsAddressees) {
  const auto reading = outbox();
  ASSERT_THAT(reading.items, SizeIs(5));
  EXPECT_EQ(reading.items[0].interaction.visibility, "public");
  EXPECT_EQ(reading.items[2].interaction.visibility, "followers");
  EXPECT_EQ(reading.items[2].why_private, "a post for followers only");
  EXPECT_EQ(reading.items[3].interaction.visibility, "direct");
  EXPECT_EQ(reading.items[3].why_private, "a direct message");
  EXPECT_EQ(reading.items[4].interaction.visibility, "unlisted");
  EXPECT_EQ(reading.items[4].why_private, "");
}

TEST(ActivityPub, TakesARepostForAnItemOfItsOwn) {
  const auto reading = outbox();
  ASSERT_THAT(reading.items, SizeIs(5));
  const auto& repost = reading.items[1].interaction;
  EXPECT_EQ(repost.type, "repost");
  EXPECT_EQ(repost.id, "https://soc.example/users/town/statuses/2/activity");
  EXPECT_EQ(repost.repost_of, "https://other.example/users/jo/statuses/8");
  EXPECT_EQ(repost.text, "");
}

TEST(ActivityPub, TakesEveryShapeThatServersSendForOneField) {
  const auto note = [](std::string_view fields) {
    return only_item(
        "activitypub",
        R"({"@context":"https://www.w3.org/ns/activitystreams","id":"https://a.example/1","type":"Note","content":"x",)" +
            std::string(fields) + "}");
  };
  EXPECT_EQ(note(R"("to":"https://www.w3.org/ns/activitystreams#Public")").visibility, "public");
  EXPECT_EQ(note(R"("cc":"as:Public","to":"https://a.example/users/jo")").visibility, "unlisted");
  EXPECT_THAT(note(R"("tag":{"type":"Hashtag","name":"#one"})").tags, ElementsAre("one"));
  EXPECT_THAT(note(R"("attachment":{"type":"Image","url":"https://a.example/p.png"})").media, SizeIs(1));
  EXPECT_EQ(note(R"("attributedTo":"https://a.example/u/jo")").author.handle, "jo@a.example");
  EXPECT_EQ(
      note(
          R"("attributedTo":{"id":"https://a.example/jo","type":"Person","preferredUsername":"jo","name":"Jo"})")
          .author.name,
      "Jo");
  EXPECT_EQ(
      note(
          R"("attributedTo":[{"type":"Group","id":"https://a.example/g"},{"type":"Person","id":"https://a.example/p"}])")
          .author.id,
      "https://a.example/p");
  EXPECT_EQ(note(R"("attributedTo":["https://a.example/x","https://a.example/y"])").author.id,
            "https://a.example/x");
  EXPECT_EQ(
      note(
          R"("url":[{"type":"Link","mediaType":"video/mp4","href":"https://a.example/v.mp4"},{"type":"Link","mediaType":"text/html","href":"https://a.example/w"}])")
          .url,
      "https://a.example/w");
  EXPECT_EQ(note(R"("url":{"href":"https://a.example/z"})").url, "https://a.example/z");
  EXPECT_EQ(note(R"("inReplyTo":null)").reply_to, "");
  EXPECT_EQ(note(R"("inReplyTo":{"id":"https://b.example/2","type":"Note"})").reply_to,
            "https://b.example/2");
  EXPECT_EQ(note(R"("inReplyTo":["https://b.example/3",{"id":"https://b.example/4"}])").reply_to,
            "https://b.example/3");
  EXPECT_EQ(note(R"("mediaType":"text/markdown","content":"a *b* <c>")").text, "a *b* <c>");
}

TEST(ActivityPub, DoesNotBelieveAnActivityThatSpeaksForAnotherServer) {
  const auto reading = read_file_of(
      "activitypub",
      R"({"@context":"https://www.w3.org/ns/activitystreams","type":"Create","id":"https://evil.example/1","actor":"https://evil.example/users/x",
    "object":{"type":"Note","id":"https://soc.example/users/town/statuses/7","attributedTo":"https://soc.example/users/town","content":"spoofed"}})");
  EXPECT_THAT(reading.items, IsEmpty());
  EXPECT_THAT(reading.remarks, ElementsAre(HasSubstr("claims to have made")));
}

TEST(ActivityPub, TakesTombstonesAndDeletionsForNotices) {
  for (
      const auto* file :
      {R"({"@context":"https://www.w3.org/ns/activitystreams","type":"Delete","actor":"https://a.example/u","object":{"id":"https://a.example/1","type":"Tombstone"}})",
       R"({"@context":"https://www.w3.org/ns/activitystreams","type":"Delete","actor":"https://a.example/u","object":"https://a.example/1"})",
       R"({"type":"Tombstone","id":"https://a.example/1"})"}) {
    const auto reading = read_file_of("activitypub", file);
    ASSERT_THAT(reading.verdicts, SizeIs(1)) << file;
    EXPECT_EQ(reading.verdicts[0].id, "https://a.example/1");
    EXPECT_EQ(reading.verdicts[0].fate, Fate::kGone);
  }
}

TEST(ActivityPub, SaysThatLikesAndFollowsAreNoPosts) {
  const auto reading = read_file_of(
      "activitypub",
      R"({"@context":"https://www.w3.org/ns/activitystreams","type":"Like","id":"https://a.example/l","actor":"https://a.example/u","object":"https://b.example/1"})");
  EXPECT_THAT(reading.remarks, ElementsAre(HasSubstr("no posts")));
}

}  // namespace
}  // namespace muniment::sources
