#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "sources/withhold.hpp"
#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::contents_of;
using support::fault_of;
using support::files_below;
using support::only_item;
using support::platforms_folder;
using support::read_file_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

namespace json = boost::json;

constexpr std::string_view kPage = R"({"data":[
 {"id":"11","author_id":"1","text":"@town Why &amp; when? #roads https:\/\/t.co\/a https:\/\/t.co\/p","created_at":"2026-05-01T10:00:00.000Z","lang":"en",
  "conversation_id":"9","edit_history_tweet_ids":["10","11"],"referenced_tweets":[{"type":"replied_to","id":"9"},{"type":"quoted","id":"8"}],
  "entities":{"mentions":[{"start":0,"end":5,"username":"town","id":"7"}],"hashtags":[{"start":22,"end":28,"tag":"roads"}],
    "urls":[{"start":29,"end":45,"url":"https:\/\/t.co\/a","expanded_url":"https:\/\/town.example\/roads","display_url":"town.example"},
            {"start":46,"end":60,"url":"https:\/\/t.co\/p","expanded_url":"https:\/\/x.com\/jo\/status\/11\/photo\/1","display_url":"pic.x.com\/p","media_key":"3_1"}]},
  "attachments":{"media_keys":["3_1"]},"public_metrics":{"retweet_count":1,"reply_count":2,"like_count":3,"quote_count":0}},
 {"id":"12","author_id":"2","text":"RT @town: All roads are op…","created_at":"2026-05-01T11:00:00.000Z","edit_history_tweet_ids":["12"],"referenced_tweets":[{"type":"retweeted","id":"5"}]},
 {"id":"13","author_id":"3","text":"hidden","created_at":"2026-05-01T12:00:00.000Z","edit_history_tweet_ids":["13"]}],
 "includes":{"users":[{"id":"1","username":"jo","name":"Jo B","protected":false},{"id":"2","username":"al","name":"Al"},{"id":"3","username":"pat","name":"Pat","protected":true}],
  "tweets":[{"id":"5","author_id":"7","text":"All roads are open again, thank you.","edit_history_tweet_ids":["5"]}],
  "media":[{"media_key":"3_1","type":"photo","url":"https:\/\/pbs.example\/1.jpg","alt_text":"a road"}]},
 "errors":[{"value":"9","detail":"Could not find tweet with referenced_tweets.id: [9].","title":"Not Found Error","resource_type":"tweet","type":"https:\/\/api.twitter.com\/2\/problems\/resource-not-found"},
           {"value":"8","detail":"Sorry, you are not authorized.","title":"Authorization Error","resource_type":"tweet","type":"https:\/\/api.twitter.com\/2\/problems\/not-authorized-for-resource"}],
 "meta":{"result_count":3,"newest_id":"13","oldest_id":"11"}})";

TEST(XPage, ThatAFieldMayNotBeSeenSaysNothingOfThePost) {
  constexpr std::string_view kField =
      R"({"data":[{"id":"11","text":"Ferry at nine.","edit_history_tweet_ids":["11"]}],"errors":[{"resource_type":"tweet",
 "field":"non_public_metrics.impression_count","title":"Field Authorization Error","section":"data","value":"11",
 "detail":"Sorry, you are not authorized to access 'non_public_metrics.impression_count' on the Tweet with id : [11].",
 "type":"https:\/\/api.twitter.com\/2\/problems\/not-authorized-for-field"}]})";
  const auto reading = read_file_of("x", kField);
  ASSERT_THAT(reading.items, SizeIs(1));
  for (const auto& verdict : reading.verdicts) EXPECT_EQ(verdict.fate, Fate::kUnclear) << verdict.id;
}

TEST(XPage, ReadsAPostWithAllThatThePageSaysOfIt) {
  const auto reading = read_file_of("x", kPage);
  EXPECT_EQ(fault_of(reading, kPage), "");
  ASSERT_THAT(reading.items, SizeIs(4));
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.text, "@town Why & when? #roads https://t.co/a https://t.co/p");
  EXPECT_EQ(post.type, "reply");
  EXPECT_EQ(post.reply_to, "9");
  EXPECT_EQ(post.quote_of, "8");
  EXPECT_EQ(post.thread, "9");
  EXPECT_EQ(post.author.handle, "jo");
  EXPECT_EQ(post.author.name, "Jo B");
  EXPECT_EQ(post.author.id, "1");
  EXPECT_EQ(post.visibility, "public");
  EXPECT_THAT(post.mentions, ElementsAre("town"));
  EXPECT_THAT(post.tags, ElementsAre("roads"));
  EXPECT_THAT(post.links, ElementsAre("https://town.example/roads"));
  ASSERT_THAT(post.media, SizeIs(1));
  EXPECT_EQ(post.media[0].alt, "a road");
  EXPECT_EQ(post.url, "https://x.com/jo/status/11");
}

TEST(XPage, TiesEditsByTheirHistory) {
  const auto reading = read_file_of("x", kPage);
  ASSERT_THAT(reading.items, SizeIs(4));
  EXPECT_EQ(reading.items[0].interaction.id, "10");
  EXPECT_EQ(reading.items[0].interaction.local, "11");
  EXPECT_EQ(reading.items[0].interaction.edited, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(reading.items[1].interaction.id, "12");
  EXPECT_EQ(reading.items[1].interaction.edited, "");
}

TEST(XPage, KeepsOneNameForTextsThatHaveOnlyTheirHistoryInCommon) {
  const auto edit = [](const std::string& id, const std::string& text) {
    return only_item("x", R"({"data":{"id":")" + id + R"(","text":")" + text +
                              R"(","author_id":"1","edit_history_tweet_ids":["10","11"]}})");
  };
  const auto before = edit("10", "Roads are open");
  const auto after = edit("11", "Sorry, wrong account");
  EXPECT_EQ(before.id, "10");
  EXPECT_EQ(after.id, before.id);
  EXPECT_NE(after.revision, before.revision);
  EXPECT_NE(records::version_content(after), records::version_content(before));
}

TEST(XPage, ReadsAPageWhoseDataIsOnePost) {
  const auto post = only_item(
      "x",
      R"({"data":{"id":"2","text":"b","author_id":"1"},"includes":{"users":[{"id":"1","username":"jo","name":"Jo"}]}})");
  EXPECT_EQ(post.id, "2");
  EXPECT_EQ(post.author.handle, "jo");
}

TEST(XPage, TellsWhatWasDeletedFromWhatItsAccountHides) {
  const auto fate = [](const std::string& reason) {
    const auto reading = read_file_of(
        "x", R"({"id":"78","action":"delete","created_at":"2026-05-01T00:00:00.000Z","reason":")" + reason +
                 "\"}");
    EXPECT_THAT(reading.verdicts, SizeIs(1)) << reason;
    return reading.verdicts.empty() ? Fate::kUnclear : reading.verdicts[0].fate;
  };
  EXPECT_EQ(fate("deleted"), Fate::kGone);
  for (const auto* reason : {"protected", "deactivated", "suspended"}) EXPECT_EQ(fate(reason), Fate::kBarred);
}

TEST(XPage, ReadsNoticesOfStreamsOfEitherInterface) {
  const auto reading = read_file_of(
      "x",
      R"({"delete":{"status":{"id":1,"id_str":"1","user_id":3,"user_id_str":"3"},"timestamp_ms":"1772359200000"}}
{"status_withheld":{"id":2,"user_id":3,"withheld_in_countries":["DE","AR"],"timestamp_ms":"1772359200000"}}
{"data":{"delete":{"tweet":{"id":"4","author_id":"3"},"event_at":"2026-03-01T10:00:00.000Z"}}}
{"data":{"withheld":{"tweet":{"id":"5","author_id":"3"},"withheld_in_countries":["XX"],"event_at":"2026-03-01T10:00:00.000Z"}}}
{"scrub_geo":{"user_id":6,"user_id_str":"6","up_to_status_id_str":"9"}}
{"data":{"user_delete":{"user":{"id":"7"},"event_at":"2026-03-01T10:00:00.000Z"}}}
{"user_protect":{"id":8,"id_str":"8"}}
)");
  ASSERT_THAT(reading.verdicts, SizeIs(4));
  for (const auto& verdict : reading.verdicts) {
    EXPECT_EQ(verdict.platform, "x");
    EXPECT_EQ(verdict.since, "2026-03-01T10:00:00.000Z") << verdict.id;
  }
  EXPECT_EQ(reading.verdicts[0].by, "3");
  EXPECT_EQ(reading.verdicts[0].fate, Fate::kGone);
  EXPECT_EQ(reading.verdicts[1].fate, Fate::kBarred);
  EXPECT_EQ(reading.verdicts[1].words, "status_withheld DE AR");
  EXPECT_EQ(reading.verdicts[2].id + reading.verdicts[2].by, "43");
  EXPECT_EQ(reading.verdicts[3].fate, Fate::kBarred);
  EXPECT_THAT(reading.remarks,
              testing::ElementsAre("X says of account 6: scrub_geo", "X says of account 7: user_delete",
                                   "X says of account 8: user_protect"));
}

TEST(XPage, KnowsAFileThatBeginsWithANotice) {
  for (const auto* line :
       {R"({"status_withheld":{"id":2,"user_id":3}})", R"({"data":{"delete":{"tweet":{"id":"4"}}}})",
        R"({"user_delete":{"id":8,"id_str":"8"}})", R"({"scrub_geo":{"user_id":6,"up_to_status_id":9}})",
        R"({"data":{"user_protect":{"user":{"id":"7"}}}})"}) {
    const auto format = detect(line);
    ASSERT_TRUE(format) << line;
    EXPECT_EQ((*format)->name, "x") << line;
  }
}

TEST(XPage, GivesARepostTheWholeTextThatItRepeats) {
  const auto reading = read_file_of("x", kPage);
  ASSERT_THAT(reading.items, SizeIs(4));
  EXPECT_EQ(reading.items[1].interaction.type, "repost");
  EXPECT_EQ(reading.items[1].interaction.repost_of, "5");
  EXPECT_EQ(reading.items[1].interaction.text, "All roads are open again, thank you.");
  EXPECT_EQ(reading.items[1].interaction.repost_author.id, "7");
}

TEST(XPage, TakesWhatARepostRepeatsForAnItemOfItsOwnUnlessItIsListedToo) {
  const auto reading = read_file_of("x", kPage);
  ASSERT_THAT(reading.items, SizeIs(4));
  EXPECT_EQ(reading.items[3].interaction.id, "5");
  EXPECT_EQ(reading.items[3].interaction.type, "post");
  EXPECT_EQ(reading.items[3].interaction.author.id, "7");
  EXPECT_EQ(
      kPage.substr(reading.items[3].offset, reading.items[3].length),
      R"({"id":"5","author_id":"7","text":"All roads are open again, thank you.","edit_history_tweet_ids":["5"]})");
  EXPECT_TRUE(reading.items[3].is_beside);
  EXPECT_FALSE(reading.items[2].is_beside);
  const std::string repost =
      R"({"id":"12","text":"RT","referenced_tweets":[{"type":"retweeted","id":"5"}]},{"id":"13","text":"RT","referenced_tweets":[{"type":"retweeted","id":"5"}]})";
  const std::string originals =
      R"("includes":{"tweets":[{"id":"5","text":"Whole"},{"id":"6","text":"Another, which nobody repeats"}]})";
  const auto first = read_file_of("x", "{" + originals + R"(,"data":[)" + repost + "]}");
  ASSERT_THAT(first.items, SizeIs(3));
  EXPECT_EQ(first.items[0].interaction.id, "5") << "items stand in the order of the page";
  EXPECT_THAT(
      read_file_of("x", R"({"data":[{"id":"5","text":"Whole"},)" + repost + "]," + originals + "}").items,
      SizeIs(3));
}

TEST(XPage, NamesWhoSaidFirstWhatARepostRepeats) {
  const std::string users =
      R"({"id":"1","username":"jo","name":"Jo B"},{"id":"7","username":"town","name":"Town Desk"})";
  const std::string post =
      R"("id":"12","author_id":"1","text":"RT @town: Open","referenced_tweets":[{"type":"retweeted","id":"5")";
  const std::string original = R"("id":"5","author_id":"7","text":"Open again")";
  for (
      const auto& file :
      {R"({"data":[{)" + post + R"(}]}],"includes":{"users":[)" + users + R"(],"tweets":[{)" + original +
           "}]}}",
       "{" + post + "," + original.substr(original.find("\"author_id")) +
           R"(,"author":{"id":"7","username":"town","name":"Town Desk"}}]})",
       std::string(
           R"({"id":12,"id_str":"12","full_text":"RT @town: Open","user":{"id_str":"1","screen_name":"jo"},"retweeted_status":{"id_str":"5","full_text":"Open again","user":{"id_str":"7","screen_name":"town","name":"Town Desk"}}})")}) {
    const auto reading = read_file_of("x", file);
    ASSERT_FALSE(reading.items.empty()) << file;
    const auto& repost = reading.items[0].interaction;
    EXPECT_EQ(repost.repost_of, "5") << file;
    EXPECT_EQ(repost.author.id, "1") << file;
    EXPECT_EQ(repost.repost_author.id, "7") << file;
    EXPECT_EQ(repost.repost_author.handle, "town") << file;
    EXPECT_EQ(repost.repost_author.name, "Town Desk") << file;
    EXPECT_EQ(repost.repost_author.url, "https://x.com/town") << file;
  }
}

TEST(XPage, MarksPostsOfProtectedAccounts) {
  const auto reading = read_file_of("x", kPage);
  ASSERT_THAT(reading.items, SizeIs(4));
  EXPECT_EQ(reading.items[0].why_private, "");
  EXPECT_EQ(reading.items[2].why_private, "a post of a protected account");
  EXPECT_EQ(reading.items[2].interaction.visibility, "protected");
}

TEST(XPage, RemarksOnWhatCouldNotBeHad) {
  const auto reading = read_file_of("x", kPage);
  ASSERT_THAT(reading.verdicts, SizeIs(2));
  EXPECT_EQ(reading.verdicts[0].id, "9");
  EXPECT_EQ(reading.verdicts[0].fate, Fate::kUnclear);
  EXPECT_EQ(reading.verdicts[1].fate, Fate::kBarred);
  EXPECT_THAT(reading.remarks, testing::Contains(HasSubstr("Could not find tweet")));
}

TEST(XPage, ReadsLinesPagesAndFlattenedPostsAlike) {
  const std::string lines =
      R"({"data":[{"id":"1","text":"a","author_id":"1"}],"includes":{"users":[{"id":"1","username":"jo"}]},"__twarc":{"version":"2"}}
{"data":{"id":"2","text":"b"}}
{"id":"3","text":"c","author_id":"4","author":{"id":"4","username":"al","name":"Al"},"referenced_tweets":[{"type":"retweeted","id":"2","text":"bbb"}]}
{"delete":{"status":{"id_str":"77","user_id_str":"1"}}}
{"id":"78","action":"delete","created_at":"2026-05-01T00:00:00.000Z","reason":"deactivated"}
{"data":{"id":"5","te)";
  const auto reading = read_file_of("x", lines);
  ASSERT_THAT(reading.items, SizeIs(3));
  EXPECT_EQ(fault_of(reading, lines), "");
  EXPECT_EQ(reading.items[2].interaction.author.handle, "al");
  EXPECT_EQ(reading.items[2].interaction.text, "bbb");
  ASSERT_THAT(reading.verdicts, SizeIs(2));
  EXPECT_EQ(reading.verdicts[0].fate, Fate::kGone);
  EXPECT_EQ(reading.verdicts[1].words, "deactivated");
  EXPECT_EQ(reading.verdicts[1].fate, Fate::kBarred);
  ASSERT_THAT(reading.remarks, SizeIs(1));
  EXPECT_THAT(reading.remarks[0],
              HasSubstr("at byte " + std::to_string(lines.rfind("{\"data\":{\"id\":\"5\""))));
}

TEST(XPage, ReadsTheOlderInterfaceWithItsLongerTexts) {
  const auto post = only_item(
      "x",
      R"({"created_at":"Thu Apr 06 15:24:15 +0000 2017","id":850006245121695744,"id_str":"850006245121695744","text":"1/ Today we…","truncated":true,
    "user":{"id":2244994945,"id_str":"2244994945","name":"Dev","screen_name":"dev","protected":false},
    "extended_tweet":{"full_text":"1\/ Today we\u2019re sharing it all","entities":{"urls":[{"url":"https:\/\/t.co\/x","expanded_url":"https:\/\/cards.example\/pqr"}],"hashtags":[],"user_mentions":[]}},
    "entities":{"urls":[],"hashtags":[],"user_mentions":[]},"quote_count":1,"retweet_count":2,"favorite_count":3,"lang":"en",
    "extended_entities":{"media":[{"media_url_https":"https:\/\/pbs.example\/v.jpg","type":"video","video_info":{"variants":[{"bitrate":832000,"url":"https:\/\/v.example\/s.mp4"},{"url":"https:\/\/v.example\/l.m3u8"},{"bitrate":2176000,"url":"https:\/\/v.example\/b.mp4"}]}}]}})");
  EXPECT_EQ(post.id, "850006245121695744");
  EXPECT_EQ(post.text, "1/ Today we\u2019re sharing it all");
  EXPECT_EQ(post.posted, "2017-04-06T15:24:15.000Z");
  EXPECT_THAT(post.links, ElementsAre("https://cards.example/pqr"));
}

TEST(XPage, SaysWhatAPageWithoutPostsIs) {
  EXPECT_THAT(read_file_of(
                  "x", R"({"data":[{"start":"a","end":"b","tweet_count":1}],"meta":{"total_tweet_count":1}})")
                  .remarks,
              ElementsAre(HasSubstr("no posts in it")));
}

// Posts in a file, counted without the reader: in `data`, or statuses of the older interface.
std::size_t posts_in(const json::value& value) {
  std::size_t count = 0;
  const auto is_older = [](const json::object& o) {
    return (o.contains("id") || o.contains("id_str")) && o.contains("user") &&
           (o.contains("text") || o.contains("full_text") || o.contains("retweeted_status"));
  };
  if (const auto* list = value.if_array()) {
    for (const auto& one : *list) count += posts_in(one);
    return count;
  }
  const auto* object = value.if_object();
  if (object == nullptr) return 0;
  if (is_older(*object)) return 1;
  if (object->contains("screen_name"))
    return object->contains("status") && object->at("status").is_object() ? 1 : 0;
  for (const auto* name : {"statuses", "users"})
    if (const auto* list = object->if_contains(name)) count += posts_in(*list);
  if (const auto* data = object->if_contains("data")) {
    const auto is_v2 = [](const json::value& v) {
      return v.is_object() && v.get_object().contains("text") && v.get_object().contains("id");
    };
    if (data->is_array())
      for (const auto& one : data->get_array()) count += is_v2(one) ? 1U : 0U;
    else
      count += is_v2(*data) ? 1U : 0U;
  }
  return count;
}

// How many posts the pages of a file, one or one a line, say they hold; nothing when one does not say.
std::optional<std::size_t> stated_in(std::string_view bytes) {
  const auto of_page = [](const json::value& page) -> std::optional<std::size_t> {
    const auto* object = page.if_object();
    const auto* meta = object == nullptr ? nullptr : object->if_contains("meta");
    if (meta == nullptr || !meta->get_object().contains("result_count")) return std::nullopt;
    return meta->get_object().at("result_count").to_number<std::size_t>();
  };
  json::error_code fault;
  if (const auto tree = json::parse(bytes, fault); !fault) return of_page(tree);
  std::size_t sum = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto end = std::min(bytes.find('\n', at), bytes.size());
    const auto page = json::parse(bytes.substr(at, end - at), fault);
    const auto count = fault ? std::nullopt : of_page(page);
    if (!count) return std::nullopt;
    sum += *count;
    at = end + 1;
  }
  return sum;
}

TEST(XPage, ReadsTheOptionsOfAPollAsLines) {
  const std::string options =
      R"("options":[{"position":1,"label":"Yes &amp; soon","votes":3},{"position":2,"label":"No","votes":1}])";
  const std::string post = R"({"id":"20","author_id":"1","text":"A bridge?","attachments":)";
  for (const auto& file :
       {R"({"data":[)" + post + R"({"poll_ids":["9"]}}],"includes":{"polls":[{"id":"9",)" + options + "}]}}",
        post + R"({"poll_ids":["9"],"poll":{"id":"9",)" + options + "}}}"}) {
    const auto read = only_item("x", file);
    EXPECT_EQ(read.text, "A bridge?\n- Yes & soon\n- No") << file;
    EXPECT_THAT(read.counts, ElementsAre(testing::Pair("votes", 4U))) << file;
  }
  EXPECT_EQ(only_item("x", R"({"data":[)" + post + R"({"poll_ids":["9"]}}]})").text, "A bridge?");
}

constexpr std::string_view kEvents =
    R"({"data":[{"id":"900","event_type":"MessageCreate","text":"Between us &amp; nobody","dm_conversation_id":"1-7","sender_id":"1","created_at":"2026-05-01T10:00:00.000Z","attachments":{"media_keys":["3_1"]}},
    {"id":"899","event_type":"ParticipantsJoin","dm_conversation_id":"1-7"}],
    "includes":{"users":[{"id":"1","username":"jo","name":"Jo Bright"}],"media":[{"media_key":"3_1","type":"photo","url":"https://cdn.example/1.jpg"}]},"meta":{"result_count":2}})";

TEST(XPage, ReadsADirectMessageUnderTheNameThatItHasInAnArchive) {
  const auto reading = read_file_of("x", kEvents);
  EXPECT_EQ(fault_of(reading, kEvents), "");
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.items[0].why_private, "a direct message");
  const auto& message = reading.items[0].interaction;
  EXPECT_EQ(message.id, "message/900");
  EXPECT_EQ(message.type, "message");
  EXPECT_EQ(message.visibility, "direct");
  EXPECT_EQ(message.thread, "conversation/1-7");
  EXPECT_EQ(message.author.handle, "jo");
  EXPECT_EQ(message.text, "Between us & nobody");
  EXPECT_EQ(message.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(message.media.at(0).url, "https://cdn.example/1.jpg");
}

TEST(XPage, LeavesNothingOfADirectMessageWithoutAnAuthority) {
  std::string bytes(kEvents);
  auto reading = read_file_of("x", kEvents);
  const auto withheld = withhold_private(bytes, reading);
  ASSERT_TRUE(withheld);
  EXPECT_THAT(withheld->items, ElementsAre(testing::Pair("a direct message", 1U)));
  for (const auto* words : {"Between us", "Jo Bright", "cdn.example"})
    EXPECT_EQ(bytes.find(words), std::string::npos) << words;
}

TEST(XPage, ReadsADirectMessageAloneAndByLines) {
  constexpr std::string_view kEvent =
      R"({"id":"900","event_type":"MessageCreate","text":"Hello","dm_conversation_id":"1-7","sender_id":"1"})";
  for (const auto& file :
       {std::string(kEvent), std::string(kEvent) + "\n" + std::string(kEvent) + "\n",
        R"({"data":)" + std::string(kEvent) + "}",
        std::string(R"({"data":[{"id":"900","event_type":"MessageCreate","text":"Hello"}]})")}) {
    const auto reading = read_file_of("x", file);
    ASSERT_FALSE(reading.items.empty()) << file;
    for (const auto& item : reading.items) EXPECT_EQ(item.why_private, "a direct message") << file;
  }
}

TEST(XPage, OfRecordedPayloadsGivesEveryPostThatAnIndependentCountFinds) {
  const auto paths = files_below(platforms_folder() / "twitter");
  if (paths.empty()) GTEST_SKIP() << "the recorded payloads are not here";
  std::size_t all = 0;
  std::size_t stated = 0;
  for (const auto& path : paths) {
    if (path.extension() != ".json" && path.extension() != ".jsonl") continue;
    const auto bytes = contents_of(path);
    std::size_t expected = 0;
    json::error_code fault;
    if (const auto tree = json::parse(bytes, fault); !fault) {
      expected = posts_in(tree);
    } else {
      for (std::size_t at = 0; at < bytes.size();) {
        const auto end = std::min(bytes.find('\n', at), bytes.size());
        json::error_code in_line;
        const auto line = json::parse(bytes.substr(at, end - at), in_line);
        if (!in_line) expected += posts_in(line);
        at = end + 1;
      }
    }
    const auto format = detect(bytes);
    if (expected == 0) {
      if (!format) EXPECT_FALSE(format.error().what.empty());
      continue;
    }
    ASSERT_TRUE(format) << path << ": " << format.error().what;
    EXPECT_EQ(format_name(*format), "x") << path;
    const auto reading = read_saved(*format, bytes, SavedContext());
    ASSERT_TRUE(reading) << path << ": " << reading.error().what;
    const auto listed = static_cast<std::size_t>(std::ranges::count(reading->items, false, &Item::is_beside));
    EXPECT_EQ(listed, expected) << path;
    EXPECT_EQ(fault_of(*reading, bytes), "") << path;
    all += listed;
    if (const auto own = stated_in(bytes); own) {
      EXPECT_EQ(listed, *own) << path;
      ++stated;
    }
  }
  std::printf("%zu posts; %zu pages whose own count agrees\n", all, stated);
  EXPECT_GE(all, 1'000U);
  EXPECT_GE(stated, 10U);
}

TEST(XPage, OfARecordedEditKeepsOneNameForBothTexts) {
  const auto folder = platforms_folder() / "twitter/DocNow__twarc-csv";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the recorded payloads are not here";
  const auto before = only_item("x", contents_of(folder / "edited_before.jsonl"));
  const auto after = only_item("x", contents_of(folder / "edited_after.jsonl"));
  EXPECT_FALSE(before.id.empty());
  EXPECT_EQ(before.id, after.id);
  EXPECT_NE(before.text, after.text);
  EXPECT_TRUE(before.local.ends_with("992896") || after.local.ends_with("992896"));
  const auto deletions = read_file_of("x", contents_of(folder / "tweets_compliance.jsonl"));
  EXPECT_THAT(deletions.items, SizeIs(0));
  EXPECT_THAT(deletions.verdicts, SizeIs(2));
}

}  // namespace
}  // namespace muniment::sources
