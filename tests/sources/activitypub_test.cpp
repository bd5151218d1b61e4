#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdio>
#include <set>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::only_item;
using support::read_file_of;
using support::recorded_json;
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

TEST(ActivityPub, TakesAPostToNobodyForOneThatNobodyElseMaySee) {
  const auto reading = read_file_of(
      "activitypub",
      R"({"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","orderedItems":[
    {"id":"https://town.example/a/1/activity","type":"Create","actor":"https://town.example/users/jo","to":[],"cc":[],"published":"2026-05-01T10:00:00Z",
     "object":{"id":"https://town.example/a/1","type":"Note","attributedTo":"https://town.example/users/jo","to":[],"cc":[],"content":"Note to self"}},
    {"id":"https://town.example/a/2/activity","type":"Create","actor":"https://town.example/users/jo","published":"2026-05-01T10:00:00Z",
     "object":{"id":"https://town.example/a/2","type":"Note","attributedTo":"https://town.example/users/jo","content":"Says nothing of it"}}]})");
  ASSERT_EQ(reading.items.size(), 2U);
  EXPECT_EQ(reading.items[0].interaction.visibility, "direct");
  EXPECT_EQ(reading.items[0].why_private, "a direct message");
  EXPECT_EQ(reading.items[1].interaction.visibility, "");
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

TEST(ActivityPub, OfARepostThatBringsWhatItRepeatsNamesWhoSaidItFirst) {
  const auto repost = support::only_item(
      "activitypub",
      R"({"@context":"https://www.w3.org/ns/activitystreams","type":"Announce","id":"https://soc.example/a/1","actor":"https://soc.example/users/town",
      "object":{"type":"Note","id":"https://other.example/n/8","attributedTo":"https://other.example/users/jo","content":"<p>Mind the quay.</p>"}})");
  EXPECT_EQ(repost.type, "repost");
  EXPECT_EQ(repost.author.handle, "town@soc.example");
  EXPECT_EQ(repost.repost_author.id, "https://other.example/users/jo");
  EXPECT_EQ(repost.repost_author.handle, "jo@other.example");
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
  EXPECT_EQ(note(R"("to":["https://www.w3.org/ns/activitystreams#Public"])").visibility, "public");
  EXPECT_EQ(note(R"("inReplyTo":"https://b.example/5")").reply_to, "https://b.example/5");
  EXPECT_EQ(note(R"("url":"https://a.example/y")").url, "https://a.example/y");
  EXPECT_EQ(note(R"("mediaType":"text/markdown","content":"a *b* <c>")").text, "a *b* <c>");
}

TEST(ActivityPub, TakesWhateverShapeTheObjectOfAnActivityHas) {
  const auto activity = [](const std::string& type, const std::string& object) {
    return read_file_of("activitypub",
                        R"({"@context":"https://www.w3.org/ns/activitystreams","type":")" + type +
                            R"(","id":"https://a.example/9","actor":"https://a.example/users/jo",)" +
                            R"("object":)" + object + "}");
  };
  const std::string note = R"({"type":"Note","id":"https://a.example/1","content":"x"})";
  const std::string other = R"({"type":"Note","id":"https://a.example/2","content":"y"})";
  EXPECT_THAT(activity("Create", note).items, SizeIs(1));
  const auto several = activity("Create", "[" + note + "," + other + "]").items;
  ASSERT_THAT(several, SizeIs(2));
  EXPECT_EQ(several[1].interaction.text, "y");
  EXPECT_EQ(several[1].interaction.author.handle, "jo@a.example");
  EXPECT_EQ(several[1].length, other.size());
  EXPECT_THAT(activity("Delete", R"(["https://a.example/1",{"id":"https://a.example/2","type":"Tombstone"}])")
                  .verdicts,
              SizeIs(2));
  for (const auto* object : {R"("https://b.example/1")", R"(["https://b.example/1"])",
                             R"({"type":"Note","id":"https://b.example/1","content":"z"})"}) {
    const auto reposts = activity("Announce", object).items;
    ASSERT_THAT(reposts, SizeIs(1)) << object;
    EXPECT_EQ(reposts[0].interaction.repost_of, "https://b.example/1") << object;
  }
  EXPECT_THAT(activity("Flag", R"(["https://b.example/1","https://b.example/2"])").items, IsEmpty());
  EXPECT_THAT(activity("Create", "[]").items, IsEmpty());
}

TEST(ActivityPub, MakesNoHandleOfAnAccountsNumber) {
  const auto handle = [](std::string_view account) {
    return only_item(
               "activitypub",
               R"({"type":"Note","id":"https://a.example/ap/users/116000/statuses/1","content":"x","attributedTo":)" +
                   std::string(account) + "}")
        .author.handle;
  };
  EXPECT_EQ(handle(R"("https://a.example/ap/users/116000")"), "");
  EXPECT_EQ(handle(R"("https://a.example/users/116000")"), "");
  EXPECT_EQ(handle(R"({"id":"https://a.example/ap/users/116000","type":"Person","preferredUsername":"jo"})"),
            "jo@a.example");
}

// Who asks another server about a name is told what that server likes.
TEST(ActivityPub, TakesNoHandleAtAnotherServer) {
  const auto handle = [](std::string_view account) {
    return only_item("activitypub",
                     R"({"type":"Note","id":"https://evil.example/1","content":"x","attributedTo":)" +
                         std::string(account) + "}")
        .author.handle;
  };
  EXPECT_EQ(handle(R"("https://evil.example/users/town@soc.example")"), "");
  EXPECT_EQ(
      handle(R"({"id":"https://evil.example/x","type":"Person","preferredUsername":"town@soc.example"})"),
      "");
  EXPECT_EQ(handle(R"({"id":"https://evil.example/x","type":"Person","url":"https://soc.example/@town"})"),
            "");
  EXPECT_EQ(
      handle(
          R"({"id":"https://evil.example/x","type":"Person","preferredUsername":"town","webfinger":"acct:town@soc.example"})"),
      "town@evil.example");
}

TEST(ActivityPub, DoesNotBelieveAServerThatSpeaksForAnother) {
  const std::string note =
      R"("type":"Note","id":"https://soc.example/users/town/statuses/7","content":"spoofed","attributedTo":)";
  for (
      const std::string& file :
      {R"({"type":"Create","id":"https://evil.example/1","actor":"https://evil.example/users/x","object":{)" +
           note + R"("https://soc.example/users/town"}})",
       "{" + note + R"("https://evil.example/users/x"})",
       std::string() +
           R"({"type":"Delete","id":"https://evil.example/2","actor":"https://evil.example/users/x","object":"https://soc.example/users/town/statuses/7"})"}) {
    const auto reading = read_file_of("activitypub", file);
    EXPECT_THAT(reading.items, IsEmpty()) << file;
    EXPECT_THAT(reading.verdicts, IsEmpty()) << file;
    EXPECT_THAT(reading.remarks, ElementsAre(HasSubstr("evil.example speaks for an object at soc.example")));
  }
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

namespace json = boost::json;

std::string type_of(const json::value& value) {
  const auto* object = value.if_object();
  const auto* type = object == nullptr ? nullptr : object->if_contains("type");
  return type != nullptr && type->is_string() ? std::string(type->get_string()) : std::string();
}

bool is_named(const json::object& object) {
  return object.contains("id") || object.contains("url");
}

// Posts, activities that bring one, and reposts, in a collection or alone; of fragments that nothing names
// there is nothing to be read.
std::size_t posts_in(const json::value& value) {
  const std::set<std::string> posts = {"Note",  "Article", "Page",  "Question", "Video",
                                       "Event", "Audio",   "Image", "Document", "ChatMessage"};
  const auto* object = value.if_object();
  if (object == nullptr) return 0;
  std::size_t count = 0;
  for (const auto* name : {"orderedItems", "items"})
    if (const auto* list = object->if_contains(name); list != nullptr && list->is_array())
      for (const auto& one : list->get_array()) count += posts_in(one);
  const auto type = type_of(value);
  if (posts.contains(type)) return is_named(*object) ? 1 : 0;
  const auto* inner = object->if_contains("object");
  if (inner == nullptr) return count;
  const bool of_named = inner->is_string() || (inner->is_object() && is_named(inner->get_object()));
  if (type == "Announce") return object->contains("id") && of_named ? 1 : 0;
  if ((type == "Create" || type == "Update") && posts.contains(type_of(*inner))) return of_named ? 1 : 0;
  return count;
}

TEST(ActivityPub, OfRecordedPayloadsGivesEveryPostThatAnIndependentCountFinds) {
  const auto files = recorded_json("activitypub");
  if (files.empty()) GTEST_SKIP() << "the recorded payloads are not here";
  std::size_t all = 0;
  std::size_t stated = 0;
  for (const auto& [path, bytes, tree] : files) {
    const auto expected = posts_in(tree);
    const auto format = detect(bytes);
    if (!format) {
      EXPECT_EQ(expected, 0U) << path << ": " << format.error().what;
      continue;
    }
    const auto reading = read_saved(*format, bytes, SavedContext());
    EXPECT_EQ(reading ? reading->items.size() : 0U, expected) << path;
    if (!reading) continue;
    EXPECT_EQ(fault_of(*reading, bytes), "") << path;
    all += reading->items.size();
    const auto* total = tree.get_object().if_contains("totalItems");
    const auto* list = tree.get_object().if_contains("orderedItems");
    if (total == nullptr || list == nullptr) continue;
    EXPECT_EQ(reading->items.size(), total->to_number<std::size_t>()) << path;
    ++stated;
  }
  std::printf("%zu posts and reposts; %zu collections whose own count agrees\n", all, stated);
  EXPECT_GE(all, 60U);
  EXPECT_GE(stated, 4U);
}

TEST(ActivityPub, TakesForPrivateWhatIsNotAddressedToEverybody) {
  const auto why = [](std::string_view of_activity, std::string_view of_object) {
    const auto file =
        R"({"@context":"https://www.w3.org/ns/activitystreams","id":"https://a.example/1/activity","type":"Create",)"
        R"("actor":"https://a.example/users/u",)" +
        std::string(of_activity) + R"("object":{)" + std::string(of_object) +
        R"("id":"https://a.example/1","type":"Note","attributedTo":"https://a.example/users/u","content":"x"}})";
    const auto reading = read_file_of("activitypub", file);
    return reading.items.size() == 1 ? std::string(reading.items[0].why_private) : "not one item";
  };
  const std::string everybody = R"("https://www.w3.org/ns/activitystreams#Public")";
  EXPECT_EQ(why(R"("to":[],"cc":[],)", R"("to":[],"cc":[],)"), "a direct message");
  EXPECT_EQ(why("", R"("to":null,)"), "a direct message");
  EXPECT_EQ(why("", R"("bto":["https://b.example/u"],)"), "a direct message");
  EXPECT_EQ(why(R"("bcc":"https://b.example/u",)", ""), "a direct message");
  EXPECT_EQ(why("", R"("audience":["https://b.example/g"],)"), "a direct message");
  EXPECT_EQ(why("\"to\":" + everybody + ",", R"("to":["https://a.example/users/u/followers"],)"),
            "a post for followers only");
  EXPECT_EQ(why("\"to\":" + everybody + ",", R"("to":[],)"), "");
  EXPECT_EQ(why("", "\"audience\":" + everybody + ","), "");
  EXPECT_EQ(why("", ""), "") << "where nothing says for whom it is";
}

TEST(ActivityPub, TakesForPrivateARepostOfWhatIsPrivate) {
  const std::string file =
      R"({"@context":"https://www.w3.org/ns/activitystreams","type":"Announce","id":"https://soc.example/a/1","actor":"https://soc.example/users/town",
      "to":"as:Public","object":{"type":"Note","id":"https://other.example/n/8","attributedTo":"https://other.example/users/jo","to":"https://other.example/users/jo/followers","content":"x"}})";
  const auto reading = read_file_of("activitypub", file);
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.items[0].why_private, "a post for followers only");
}

}  // namespace
}  // namespace muniment::sources
