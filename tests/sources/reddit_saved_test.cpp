#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

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

constexpr std::string_view kThread =
    R"([{"kind":"Listing","data":{"children":[{"kind":"t3","data":{"id":"p1","name":"t3_p1","title":"Roads &amp; bridges","selftext":"Are they *open*?","selftext_html":"&lt;p&gt;Are they &lt;a href=\"https://town.example/\"&gt;open&lt;/a&gt;?&lt;/p&gt;","author":"jo","author_fullname":"t2_j",
   "created_utc":1777629600.0,"edited":false,"permalink":"/r/town/comments/p1/roads/","is_self":true,"url":"https://www.reddit.com/r/town/comments/p1/roads/","subreddit_type":"public","score":5,"num_comments":3}}]}},
 {"kind":"Listing","data":{"children":[{"kind":"t1","data":{"replies":{"kind":"Listing","data":{"children":[{"kind":"t1","data":{"id":"c2","name":"t1_c2","body":"[removed]","author":"[deleted]","parent_id":"t1_c1","link_id":"t3_p1","created_utc":1777633200.0,"edited":1777633260.0,"replies":""}}]}},
    "id":"c1","name":"t1_c1","body":"Yes &lt;today&gt;","author":"town","author_fullname":"t2_t","parent_id":"t3_p1","link_id":"t3_p1","created_utc":1777630000.0,"edited":false,"permalink":"/r/town/comments/p1/roads/c1/","subreddit_type":"private"}},
  {"kind":"more","data":{"count":7,"id":"c9","children":["c9"]}}]}}])";

TEST(Reddit, ReadsAThreadWithAnswersInsideAnswers) {
  const auto reading = read_file_of("reddit", kThread);
  EXPECT_EQ(fault_of(reading, kThread), "");
  ASSERT_THAT(reading.items, SizeIs(3));
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.id, "t3_p1");
  EXPECT_EQ(post.summary, "Roads & bridges");
  EXPECT_EQ(post.text, "Are they *open*?");
  EXPECT_EQ(post.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(post.edited, "");
  EXPECT_THAT(post.links, ElementsAre("https://town.example/"));
  EXPECT_EQ(post.author.id, "t2_j");
  EXPECT_EQ(post.url, "https://www.reddit.com/r/town/comments/p1/roads/");
  const auto& comment = reading.items[1].interaction;
  EXPECT_EQ(comment.type, "comment");
  EXPECT_EQ(comment.text, "Yes <today>");
  EXPECT_EQ(comment.thread, "t3_p1");
  EXPECT_EQ(reading.items[1].why_private, "written in a private community");
  const auto& answer = reading.items[2].interaction;
  EXPECT_EQ(answer.type, "reply");
  EXPECT_EQ(answer.reply_to, "t1_c1");
  EXPECT_EQ(answer.edited, "2026-05-01T11:01:00.000Z");
  EXPECT_EQ(answer.author.handle, "");
  EXPECT_EQ(answer.text, "[removed]");
}

TEST(Reddit, TakesTheMessagesOfAnInboxForPrivate) {
  constexpr std::string_view kInbox =
      R"({"kind":"Listing","data":{"children":[{"kind":"t1","data":{"name":"t1_a","author":"ola","body":"Thanks","parent_id":"t1_9","link_id":"t3_p","was_comment":true}},
 {"kind":"t4","data":{"name":"t4_b","author":"mira","author_fullname":"t2_m","dest":"wexcombe","subject":"re: bins","body":"Between us &amp; nobody","parent_id":"t4_a","first_message_name":"t4_a","created_utc":1777629600.0,"replies":""}},
 {"kind":"t4","data":{"subject":"no name","body":"Also between us"}}]}})";
  const auto reading = read_file_of("reddit", kInbox);
  EXPECT_EQ(fault_of(reading, kInbox), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[0].why_private, "");
  const auto& item = reading.items[1];
  EXPECT_EQ(item.why_private, "a direct message");
  EXPECT_EQ(item.interaction.id, "t4_b");
  EXPECT_EQ(item.interaction.type, "message");
  EXPECT_EQ(item.interaction.visibility, "direct");
  EXPECT_EQ(item.interaction.summary, "re: bins");
  EXPECT_EQ(item.interaction.text, "Between us & nobody");
  EXPECT_EQ(item.interaction.reply_to, "t4_a");
  EXPECT_EQ(item.interaction.thread, "t4_a");
  EXPECT_EQ(item.interaction.author.handle, "mira");
  EXPECT_THAT(item.interaction.mentions, ElementsAre("wexcombe"));
  ASSERT_THAT(reading.asides, SizeIs(1)) << "one without a name is no item, and is private all the same";
  EXPECT_THAT(kInbox.substr(reading.asides[0].place.offset, reading.asides[0].place.length),
              HasSubstr("Also between us"));
}

TEST(Reddit, ReadsAGallerysPicturesInTheirOrderWithTheirCaptions) {
  const auto post = only_item(
      "reddit",
      R"({"kind":"Listing","data":{"children":[{"kind":"t3","data":{"name":"t3_g","title":"The quay","selftext":"","author":"jo","created_utc":1777629600.0,
  "url":"https://www.reddit.com/gallery/g","is_gallery":true,"gallery_data":{"items":[{"media_id":"b2","caption":"High &amp; low","id":2},{"media_id":"a1","id":1}]},
  "media_metadata":{"a1":{"status":"valid","e":"Image","m":"image/png","s":{"u":"https://preview.redd.it/a1.png?width=640&amp;s=abc","x":640}},
   "b2":{"status":"valid","e":"Image","m":"image/jpg","s":{"u":"https://preview.redd.it/b2.jpg?width=640&amp;s=def","x":640}}}}}]}})");
  ASSERT_THAT(post.media, SizeIs(2));
  EXPECT_EQ(post.media[0].url, "https://i.redd.it/b2.jpg");
  EXPECT_EQ(post.media[0].alt, "High & low");
  EXPECT_EQ(post.media[0].type, "image/jpg");
  EXPECT_EQ(post.media[1].url, "https://i.redd.it/a1.png");
}

TEST(Reddit, ReadsAPollsOptionsAndAFilm) {
  const auto reading = read_file_of(
      "reddit",
      R"({"kind":"Listing","data":{"children":[{"kind":"t3","data":{"name":"t3_q","title":"Ferry?","selftext":"Say.","author":"jo","created_utc":1777629600.0,
  "is_self":true,"poll_data":{"total_vote_count":9,"options":[{"text":"Yes &amp; now","id":"1","vote_count":5},{"text":"No","id":"2"}]}}},
 {"kind":"t3","data":{"name":"t3_v","title":"Tide","selftext":"","author":"jo","created_utc":1777629600.0,"is_video":true,"url":"https://v.redd.it/v1",
  "media":{"reddit_video":{"fallback_url":"https://v.redd.it/v1/DASH_720.mp4?source=fallback"}}}}]}})");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[0].interaction.text, "Say.\n- Yes & now\n- No");
  EXPECT_THAT(reading.items[0].interaction.counts, testing::Contains(testing::Pair("votes", 9U)));
  ASSERT_THAT(reading.items[1].interaction.media, SizeIs(1));
  EXPECT_EQ(reading.items[1].interaction.media[0].url, "https://v.redd.it/v1/DASH_720.mp4");
}

TEST(Reddit, TakesTheWordsOfATombForSuchOnlyWhereNobodyIsNamed) {
  const auto fate = [](const std::string& fields) {
    return read_file_of(
               "reddit",
               R"({"kind":"Listing","data":{"children":[{"kind":"t3","data":{"name":"t3_a","created_utc":1777629600.0,)" +
                   fields + "}}]}}")
        .items.at(0)
        .fate;
  };
  EXPECT_EQ(fate(R"("title":"Roads","selftext":"[deleted]","author":"[deleted]")"), Fate::kGone);
  EXPECT_EQ(fate(R"("title":"[deleted by user]","selftext":"","author":"[deleted]")"), Fate::kGone);
  EXPECT_EQ(fate(R"("title":"[deleted]","selftext":"What became of it?","author":"jo")"), Fate::kPresent);
  EXPECT_EQ(fate(R"("title":"Roads","selftext":"[removed]","author":"jo","removed_by_category":"moderator")"),
            Fate::kBarred);
  EXPECT_EQ(fate(R"("title":"Roads","selftext":"[removed]","author":"jo")"), Fate::kBarred) << "an old dump";
  EXPECT_EQ(fate(R"("title":"Roads","selftext":"[removed]","author":"jo","removed_by_category":null)"),
            Fate::kPresent);
}

TEST(Reddit, NamesTheParentThatALaterDumpNumbers) {
  const auto comment = [](const std::string& parent) {
    return only_item(
        "reddit",
        R"({"id":"lz2","body":"words","author":"jo","subreddit":"town","link_id":"t3_1000","created_utc":1777629600,"parent_id":)" +
            parent + "}");
  };
  EXPECT_EQ(comment("1679616").reply_to, "t1_10000") << "not the post";
  EXPECT_EQ(comment("46656").reply_to, "t3_1000");
  EXPECT_EQ(comment("46656").type, "comment");
  EXPECT_EQ(comment("null").reply_to, "");
}

TEST(Reddit, RemarksOnCommentsThatWereNotSent) {
  EXPECT_THAT(read_file_of("reddit", kThread).remarks, testing::Contains(HasSubstr("not sent")));
}

// What a share link answers with on its way to the post.
TEST(Reddit, SaysThatThePageOfARedirectHoldsNothing) {
  constexpr std::string_view kMoved =
      "<a href=\"https://www.reddit.com/r/town/comments/p1/roads/?share_id=x\">Moved Permanently</a>.\n\n";
  EXPECT_FALSE(detect(kMoved));
  const auto reading = read_saved(format_named("reddit").value(), kMoved, SavedContext());
  if (reading) EXPECT_THAT(reading->items, SizeIs(0));
}

TEST(Reddit, ReadsLinesOfPushshift) {
  const std::string lines =
      R"({"author":"jo","body":"Hi &amp; bye","created_utc":1777629600,"id":"c1","link_id":"t3_p1","parent_id":"t1_c0","subreddit":"town","retrieved_on":1777700000,"updated_on":1777700001,"score":1})"
      "\n"
      R"({"author":"al","title":"Look","url":"https://town.example/x","is_self":false,"created_utc":"1777629600","id":"p2","subreddit":"town","num_comments":0,"_meta":{"retrieved_2nd_on":1}})"
      "\n";
  const auto reading = read_file_of("reddit", lines);
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[0].interaction.id, "t1_c1");
  EXPECT_EQ(reading.items[0].interaction.text, "Hi & bye");
  EXPECT_EQ(reading.items[1].interaction.id, "t3_p2");
  EXPECT_EQ(reading.items[1].interaction.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_THAT(reading.items[1].interaction.links, ElementsAre("https://town.example/x"));
}

std::size_t things_in(const json::value& value) {
  std::size_t count = 0;
  if (const auto* list = value.if_array())
    for (const auto& one : *list) count += things_in(one);
  if (const auto* object = value.if_object()) {
    const auto* kind = object->if_contains("kind");
    const auto* data = object->if_contains("data");
    if (kind != nullptr && data != nullptr && kind->is_string()) {
      if (kind->get_string() == "t1" || kind->get_string() == "t3") ++count;
      if (const auto* fields = data->if_object())
        for (const auto* name : {"children", "replies"})
          if (const auto* inner = fields->if_contains(name)) count += things_in(*inner);
    }
  }
  return count;
}

// How many posts the listings of an answer say they hold; nothing when none of them says.
std::optional<std::uint64_t> posts_stated_in(const json::value& answer) {
  if (const auto* list = answer.if_array()) {
    std::optional<std::uint64_t> sum;
    for (const auto& one : *list)
      if (const auto own = posts_stated_in(one)) sum = sum.value_or(0) + *own;
    return sum;
  }
  const auto* object = answer.if_object();
  const auto* data = object == nullptr ? nullptr : object->if_contains("data");
  const auto* fields = data == nullptr ? nullptr : data->if_object();
  const auto* dist = fields == nullptr ? nullptr : fields->if_contains("dist");
  if (dist == nullptr || !dist->is_number()) return std::nullopt;
  for (const auto& child : fields->at("children").as_array())
    if (child.at("kind").as_string() != "t3") return std::nullopt;
  return dist->to_number<std::uint64_t>();
}

TEST(Reddit, OfRecordedAnswersGivesEveryPostAndCommentThatIsCounted) {
  const auto paths = files_below(platforms_folder() / "reddit", ".json");
  if (paths.empty()) GTEST_SKIP() << "the recorded payloads are not here";
  std::size_t all = 0;
  std::size_t answers = 0;
  std::size_t stated = 0;
  for (const auto& path : paths) {
    json::error_code fault;
    const auto exchanges = json::parse(contents_of(path), fault);
    ASSERT_FALSE(fault) << path;
    for (const auto& exchange : exchanges.as_array()) {
      const auto* body = exchange.as_object().if_contains("body");
      if (body == nullptr || !body->is_string()) continue;
      const std::string bytes(body->get_string());
      json::error_code in_body;
      json::parse_options deep;
      deep.max_depth = 256;
      const auto tree = json::parse(bytes, in_body, {}, deep);
      if (in_body) {
        EXPECT_FALSE(detect(bytes)) << path;
        continue;
      }
      auto expected = things_in(tree);
      if (tree.is_object() && tree.get_object().contains("json") &&
          tree.at("json").as_object().contains("data") &&
          tree.at("json").at("data").as_object().contains("things"))
        expected = things_in(tree.at("json").at("data").at("things"));
      if (expected == 0) continue;
      ++answers;
      const auto reading = read_file_of("reddit", bytes);
      EXPECT_EQ(reading.items.size(), expected) << path;
      EXPECT_EQ(fault_of(reading, bytes), "") << path;
      all += expected;
      const auto own = posts_stated_in(tree);
      if (!own) continue;
      const auto posts = std::ranges::count_if(
          reading.items, [](const Item& item) { return item.interaction.id.starts_with("t3_"); });
      EXPECT_EQ(static_cast<std::uint64_t>(posts), *own) << path;
      ++stated;
    }
  }
  std::printf("%zu posts and comments in %zu answers\n", all, answers);
  EXPECT_GE(all, 5'000U);
  EXPECT_GE(stated, 5U);
}

}  // namespace
}  // namespace muniment::sources
