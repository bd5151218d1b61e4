#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "sources/withhold.hpp"
#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::only_item;
using support::read_file_of;
using support::recorded_json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

namespace json = boost::json;

constexpr std::string_view kFeed =
    R"({"data":[{"id":"7_1","created_time":"2026-05-01T10:00:00+0000","message":"Roads are closed","from":{"name":"Town","id":"7"},"permalink_url":"https:\/\/www.facebook.com\/7\/posts\/1",
  "message_tags":{"0":[{"id":"8","name":"Jo","type":"user","offset":0,"length":2}]},"shares":{"count":3},"likes":{"data":[],"summary":{"total_count":5}},
  "comments":{"data":[{"id":"1_2","created_time":"2026-05-01T11:00:00+0000","message":"Why?","from":{"name":"Jo","id":"8"},"like_count":1,
     "comments":{"data":[{"id":"1_3","created_time":1777633200,"message":"Works.","from":{"name":"Town","id":"7"},"parent":{"id":"1_2"}}]}}],"summary":{"total_count":2}},
  "attachments":{"data":[{"type":"photo","media":{"image":{"src":"https:\/\/scontent.example\/1.jpg"}},"description":"a road"}]}},
  {"id":"7_4","created_time":"2026-05-02T10:00:00+0000","story":"Town updated their cover photo.","privacy":{"value":"SELF"}}],
  "paging":{"next":"https:\/\/graph.facebook.com\/v19.0\/7\/feed?access_token=EAAB12cd|x&limit=25&after=Q"}})";

TEST(GraphPage, ReadsPostsCommentsAndAnswersInsideOneAnother) {
  const auto reading = read_file_of("graph", kFeed);
  EXPECT_EQ(fault_of(reading, kFeed), "");
  ASSERT_THAT(reading.items, SizeIs(4));
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.platform, "facebook");
  EXPECT_EQ(post.id, "7_1");
  EXPECT_EQ(post.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(post.author.id, "7");
  EXPECT_THAT(post.mentions, ElementsAre("Jo"));
  EXPECT_EQ(post.media[0].alt, "a road");
  EXPECT_THAT(post.counts,
              testing::UnorderedElementsAre(testing::Pair("likes", 5U), testing::Pair("replies", 2U),
                                            testing::Pair("reposts", 3U)));
  const auto& comment = reading.items[1].interaction;
  EXPECT_EQ(comment.type, "comment");
  EXPECT_EQ(comment.thread, "7_1");
  const auto& answer = reading.items[2].interaction;
  EXPECT_EQ(answer.type, "reply");
  EXPECT_EQ(answer.reply_to, "1_2");
  EXPECT_EQ(answer.thread, "7_1");
  EXPECT_EQ(answer.posted, "2026-05-01T11:00:00.000Z");
  EXPECT_EQ(reading.items[3].why_private, "a post for chosen people only");
}

TEST(GraphPage, LosesItsAccessTokenBeforeAnythingIsKept) {
  std::string bytes(kFeed);
  EXPECT_THAT(mask_credentials(bytes), SizeIs(1));
  EXPECT_EQ(bytes.size(), kFeed.size());
  EXPECT_EQ(bytes.find("EAAB12cd"), std::string::npos);
  EXPECT_NE(bytes.find("&limit=25&after=Q"), std::string::npos);
  std::string field = R"({"access_token" : "abc.def", "x":"access_token"})";
  EXPECT_THAT(mask_credentials(field), SizeIs(1));
  EXPECT_EQ(field, R"({"access_token" : "xxxxxxx", "x":"access_token"})");
}

TEST(GraphPage, ReadsEveryPictureOfAnAlbum) {
  const auto album = only_item(
      "graph",
      R"({"data":[{"id":"7_1","created_time":"2026-05-01T10:00:00+0000","message":"The fair","permalink_url":"https:\/\/www.facebook.com\/1","attachments":{"data":[{"type":"album","url":"https:\/\/www.facebook.com\/a",
    "media":{"image":{"src":"https:\/\/s.example\/1.jpg"}},"subattachments":{"data":[{"type":"photo","description":"A stall","media":{"image":{"src":"https:\/\/s.example\/1.jpg"}}},
     {"type":"photo","media":{"image":{"src":"https:\/\/s.example\/2.jpg"}}}]}}]}}]})");
  ASSERT_THAT(album.media, SizeIs(2));
  EXPECT_EQ(album.media[0].alt, "A stall");
  EXPECT_EQ(album.media[1].url, "https://s.example/2.jpg");

  // Its pictures are no comments on it.
  const auto carousel = only_item(
      "graph",
      R"({"data":[{"id":"17","caption":"The fair","media_type":"CAROUSEL_ALBUM","media_url":"https:\/\/i.example\/1.jpg","timestamp":"2026-05-01T10:00:00+0000","username":"town",
    "children":{"data":[{"id":"18","media_type":"IMAGE","media_url":"https:\/\/i.example\/1.jpg","timestamp":"2026-05-01T10:00:00+0000"},{"id":"19","media_type":"VIDEO","media_url":"https:\/\/i.example\/2.mp4","timestamp":"2026-05-01T10:00:00+0000"}]}}]})");
  ASSERT_THAT(carousel.media, SizeIs(2));
  EXPECT_EQ(carousel.media[1].url, "https://i.example/2.mp4");
  EXPECT_EQ(carousel.media[1].type, "video");
}

TEST(GraphPage, ReadsThePictureOfAComment) {
  const auto comment = only_item(
      "graph",
      R"({"data":[{"id":"1_2","created_time":"2026-05-01T11:00:00+0000","message":"","from":{"name":"Jo","id":"8"},"comment_count":0,"attachment":{"type":"photo","url":"https:\/\/www.facebook.com\/p","media":{"image":{"src":"https:\/\/s.example\/3.jpg"}}}}]})");
  ASSERT_THAT(comment.media, SizeIs(1));
  EXPECT_EQ(comment.media[0].url, "https://s.example/3.jpg");
}

TEST(GraphPage, NamesWhatAPostOfThreadsQuotesAndTakesItForNoCommentOnIt) {
  constexpr std::string_view kQuote =
      R"({"data":[{"id":"5","media_product_type":"THREADS","permalink":"https:\/\/www.threads.net\/@a\/post\/x","username":"town","text":"Well said.","timestamp":"2026-05-01T10:00:00+0000",
    "is_quote_post":true,"quoted_post":{"id":"4","media_product_type":"THREADS","permalink":"https:\/\/www.threads.net\/@b\/post\/y","username":"jo","text":"Mind the quay.","timestamp":"2026-04-30T10:00:00+0000"}}]})";
  const auto reading = read_file_of("graph", kQuote);
  EXPECT_EQ(fault_of(reading, kQuote), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[0].interaction.quote_of, "4");
  EXPECT_EQ(reading.items[1].interaction.type, "post");
  EXPECT_EQ(reading.items[1].interaction.reply_to, "");
  EXPECT_EQ(reading.items[1].interaction.thread, "");
}

TEST(GraphPage, ReadsMediaOfInstagramAndPostsOfThreads) {
  const auto picture = only_item(
      "graph",
      R"({"data":[{"id":"17","caption":"The river","media_type":"IMAGE","media_url":"https:\/\/i.example\/1.jpg","permalink":"https:\/\/www.instagram.com\/p\/x\/","timestamp":"2026-05-01T10:00:00+0000","username":"town","comments_count":2,"like_count":3}]})");
  EXPECT_EQ(picture.platform, "instagram");
  EXPECT_EQ(picture.text, "The river");
  EXPECT_EQ(picture.author.handle, "town");
  EXPECT_EQ(picture.media[0].type, "image");
  const auto thread = only_item(
      "graph",
      R"({"id":"18","media_product_type":"THREADS","media_type":"TEXT_POST","text":"Hello","permalink":"https:\/\/www.threads.net\/@town\/post\/x","timestamp":"2026-05-01T10:00:00+0000","username":"town","replied_to":{"id":"16"},"root_post":{"id":"15"}})");
  EXPECT_EQ(thread.platform, "threads");
  EXPECT_EQ(thread.type, "reply");
  EXPECT_EQ(thread.reply_to, "16");
  EXPECT_EQ(thread.thread, "15");
}

TEST(GraphPage, ReadsCommentsOfInstagramThatStandByThemselves) {
  constexpr std::string_view kComments =
      R"({"data":[{"id":"21","text":"When?","timestamp":"2026-05-01T10:00:00+0000","username":"jo","media":{"id":"17"}},
    {"id":"22","text":"At ten","timestamp":"2026-05-01T10:01:00+0000","username":"town","parent_id":"21","media":{"id":"17"}}]})";
  const auto reading = read_file_of("graph", kComments);
  EXPECT_EQ(fault_of(reading, kComments), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[0].interaction.platform, "instagram");
  EXPECT_EQ(reading.items[0].interaction.type, "comment");
  EXPECT_EQ(reading.items[0].interaction.thread, "17");
  EXPECT_EQ(reading.items[0].interaction.reply_to, "17");
  EXPECT_EQ(reading.items[1].interaction.type, "reply");
  EXPECT_EQ(reading.items[1].interaction.reply_to, "21");
  EXPECT_EQ(reading.items[1].interaction.thread, "17");
}

constexpr std::string_view kInbox =
    R"({"data":[{"id":"t_100","link":"/7/inbox/100/","updated_time":"2026-05-01T10:01:00+0000","snippet":"my address is","participants":{"data":[{"name":"Jo Bright","id":"8"},{"name":"Town","id":"7"}]},
    "messages":{"data":[{"id":"m_2","created_time":"2026-05-01T10:01:00+0000","from":{"name":"Town","id":"7"},"to":{"data":[{"name":"Jo Bright","id":"8"}]},"message":"We will call."},
      {"id":"m_1","created_time":"2026-05-01T10:00:00+0000","from":{"name":"Jo Bright","id":"8","email":"8@facebook.example"},"message":"Between us: I am ill","attachments":{"data":[{"id":"1","mime_type":"image/png","image_data":{"url":"https://cdn.example/1.png"}}]},"shares":{"data":[{"link":"https://clinic.example/"}]}}]}}],
    "paging":{"cursors":{"before":"a","after":"b"}}})";

TEST(GraphPage, ReadsAConversationAsDirectMessages) {
  const auto reading = read_file_of("graph", kInbox);
  EXPECT_EQ(fault_of(reading, kInbox), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  for (const auto& item : reading.items) {
    EXPECT_EQ(item.why_private, "a direct message");
    EXPECT_EQ(item.interaction.type, "message");
    EXPECT_EQ(item.interaction.visibility, "direct");
    EXPECT_EQ(item.interaction.thread, "conversation/t_100");
    EXPECT_EQ(item.interaction.platform, "facebook");
  }
  EXPECT_THAT(reading.items[0].interaction.mentions, ElementsAre("Jo Bright"));
  const auto& message = reading.items[1].interaction;
  EXPECT_EQ(message.id, "m_1");
  EXPECT_EQ(message.author.id, "8");
  EXPECT_EQ(message.author.name, "Jo Bright");
  EXPECT_EQ(message.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(message.text, "Between us: I am ill");
  EXPECT_EQ(message.media.at(0).url, "https://cdn.example/1.png");
  EXPECT_THAT(message.links, ElementsAre("https://clinic.example/"));
}

TEST(GraphPage, LeavesNothingOfAConversationWithoutAnAuthority) {
  std::string bytes(kInbox);
  auto reading = read_file_of("graph", kInbox);
  const auto withheld = withhold_private(bytes, reading);
  ASSERT_TRUE(withheld);
  EXPECT_THAT(withheld->items, ElementsAre(testing::Pair("a direct message", 2U)));
  EXPECT_EQ(bytes.substr(0, 12), R"({"data":[{}])");
  for (const auto* words : {"Jo Bright", "my address is", "Between us", "We will call"})
    EXPECT_EQ(bytes.find(words), std::string::npos) << words;
}

TEST(GraphPage, TellsAMessageFromAPostInWhateverShapeItComes) {
  const auto why = [](const std::string& page) {
    const auto reading = read_file_of("graph", page);
    return reading.items.size() == 1 ? std::string(reading.items[0].why_private) : "not one item";
  };
  const std::string time = R"("created_time":"2026-05-01T10:00:00+0000")";
  const std::string to =
      R"("from":{"name":"Jo","id":"8"},"to":{"data":[{"name":"Town","id":"7"}]},"message":"Hello")";
  constexpr auto* kMessage = "a direct message";
  EXPECT_EQ(why(R"({"id":"m_1",)" + to + "}"), kMessage);
  EXPECT_EQ(why(R"({"attachments":{"data":[{"id":"1","name":"none"}]},"id":"m_mid.1:2"})"), kMessage);
  EXPECT_EQ(why(R"({"messages":{"data":[{"id":"5",)" + time + R"(,"message":"Hello"}]},"id":"t_1"})"),
            kMessage);
  EXPECT_EQ(why(R"({"id":"mid.1",)" + time + "," + to + "}"), kMessage);
  EXPECT_EQ(why(R"({"id":"5",)" + time +
                R"(,"message":"Hello","tags":{"data":[{"name":"inbox"},{"name":"read"}]}})"),
            kMessage);
  EXPECT_EQ(
      why(R"({"id":"aWdfZAG1","created_time":"2026-05-01T10:00:00+0000","from":{"username":"jo","id":"8"},"message":"Nice",
                   "story":{"reply_to":{"link":"https://cdn.example/s","id":"9"}}})"),
      kMessage);
  EXPECT_EQ(why(R"({"id":"7_5",)" + time + "," + to + R"(,"type":"status"})"), "") << "on the page's wall";
  EXPECT_EQ(why(R"({"id":"7_5",)" + time + R"(,"message":"Hello","tags":{"data":[{"name":"Jo","id":"8"}]}})"),
            "");
}

TEST(GraphPage, KeepsThePublicItemsBesideMessages) {
  std::string bytes =
      R"({"posts":{"data":[{"id":"7_1","created_time":"2026-05-01T10:00:00+0000","message":"Roads are closed"}]},
          "conversations":{"data":[{"id":"t_1","snippet":"Between us"}]},
          "published_posts":{"data":[{"id":"7_2","created_time":"2026-05-02T10:00:00+0000","message":"Roads are open"}]},"id":"7"})";
  auto reading = read_saved(format_named("graph").value(), bytes, SavedContext()).value();
  const auto withheld = withhold_private(bytes, reading);
  ASSERT_TRUE(withheld);
  EXPECT_THAT(withheld->items, ElementsAre(testing::Pair("a direct message", 1U)));
  EXPECT_EQ(bytes.find("Between us"), std::string::npos);
  ASSERT_THAT(reading.items, SizeIs(2));
  const auto& last = reading.items[1];
  EXPECT_THAT(bytes.substr(last.offset, last.length), HasSubstr("Roads are open"));
}

TEST(GraphPage, TakesAnEmptyListForAnObjectThatIsEmpty) {
  for (const auto* name :
       {"from", "privacy", "shares", "likes", "comments", "attachments", "message_tags", "parent"}) {
    const auto post =
        only_item("graph", R"({"id":"7_1","created_time":"2026-05-01T10:00:00+0000","message":"Roads",")" +
                               std::string(name) + R"(":[]})");
    EXPECT_EQ(post.id, "7_1") << name;
    EXPECT_EQ(post.text, "Roads") << name;
  }
  EXPECT_EQ(
      only_item("graph", R"({"id":"7_1","created_time":"2026-05-01T10:00:00+0000","type":"link","name":"Map",
      "link":"https://maps.example/","from":{"id":"7","name":"Town"},"properties":[[],{"name":"x"}]})")
          .links,
      std::vector<std::string>{"https://maps.example/"});
}

TEST(GraphPage, SaysThatAnAnswerThatIsNoJsonIsNone) {
  for (const auto* file : {"Good", "Good\n", "true", "{\n  'hometown': 'Wexcombe'\n}", ""}) {
    EXPECT_FALSE(detect(file)) << file;
    const auto reading = read_saved(format_named("graph").value(), file, SavedContext());
    ASSERT_FALSE(reading) << file;
    EXPECT_EQ(reading.error().code, Code::kInvalid);
    EXPECT_FALSE(reading.error().what.empty());
  }
}

TEST(GraphPage, ReadsAPhotoAsAPostThatShowsIt) {
  const auto photo = only_item(
      "graph",
      R"({"id":"67","created_time":"2026-05-01T10:00:00+0000","from":{"id":"7","name":"Town"},"name":"The flood",
        "link":"https://www.facebook.com/7/photos/67","picture":"https://p.example/s.jpg",
        "images":[{"height":960,"source":"https://p.example/l.jpg"},{"height":130,"source":"https://p.example/s.jpg"}],
        "album":{"id":"68","created_time":"2026-05-01T09:00:00+0000","name":"Floods"}})");
  EXPECT_EQ(photo.text, "The flood");
  EXPECT_EQ(photo.url, "https://www.facebook.com/7/photos/67");
  EXPECT_THAT(photo.links, SizeIs(0));
  ASSERT_THAT(photo.media, SizeIs(1));
  EXPECT_EQ(photo.media[0].url, "https://p.example/l.jpg");
}

bool is_text(const json::object& object, std::string_view name) {
  const auto* found = object.if_contains(name);
  return found != nullptr && found->is_string();
}
bool is_set(const json::object& object, std::string_view name) {
  const auto* found = object.if_contains(name);
  return found != nullptr && !found->is_null();
}

bool is_rating(const json::object& object) {
  const auto* type = object.if_contains("type");
  return (is_set(object, "created_time") && is_set(object, "open_graph_story")) ||
         (is_set(object, "created_time") && is_set(object, "rating") && is_set(object, "reviewer")) ||
         (type != nullptr && (*type == "places.rates" || *type == "sellers.rates"));
}

// What says when, and something, and has a name; and what rates a page.
std::size_t items_in(const json::value& value) {
  std::size_t count = 0;
  if (const auto* list = value.if_array())
    for (const auto& one : *list) count += items_in(one);
  const auto* object = value.if_object();
  if (object == nullptr) return count;
  const bool named = is_text(*object, "id") || (object->contains("id") && object->at("id").is_number());
  const auto* images = object->if_contains("images");
  const auto* type = object->if_contains("type");
  const bool shows =
      is_text(*object, "full_picture") ||
      (images != nullptr && images->is_array() && !images->get_array().empty()) ||
      (type != nullptr && (*type == "link" || *type == "photo" || *type == "video" || *type == "status"));
  const bool facebook =
      is_set(*object, "created_time") && (shows || is_text(*object, "message") || is_text(*object, "story") ||
                                          is_text(*object, "permalink_url"));
  const bool instagram = is_set(*object, "timestamp") && !is_set(*object, "created_time") &&
                         (is_text(*object, "caption") || is_text(*object, "text") ||
                          is_text(*object, "media_type") || is_text(*object, "permalink"));
  const auto* id = object->if_contains("id");
  const bool message = id != nullptr && id->is_string() && id->get_string().starts_with("m_");
  const bool rating = is_rating(*object);
  if (rating || (named && (facebook || instagram || message))) ++count;
  for (const auto& field : *object) {
    if (field.key() == "children") continue;  // pictures of an album
    const auto* inner = field.value().if_object();
    const bool is_story = rating && inner != nullptr && is_rating(*inner);  // of what is counted
    count += items_in(field.value()) - (is_story ? 1U : 0U);
  }
  return count;
}

TEST(GraphPage, OfThreadsNamesThePostThatIsRepeatedAndWhoseItIs) {
  const auto reading = read_file_of(
      "graph",
      R"({"data":[{"id":"30","media_product_type":"THREADS","media_type":"REPOST_FACADE","username":"town","timestamp":"2026-05-01T10:00:00+0000","permalink":"https://www.threads.net/@town/post/a",
      "reposted_post":{"id":"20","username":"jo_b"}}]})");
  ASSERT_EQ(reading.items.size(), 1U);
  const auto& repost = reading.items[0].interaction;
  EXPECT_EQ(repost.type, "repost");
  EXPECT_EQ(repost.repost_of, "20");
  EXPECT_EQ(repost.author.handle, "town");
  EXPECT_EQ(repost.repost_author.handle, "jo_b");
}

TEST(GraphPage, OfRecordedPayloadsGivesEveryPostAndCommentThatIsCounted) {
  const auto files = recorded_json("facebook/restfb__restfb");
  if (files.empty()) GTEST_SKIP() << "the recorded payloads are not here";
  std::size_t all = 0;
  std::size_t elsewhere = 0;
  for (const auto& [path, bytes, tree] : files) {
    const auto expected = items_in(tree);
    const auto format = detect(bytes);
    if (!format || format_name(*format) != "graph") {
      if (expected != 0) {
        std::printf("not read as a page of the Graph API: %s (%zu)\n", path.filename().c_str(), expected);
        elsewhere += expected;
      }
      continue;
    }
    const auto reading = read_saved(*format, bytes, SavedContext());
    EXPECT_EQ(reading ? reading->items.size() : 0U, expected) << path;
    if (!reading) continue;
    EXPECT_EQ(fault_of(*reading, bytes), "") << path;
    all += reading->items.size();
  }
  std::printf("%zu posts and comments; %zu in other files\n", all, elsewhere);
  EXPECT_GE(all, 100U);
  EXPECT_LE(elsewhere, 1U);
}

}  // namespace
}  // namespace muniment::sources
