#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "sources/withhold.hpp"
#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::read_file_of;
using support::recorded_json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

namespace json = boost::json;

constexpr std::string_view kTopic = R"({"post_stream":{"posts":[
 {"id":31,"name":"Jo B","username":"jo","created_at":"2026-05-01T10:00:00.000Z","cooked":"<p>When? <a class=\"mention\" href=\"/u/town\">@town</a> <a href=\"https://town.example/\">here</a></p>","post_number":1,"post_type":1,"updated_at":"2026-05-01T11:00:00.000Z","reply_count":1,"reply_to_post_number":null,"topic_id":8,"topic_slug":"roads","version":2,"user_id":5,"hidden":false,"actions_summary":[{"id":2,"count":4}]},
 {"id":32,"name":"","username":"town","created_at":"2026-05-01T12:00:00.000Z","cooked":"<p>Monday.</p>","post_number":2,"post_type":1,"updated_at":"2026-05-02T11:00:00.000Z","reply_to_post_number":1,"topic_id":8,"topic_slug":"roads","version":1,"user_id":6,"hidden":false},
 {"id":33,"username":"staff","created_at":"2026-05-01T12:00:00.000Z","cooked":"<p>among us</p>","post_number":3,"post_type":4,"topic_id":8,"version":1,"user_id":7},
 {"id":34,"username":"jo","created_at":"2026-05-01T12:00:00.000Z","cooked":"<p>(topic deleted by author)</p>","post_number":4,"post_type":1,"topic_id":8,"version":2,"user_id":5,"user_deleted":true,"deleted_at":null}],"stream":[31,32,33,34]},
 "id":8,"title":"Roads & bridges","archetype":"regular","posts_count":4})";

SavedContext of_forum() {
  SavedContext context;
  context.origin = "https://forum.town.example/t/8.json";
  return context;
}

TEST(Discourse, ReadsTheTopicsPosts) {
  const auto reading = read_file_of("discourse", kTopic, of_forum());
  EXPECT_EQ(fault_of(reading, kTopic), "");
  ASSERT_THAT(reading.items, SizeIs(4));
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.id, "forum.town.example/post/31");
  EXPECT_EQ(post.local, "forum.town.example/t/8/1");
  EXPECT_EQ(post.thread, "forum.town.example/t/8");
  EXPECT_EQ(post.url, "https://forum.town.example/t/roads/8/1");
  EXPECT_EQ(post.summary, "Roads & bridges");
  EXPECT_EQ(post.edited, "2026-05-01T11:00:00.000Z");
  EXPECT_THAT(post.mentions, ElementsAre("town"));
  EXPECT_THAT(post.links, ElementsAre("https://town.example/"));
  const auto& answer = reading.items[1].interaction;
  EXPECT_EQ(answer.reply_to, post.local);
  EXPECT_EQ(answer.type, "reply");
  EXPECT_EQ(answer.edited, "");
  EXPECT_EQ(reading.items[2].why_private, "a note among the forum's staff");
  EXPECT_EQ(reading.items[3].interaction.visibility, "deleted");
}

TEST(Discourse, LeavesNothingOfATopicBetweenAFew) {
  std::string page(kTopic);
  page.replace(page.find("regular"), 7, "private_message");
  auto reading = read_file_of("discourse", page, of_forum());
  EXPECT_EQ(fault_of(reading, page), "");
  ASSERT_THAT(reading.items, SizeIs(4));
  for (const auto& item : reading.items) EXPECT_NE(item.why_private, "");
  ASSERT_TRUE(withhold_private(page, reading));
  EXPECT_EQ(page, "{}") << "neither what it is about, nor who takes part";
}

TEST(Discourse, GivesTextsThatDifferUnderOneVersionNumberDifferentContents) {
  const auto post = [](std::string_view text) {
    const auto page =
        R"({"id":3105,"username":"jo","created_at":"2026-05-01T10:00:00.000Z","cooked":"<p>)" +
        std::string(text) +
        R"(</p>","post_number":1,"updated_at":"2026-05-01T11:00:00.000Z","topic_id":8,"version":10,"topic_slug":"a"})";
    return support::only_item("discourse", page, of_forum());
  };
  EXPECT_EQ(post("one").id, post("two").id);
  EXPECT_NE(records::version_content(post("one")), records::version_content(post("two")));
}

TEST(Discourse, NamesAPostTheSameWhateverItsTopicIsCalled) {
  const auto post = [](std::string_view slug) {
    const auto page =
        R"({"id":183,"username":"jo","created_at":"2026-05-01T10:00:00.000Z","cooked":"<p>x</p>","post_number":1,"topic_id":8,"version":1,"topic_slug":")" +
        std::string(slug) + R"("})";
    return support::only_item("discourse", page, of_forum());
  };
  EXPECT_EQ(post("one").id, post("two").id);
}

TEST(Discourse, AsksForTheForumsAddressWhereNoneIsKnown) {
  const auto format = detect(kTopic);
  ASSERT_TRUE(format);
  const auto reading = read_saved(*format, kTopic, SavedContext());
  ASSERT_FALSE(reading);
  EXPECT_THAT(reading.error().hint, HasSubstr("--origin"));
}

std::size_t posts_in(const json::value& value) {
  std::size_t count = 0;
  if (const auto* list = value.if_array())
    for (const auto& one : *list) count += posts_in(one);
  const auto* object = value.if_object();
  if (object == nullptr) return count;
  if (object->contains("cooked") && object->contains("post_number") && object->contains("id")) return 1;
  for (const auto& field : *object) count += posts_in(field.value());
  return count;
}

TEST(Discourse, OfRecordedPayloadsGivesEveryPostThatIsCounted) {
  const auto files = recorded_json("discourse");
  if (files.empty()) GTEST_SKIP() << "the recorded payloads are not here";
  std::size_t all = 0;
  std::size_t stated = 0;
  for (const auto& [path, bytes, tree] : files) {
    const auto expected = posts_in(tree);
    if (expected == 0) continue;
    const auto reading = read_file_of("discourse", bytes, of_forum());
    EXPECT_EQ(reading.items.size(), expected) << path;
    EXPECT_EQ(fault_of(reading, bytes), "") << path;
    all += expected;
    const auto* own = tree.is_object() ? tree.get_object().if_contains("posts_count") : nullptr;
    if (own == nullptr || !tree.get_object().contains("post_stream")) continue;
    EXPECT_EQ(reading.items.size(), own->to_number<std::size_t>()) << path;
    ++stated;
  }
  EXPECT_GE(all, 14U);
  EXPECT_GE(stated, 1U);
}

}  // namespace
}  // namespace muniment::sources
