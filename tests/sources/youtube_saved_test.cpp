#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::read_file_of;
using support::recorded_json;
using testing::Contains;
using testing::HasSubstr;
using testing::SizeIs;

namespace json = boost::json;

constexpr std::string_view kThreads =
    R"({"kind":"youtube#commentThreadListResponse","pageInfo":{"totalResults":1,"resultsPerPage":20},"items":[{"kind":"youtube#commentThread","id":"Ug1",
  "snippet":{"channelId":"UC7","videoId":"vid","topLevelComment":{"kind":"youtube#comment","id":"Ug1","snippet":{"authorDisplayName":"@jo","authorChannelUrl":"http://www.youtube.com/channel/UC8","authorChannelId":{"value":"UC8"},
    "videoId":"vid","textDisplay":"When is <a href=\"https://town.example/\">it</a>?<br>Thanks&#39;\ufeff","textOriginal":"When is it?\nThanks'","canRate":true,"likeCount":2,"publishedAt":"2026-05-01T10:00:00.000Z","updatedAt":"2026-05-01T11:00:00.000Z"}},"canReply":true,"totalReplyCount":3,"isPublic":true},
  "replies":{"comments":[{"kind":"youtube#comment","id":"Ug1.r1","snippet":{"authorDisplayName":"Town","textDisplay":"Monday.\ufeff","parentId":"Ug1","publishedAt":"2026-05-01T12:00:00.000Z","updatedAt":"2026-05-01T12:00:00.000Z","moderationStatus":"heldForReview"}}]}}]})";

TEST(YouTube, ReadsThreadsOfCommentsWithTheAnswersThatCame) {
  const auto reading = read_file_of("youtube", kThreads);
  EXPECT_EQ(fault_of(reading, kThreads), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  const auto& comment = reading.items[0].interaction;
  EXPECT_EQ(comment.id, "Ug1");
  EXPECT_EQ(comment.text, "When is it?\nThanks'");
  EXPECT_EQ(comment.thread, "video/vid");
  EXPECT_EQ(comment.url, "https://www.youtube.com/watch?v=vid&lc=Ug1");
  EXPECT_EQ(comment.author.id, "UC8");
  EXPECT_EQ(comment.author.handle, "jo");
  EXPECT_EQ(comment.edited, "2026-05-01T11:00:00.000Z");
  EXPECT_THAT(comment.links, testing::ElementsAre("https://town.example/"));
  const auto& answer = reading.items[1].interaction;
  EXPECT_EQ(answer.text, "Monday.");
  EXPECT_EQ(answer.reply_to, "Ug1");
  EXPECT_EQ(answer.type, "reply");
  EXPECT_EQ(answer.edited, "");
  EXPECT_EQ(reading.items[1].why_private, "a comment that is not published");
  EXPECT_THAT(reading.remarks, Contains(HasSubstr("2 answers to Ug1 were not sent")));
}

TEST(YouTube, ReadsCommentsOfTakeout) {
  constexpr std::string_view kTable =
      "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment "
      "Text,Top-Level Comment ID\n"
      "Ug1,UC7,2026-05-01T10:00:00.123456+00:00,0,,,vid,\"{\"\"text\"\":\"\"Hello, "
      "\"\"},{\"\"text\"\":\"\"world\"\"}\",\n"
      "Ug1.r,UC7,2026-05-01T11:00:00+00:00,0,Ug1,,vid,\"{\"\"text\"\":\"\"two\\nlines\"\"}\",Ug1\n";
  const auto reading = read_file_of("youtube-takeout", kTable);
  EXPECT_EQ(fault_of(reading, kTable), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[0].interaction.text, "Hello, world");
  EXPECT_EQ(reading.items[0].interaction.posted, "2026-05-01T10:00:00.123Z");
  EXPECT_EQ(reading.items[1].interaction.text, "two\nlines");
  EXPECT_EQ(reading.items[1].interaction.reply_to, "Ug1");
}

// Comments and videos, wherever they stand.
std::size_t items_in(const json::value& value) {
  std::size_t count = 0;
  if (const auto* list = value.if_array())
    for (const auto& one : *list) count += items_in(one);
  const auto* object = value.if_object();
  if (object == nullptr) return count;
  const auto* kind = object->if_contains("kind");
  const bool known =
      kind != nullptr && kind->is_string() && object->contains("id") && object->contains("snippet");
  if (known && kind->get_string() == "youtube#comment") return 1;
  if (known && kind->get_string() == "youtube#video")
    return object->at("snippet").as_object().contains("title") ? 1U : 0U;
  for (const auto& field : *object) count += items_in(field.value());
  return count;
}

TEST(YouTube, OfRecordedPayloadsGivesEveryCommentAndVideoThatIsCounted) {
  const auto files = recorded_json("youtube");
  if (files.empty()) GTEST_SKIP() << "the recorded payloads are not here";
  std::size_t all = 0;
  std::map<std::string, std::pair<std::size_t, std::size_t>> stated;  // what is said, what was read
  for (const auto& [path, bytes, tree] : files) {
    const auto expected = items_in(tree);
    if (expected == 0) continue;
    const auto reading = read_file_of("youtube", bytes);
    EXPECT_EQ(reading.items.size(), expected) << path;
    EXPECT_EQ(fault_of(reading, bytes), "") << path;
    all += expected;
    const auto* info = tree.get_object().if_contains("pageInfo");
    if (info == nullptr || !info->get_object().contains("totalResults")) continue;
    // Of a thread the answers do not count; of several pages the whole is stated on each.
    const auto name = path.filename().string();
    auto& pages = stated[name.substr(0, name.find("_paged"))];
    pages.first = info->get_object().at("totalResults").to_number<std::size_t>();
    if (name.starts_with("comment_threads")) pages.second = 0;
    for (const auto& item : reading.items) pages.second += item.interaction.type == "reply" ? 0U : 1U;
  }
  EXPECT_GE(all, 35U);
  for (const auto& [name, counts] : stated) EXPECT_EQ(counts.second, counts.first) << name;
  EXPECT_GE(stated.size(), 9U);
}

}  // namespace
}  // namespace muniment::sources
