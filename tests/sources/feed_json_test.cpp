#include "sources/feed_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/feed_page.hpp"
#include "sources/saved.hpp"

namespace muniment::sources {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

constexpr char kFeed[] = R"( {
  "version": "https://jsonfeed.org/version/1.1", "title": "Quay news", "language": "en",
  "home_page_url": "https://quay.example/", "next_url": "/feed.json?page=2",
  "authors": [{"name": "Harbour office", "url": "https://quay.example/about"}],
  "items": [
    {"id": "https://quay.example/2", "url": "https://quay.example/2", "title": "Open", "tags": ["tide", "quay"],
     "content_html": "<p>The quay is <a href=\"https://quay.example/hours\">open</a></p>",
     "date_published": "2026-11-01T10:00:00+01:00", "date_modified": "2026-11-02T10:00:00Z",
     "attachments": [{"url": "/a.mp3", "mime_type": "audio/mpeg", "title": "The bell"}], "image": "/a.png"},
    {"id": 7, "content_text": "Closed & wet", "author": {"name": "Ann"}},
    {"content_text": "Nameless"}, 42]})";

Reading read(std::string_view bytes) {
  auto reading = read_feed(bytes, "https://quay.example/feed.json", "application/feed+json");
  EXPECT_TRUE(reading) << reading.error().what;
  return reading ? *std::move(reading) : Reading{};
}

TEST(JsonFeed, IsReadInTheTermsOfAnyOtherFeed) {
  const auto reading = read(kFeed);
  ASSERT_THAT(reading.items, SizeIs(3));
  const auto& first = reading.items[0].interaction;
  EXPECT_EQ(first.platform, "feed");
  EXPECT_EQ(first.id, "https://quay.example/2");
  EXPECT_EQ(first.summary, "Open");
  EXPECT_EQ(first.text, "The quay is open");
  EXPECT_THAT(first.links, ElementsAre("https://quay.example/hours"));
  EXPECT_THAT(first.tags, ElementsAre("tide", "quay"));
  EXPECT_EQ(first.posted, "2026-11-01T09:00:00.000Z");
  EXPECT_EQ(first.edited, "2026-11-02T10:00:00.000Z");
  EXPECT_EQ(first.lang, "en");
  EXPECT_EQ(first.author.name, "Harbour office");
  ASSERT_THAT(first.media, SizeIs(2));
  EXPECT_EQ(first.media[1].url, "https://quay.example/a.mp3");
  EXPECT_EQ(first.media[1].alt, "The bell");
  const auto& second = reading.items[1].interaction;
  EXPECT_EQ(second.id, "https://quay.example/feed.json#7");
  EXPECT_EQ(second.text, "Closed & wet");
  EXPECT_EQ(second.author.name, "Ann");
  EXPECT_TRUE(reading.items[2].interaction.id.starts_with("https://quay.example/feed.json#sha256-"));
  ASSERT_THAT(reading.next, SizeIs(1));
  EXPECT_EQ(reading.next[0].url, "https://quay.example/feed.json?page=2");
}

TEST(JsonFeed, IsCutOutOfItsPage) {
  const auto reading = read(kFeed);
  ASSERT_THAT(reading.items, SizeIs(3));
  const std::string_view page = kFeed;
  EXPECT_EQ(page.substr(reading.items[1].offset, reading.items[1].length),
            R"({"id": 7, "content_text": "Closed & wet", "author": {"name": "Ann"}})");
}

TEST(JsonFeed, IsToldFromOtherJson) {
  for (const auto* bytes : {"{}", R"({"version":"1"})", "{", R"({"items":[]})"}) {
    const auto reading = read_feed(bytes, "https://quay.example/", "");
    ASSERT_FALSE(reading) << bytes;
    EXPECT_EQ(reading.error().code, Code::kInvalid);
  }
  const auto format = detect(kFeed);
  ASSERT_TRUE(format) << format.error().what;
  EXPECT_EQ(format_name(*format), "feed");
}

}  // namespace
}  // namespace muniment::sources
