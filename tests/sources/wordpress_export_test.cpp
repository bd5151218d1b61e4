#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::contents_of;
using support::fault_of;
using support::platforms_folder;
using support::read_file_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr std::string_view kExport = R"(<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Town</title><link>https://town.example/news</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://town.example/</wp:base_site_url><wp:base_blog_url>https://town.example/news</wp:base_blog_url>
<wp:author><wp:author_id>2</wp:author_id><wp:author_login><![CDATA[amina]]></wp:author_login><wp:author_email><![CDATA[a@town.example]]></wp:author_email><wp:author_display_name><![CDATA[Amina D.]]></wp:author_display_name></wp:author>
<item><title><![CDATA[Roads & bridges]]></title><link>https://town.example/news/2026/05/roads/</link><pubDate>Sun, 03 May 2026 10:30:00 +0000</pubDate><dc:creator><![CDATA[amina]]></dc:creator>
<guid isPermaLink="false">https://town.example/news/?p=9</guid><content:encoded><![CDATA[<!-- wp:paragraph --><p>Closed. <a href="https://maps.example/1">Map</a> ]]]]><![CDATA[> &amp; more</p><!-- /wp:paragraph -->]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>9</wp:post_id><wp:post_date>2026-05-03 11:30:00</wp:post_date><wp:post_date_gmt>2026-05-03 10:30:00</wp:post_date_gmt><wp:post_modified_gmt>2026-05-04 10:30:00</wp:post_modified_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:post_password></wp:post_password>
<category domain="post_tag" nicename="bridge"><![CDATA[bridge]]></category><wp:postmeta><wp:meta_key>_x</wp:meta_key><wp:meta_value><![CDATA[a:1:{i:0;s:4:"</a>";}]]></wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_id>11</wp:comment_id><wp:comment_author><![CDATA[Jo]]></wp:comment_author><wp:comment_author_email>jo@mail.example</wp:comment_author_email><wp:comment_author_url>https://jo.example</wp:comment_author_url><wp:comment_author_IP>192.0.2.7</wp:comment_author_IP><wp:comment_date_gmt>2026-05-05 01:02:03</wp:comment_date_gmt><wp:comment_content><![CDATA[For how long?

Second paragraph
and a line]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type></wp:comment_type><wp:comment_parent>0</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id></wp:comment>
<wp:comment><wp:comment_id>12</wp:comment_id><wp:comment_author><![CDATA[Amina D.]]></wp:comment_author><wp:comment_date_gmt>0000-00-00 00:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[A week.]]></wp:comment_content><wp:comment_approved>0</wp:comment_approved><wp:comment_type>comment</wp:comment_type><wp:comment_parent>11</wp:comment_parent><wp:comment_user_id>2</wp:comment_user_id></wp:comment>
<wp:comment><wp:comment_id>13</wp:comment_id><wp:comment_author>Other blog</wp:comment_author><wp:comment_date_gmt>2026-05-06 01:02:03</wp:comment_date_gmt><wp:comment_content>[...] linked [...]</wp:comment_content><wp:comment_approved>trash</wp:comment_approved><wp:comment_type>pingback</wp:comment_type></wp:comment>
</item>
<item><title>Draft</title><wp:post_id>10</wp:post_id><wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><wp:status>draft</wp:status><wp:post_type>page</wp:post_type></item>
<item><title>Menu</title><wp:post_id>14</wp:post_id><wp:status>publish</wp:status><wp:post_type>nav_menu_item</wp:post_type></item>
<item><title>Secret</title><wp:post_id>15</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:post_password>pw</wp:post_password></item>
</channel></rss>)";

TEST(WordPressExport, ReadsPostsAndTheirCommentsUnderTheNamesOfTheLiveInterface) {
  const auto reading = read_file_of("wordpress-export", kExport);
  EXPECT_EQ(fault_of(reading, kExport), "");
  ASSERT_THAT(reading.items, SizeIs(6));
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.id, "town.example/news/post/9");
  EXPECT_EQ(post.platform, "wordpress");
  EXPECT_EQ(post.text, "Closed. Map ]]> & more");
  EXPECT_EQ(post.summary, "Roads & bridges");
  EXPECT_EQ(post.posted, "2026-05-03T10:30:00.000Z");
  EXPECT_EQ(post.edited, "2026-05-04T10:30:00.000Z");
  EXPECT_EQ(post.author.id, "town.example/news/user/2");
  EXPECT_EQ(post.author.name, "Amina D.");
  EXPECT_THAT(post.tags, ElementsAre("bridge"));
  EXPECT_THAT(post.links, ElementsAre("https://maps.example/1"));
  const auto& comment = reading.items[1].interaction;
  EXPECT_EQ(comment.id, "town.example/news/comment/11");
  EXPECT_EQ(comment.thread, "town.example/news/post/9");
  EXPECT_EQ(comment.text, "For how long?\n\nSecond paragraph\nand a line");
  EXPECT_EQ(comment.author.name, "Jo");
  EXPECT_EQ(comment.author.id, "");
  EXPECT_EQ(reading.items[2].interaction.reply_to, "town.example/news/comment/11");
  EXPECT_EQ(reading.items[2].interaction.author.id, "town.example/news/user/2");
}

TEST(WordPressExport, KeepsTheCommentersMailAndAddressOutOfEveryField) {
  for (const auto& item : read_file_of("wordpress-export", kExport).items) {
    const auto content = records::version_content(item.interaction);
    EXPECT_EQ(content.find("jo@mail.example"), std::string::npos);
    EXPECT_EQ(content.find("192.0.2.7"), std::string::npos);
  }
}

TEST(WordPressExport, MarksWhatTheSiteDoesNotShowAsPrivate) {
  const auto reading = read_file_of("wordpress-export", kExport);
  ASSERT_THAT(reading.items, SizeIs(6));
  EXPECT_EQ(reading.items[0].why_private, "");
  EXPECT_EQ(reading.items[1].why_private, "");
  EXPECT_EQ(reading.items[2].interaction.visibility, "hold");
  EXPECT_EQ(reading.items[2].why_private, "a comment that is not published");
  EXPECT_EQ(reading.items[3].interaction.visibility, "trash");
  EXPECT_EQ(reading.items[3].why_private, "a comment that is not published");
  EXPECT_EQ(reading.items[4].why_private, "a post that is not published");
  EXPECT_EQ(reading.items[5].why_private, "a post under a password");
}

TEST(WordPressExport, TakesForPrivateWhatIsSaidBelowAPostThatIsNotShown) {
  for (const std::string_view hidden :
       {"<wp:status>private</wp:status>", "<wp:status>draft</wp:status>",
        "<wp:status>publish</wp:status><wp:post_password>pw</wp:post_password>",
        "<wp:status>publish</wp:status><wp:post_type>feedback</wp:post_type>"}) {
    const auto bytes =
        R"(<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:base_blog_url>https://town.example</wp:base_blog_url><item><title>T</title><wp:post_id>9</wp:post_id>)" +
        std::string(hidden) +
        "<wp:comment><wp:comment_id>11</wp:comment_id><wp:comment_content>Between us</wp:comment_content>"
        "<wp:comment_approved>1</wp:comment_approved></wp:comment>"
        "<wp:comment><wp:comment_content>Nameless</wp:comment_content></wp:comment></item></channel></rss>";
    const auto reading = read_file_of("wordpress-export", bytes);
    ASSERT_THAT(reading.items, SizeIs(2)) << hidden;
    EXPECT_EQ(reading.items[1].why_private, "a comment on a post that is not shown") << hidden;
    EXPECT_THAT(reading.asides, SizeIs(1)) << "one without a number";
  }
}

TEST(WordPressExport, TakesDatesThatWereNeverSetForNotGiven) {
  const auto reading = read_file_of("wordpress-export", kExport);
  ASSERT_THAT(reading.items, SizeIs(6));
  EXPECT_EQ(reading.items[2].interaction.posted, "");
  EXPECT_EQ(reading.items[4].interaction.posted, "");
}

TEST(WordPressExport, CutsCommentsOutOfThePostAroundThem) {
  const auto reading = read_file_of("wordpress-export", kExport);
  ASSERT_THAT(reading.items, SizeIs(6));
  for (std::size_t i = 1; i < 4; ++i) {
    const auto raw = kExport.substr(reading.items[i].offset, reading.items[i].length);
    EXPECT_TRUE(raw.starts_with("<wp:comment>") && raw.ends_with("</wp:comment>")) << raw;
  }
  const auto post = kExport.substr(reading.items[0].offset, reading.items[0].length);
  EXPECT_TRUE(post.starts_with("<item>"));
  EXPECT_EQ(post.find("<wp:comment>"), std::string::npos);
}

constexpr std::string_view kWithoutVersion = R"(<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<wp:base_blog_url>https://town.example</wp:base_blog_url>
<item><title>A</title><content:encoded><![CDATA[How to write <![CDATA[ in XML: ]]]]><![CDATA[> &lt;item&gt; <item><wp:comment>]]></content:encoded>
<wp:post_id>9</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<wp:postmeta><wp:meta_key>_x</wp:meta_key><wp:meta_value><![CDATA[a:2:{s:4:"html";s:14:"</item></wp:x>";s:1:"n";N;}]]></wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_id>11</wp:comment_id><wp:comment_content><![CDATA[one]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type>trackback</wp:comment_type></wp:comment>
</item></channel></rss>)";

TEST(WordPressExport, NeedsNoVersionOfTheFormat) {
  ASSERT_EQ(kWithoutVersion.find("wxr_version"), std::string_view::npos);
  EXPECT_THAT(read_file_of("wordpress-export", kWithoutVersion).items, SizeIs(2));
}

TEST(WordPressExport, TakesMarkupInsideCharacterDataForText) {
  const auto reading = read_file_of("wordpress-export", kWithoutVersion);
  EXPECT_EQ(fault_of(reading, kWithoutVersion), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[0].interaction.text, "How to write <item>") << "as a browser shows it";
  EXPECT_FALSE(reading.recovered);
  EXPECT_EQ(reading.items[1].interaction.text, "one");
  const auto post = kWithoutVersion.substr(reading.items[0].offset, reading.items[0].length);
  EXPECT_NE(post.find("s:14:"), std::string_view::npos) << "serialized values stay in the bytes";
  EXPECT_EQ(records::version_content(reading.items[0].interaction).find("s:14:"), std::string::npos);
}

TEST(WordPressExport, ReadsPingbacksAndTrackbacksAsWhatTheyAre) {
  const auto reading = read_file_of("wordpress-export", kExport);
  ASSERT_THAT(reading.items, SizeIs(6));
  EXPECT_EQ(reading.items[3].interaction.type, "pingback");
  EXPECT_EQ(read_file_of("wordpress-export", kWithoutVersion).items.back().interaction.type, "trackback");
}

TEST(WordPressExport, ReadsAsMuchOfAMalformedItemAsMakesSense) {
  const auto file = std::string(kExport.substr(0, kExport.find("<item>"))) +
                    "<item><wp:post_id>9</wp:post_id><title>Half & "
                    "half</title><content:encoded><p>a<b></content:encoded></item></channel>";
  const auto reading = read_file_of("wordpress-export", file);
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.items[0].interaction.summary, "Half & half");
  EXPECT_TRUE(reading.recovered);
}

std::size_t count_of(std::string_view bytes, std::string_view what) {
  std::size_t count = 0;
  for (auto at = bytes.find(what); at != std::string_view::npos; at = bytes.find(what, at + 1)) ++count;
  return count;
}

TEST(WordPressExport, OfRecordedOnesGivesEveryItemAndCommentThatIsCounted) {
  const auto folder = platforms_folder() / "wordpress";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the recorded payloads are not here";
  for (const auto* name :
       {"WordPress__theme-test-data/64-block-test-data.xml", "WordPress__theme-test-data/theme-preview.xml",
        "WordPress__theme-test-data/themeunittestdata.wordpress.xml", "isso-comments__isso/wordpress.xml"}) {
    const auto bytes = contents_of(folder / name);
    const auto reading = read_file_of("wordpress-export", bytes);
    EXPECT_EQ(fault_of(reading, bytes), "") << name;
    std::size_t inner = 0;
    for (const std::string type : {"nav_menu_item", "wp_navigation"})
      inner += count_of(bytes, "<wp:post_type>" + type + "<") +
               count_of(bytes, "<wp:post_type><![CDATA[" + type + "]");
    const auto in_a_comment = count_of(bytes, "The <item> node");
    EXPECT_EQ(reading.items.size(),
              count_of(bytes, "<item>") + count_of(bytes, "<wp:comment>") - inner - in_a_comment)
        << name;
    EXPECT_EQ(reading.others, inner) << name;
  }
}

}  // namespace
}  // namespace muniment::sources
