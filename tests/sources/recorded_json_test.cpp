// Payloads recorded by other projects.  They are not part of this one; without them the tests are skipped.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "base/utf8.hpp"
#include "sources/mastodon_page.hpp"
#include "sources/saved.hpp"
#include "sources/wordpress_page.hpp"
#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

namespace json = boost::json;

using support::contents_of;
using support::files_below;
using support::platforms_folder;

// Objects that satisfy `is_item`, not looking inside those found.
template <typename Is>
std::size_t count(const json::value& value, const Is& is_item) {
  std::size_t found = 0;
  if (const auto* object = value.if_object()) {
    if (is_item(*object)) return 1;
    for (const auto& field : *object) found += count(field.value(), is_item);
  } else if (const auto* list = value.if_array()) {
    for (const auto& one : *list) found += count(one, is_item);
  }
  return found;
}

bool is_status(const json::object& object) {
  return object.contains("account") && object.contains("content") &&
         (object.contains("id") || object.contains("uri"));
}
bool is_entry(const json::object& object) {
  const bool is_v2 = object.contains("id") && object.contains("date_gmt") && object.contains("content");
  return is_v2 || (object.contains("ID") && object.contains("site_ID") && object.contains("content")) ||
         (object.contains("ID") && object.contains("content") && object.contains("raw_content"));
}

template <typename Read, typename Is>
void expect_all_read(const std::string& folder, const Read& read, const Is& is_item, std::size_t least) {
  const auto paths = files_below(platforms_folder() / folder, ".json");
  if (paths.empty()) GTEST_SKIP() << "the recorded payloads are not here: " << platforms_folder() / folder;
  std::size_t all = 0;
  for (const auto& path : paths) {
    const auto bytes = contents_of(path);
    json::error_code fault;
    const auto tree = json::parse(bytes, fault);
    const auto reading = read(bytes);
    if (fault) {
      EXPECT_FALSE(reading) << path << " is not JSON";
      continue;
    }
    const auto expected = count(tree, is_item);
    if (!reading) {
      EXPECT_EQ(expected, 0U) << path << ": " << reading.error().what;
      EXPECT_EQ(reading.error().code, Code::kInvalid);
      EXPECT_FALSE(reading.error().what.empty());
      continue;
    }
    EXPECT_EQ(reading->items.size(), expected) << path;
    all += reading->items.size();
    for (const auto& item : reading->items) {
      EXPECT_FALSE(item.interaction.id.empty()) << path;
      EXPECT_TRUE(base::is_utf8(item.interaction.text));
      json::error_code slice_fault;
      const auto slice = json::parse(std::string_view(bytes).substr(item.offset, item.length), slice_fault);
      EXPECT_FALSE(slice_fault) << path << " at " << item.offset;
      EXPECT_TRUE(slice.is_object() && is_item(slice.get_object())) << path << " at " << item.offset;
    }
  }
  EXPECT_GE(all, least);
}

TEST(RecordedPayloads, OfMastodonGiveEveryStatusThatAnIndependentCountFinds) {
  expect_all_read(
      "mastodon", [](std::string_view bytes) { return read_mastodon(bytes, "https://server.example"); },
      is_status, 60);
}

TEST(RecordedPayloads, OfWordPressGiveEveryPostAndCommentThatAnIndependentCountFinds) {
  expect_all_read(
      "wordpress",
      [](std::string_view bytes) { return read_wordpress(bytes, "https://site.example/wp-json/"); }, is_entry,
      10);
}

TEST(RecordedPayloads, ReadTheSameWhetherOrNotTheFormatIsNamed) {
  std::size_t detected = 0;
  for (const auto& path : files_below(platforms_folder() / "mastodon", ".json")) {
    const auto bytes = contents_of(path);
    const auto reading = read_mastodon(bytes, "");
    if (!reading || reading->items.empty()) continue;
    const auto format = detect(bytes);
    ASSERT_TRUE(format) << path << ": " << format.error().what;
    EXPECT_EQ(format_name(*format), "mastodon") << path;
    ++detected;
  }
  for (const auto& path : files_below(platforms_folder() / "wordpress", ".json")) {
    const auto bytes = contents_of(path);
    const auto reading = read_wordpress(bytes, "https://site.example/");
    if (!reading || reading->items.empty()) continue;
    const auto format = detect(bytes);
    ASSERT_TRUE(format) << path << ": " << format.error().what;
    EXPECT_EQ(format_name(*format), "wordpress") << path;
    ++detected;
  }
  if (detected == 0) GTEST_SKIP() << "the recorded payloads are not here";
}

TEST(HostileJson, IsRefusedOrHarmless) {
  const auto paths = files_below(platforms_folder() / "hostile" / "nst__JSONTestSuite", ".json");
  if (paths.empty()) GTEST_SKIP() << "the hostile payloads are not here";
  std::size_t malformed = 0;
  for (const auto& path : paths) {
    const auto bytes = contents_of(path);
    const auto page = JsonPage::parse(bytes);
    const auto name = path.filename().string();
    if (name.starts_with("n_")) {
      ++malformed;
      EXPECT_FALSE(page) << name;
    }
    if (name.starts_with("y_")) EXPECT_TRUE(page) << name << ": " << (page ? "" : page.error().what);
    for (const auto& reading :
         {read_mastodon(bytes, "https://server.example"), read_wordpress(bytes, "https://server.example")}) {
      if (reading)
        EXPECT_TRUE(reading->items.empty()) << name;
      else
        EXPECT_EQ(reading.error().code, Code::kInvalid) << name;
    }
    const auto format = detect(bytes);
    EXPECT_TRUE(format || !format.error().what.empty()) << name;
  }
  EXPECT_GE(malformed, 90U);
}

}  // namespace
}  // namespace muniment::sources
