// Payloads of Bluesky recorded by other projects.  They are not part of this one; without them the tests are
// skipped.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "base/utf8.hpp"
#include "sources/bluesky_page.hpp"
#include "sources/bluesky_post.hpp"
#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

using support::contents_of;
using support::files_below;
using support::platforms_folder;

std::vector<fs::path> recorded() {
  std::vector<fs::path> out;
  for (const auto* folder : {"MarshalX__atproto", "snarfed__granary"})
    for (auto& path : files_below(platforms_folder() / "bluesky" / folder, ".json"))
      out.push_back(std::move(path));
  return out;
}

TEST(RecordedBluesky, ViewsOfPostsAreReadWithNamesAndWords) {
  const auto paths = recorded();
  if (paths.empty()) GTEST_SKIP() << "the recorded payloads are not here: " << platforms_folder();
  std::size_t views = 0;
  for (const auto& path : paths) {
    json::error_code fault;
    auto tree = json::parse(contents_of(path), fault);
    if (fault || !tree.is_object()) continue;
    auto& object = tree.as_object();
    // What a feed holds is put into one; a view of a post into a list of posts.
    const bool in_feed = object.contains("post");
    json::object page;
    if (object.contains("thread"))
      page = object;
    else
      page[in_feed ? "feed" : "posts"] = json::array{object};
    const auto bytes = json::serialize(page);
    auto parsed = JsonPage::parse(bytes);
    ASSERT_TRUE(parsed) << path;
    const auto reading = read_bluesky(*parsed);
    ASSERT_TRUE(reading) << path << ": " << reading.error().what;
    for (const auto& item : reading->items) {
      ++views;
      EXPECT_FALSE(item.interaction.id.empty()) << path;
      EXPECT_TRUE(base::is_utf8(item.interaction.text)) << path;
      EXPECT_EQ(item.interaction.platform, "bluesky") << path;
    }
  }
  EXPECT_GE(views, 3U);
}

TEST(RecordedBluesky, RecordsKeepTheirTimesTextsAndFacets) {
  std::size_t posts = 0;
  for (const auto& path : recorded()) {
    const auto bytes = contents_of(path);
    auto page = JsonPage::parse(bytes);
    if (!page || page->root().field("$type").text() != "app.bsky.feed.post") continue;
    records::Interaction item;
    read_bluesky_record(page->root(), "at://did:plc:a/app.bsky.feed.post/3k", "bafy", item);
    ++posts;
    EXPECT_EQ(item.text, page->root().field("text").text()) << path;
    EXPECT_EQ(item.posted.empty(), page->root().field("createdAt").text().empty()) << path;
    for (const auto& tag : item.tags) EXPECT_FALSE(tag.empty()) << path;
  }
  if (posts == 0) GTEST_SKIP() << "the recorded payloads are not here: " << platforms_folder();
  EXPECT_GE(posts, 3U);
}

}  // namespace
}  // namespace muniment::sources
