#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::fault_of;
using support::read_file_of;
using testing::ElementsAre;
using testing::Pair;
using testing::SizeIs;

std::string page(std::string_view visibility, std::string_view after_words = {},
                 std::string_view after_post = {}) {
  return std::string(
             "<html><head><meta charset=\"utf-8\"><title>The quay &lt;br&gt; is...</title><style>.author "
             "{font-weight: 500;}.visibility {padding: 1em 0;}</style></head><body><div "
             "style=\"margin-bottom:1em;\"><div style=\"display:flex\"><img class=\"author-photo\" "
             "src=\"https://lh3.example/p.jpg\" alt=\"Wexcombe\"><a "
             "href=\"https://plus.google.com/+WexcombeTown\" target=\"_blank\" class=\"author\">Wexcombe "
             "Town</a> - <a target=\"_blank\" "
             "href=\"https://plus.google.com/+WexcombeTown/posts/Qu4yC10sed\">2014-06-30 "
             "14:04:00-0700</a><span> - Updated: 2014-07-01 08:06:58+0000</span></div><div "
             "class=\"main-content\">The quay is closed &amp; <b>wet</b>.<br>See <a rel=\"nofollow\" "
             "href=\"https://town.example/quay?a=1&amp;b=2\" class=\"ot-anchor\">the map</a><a "
             "href=\"https://www.google.com/maps/search/?api=1\" class=\"location\"><img "
             "src=\"https://www.gstatic.com/place.png\"><span>Old Quay<br>Address: 1 Quay "
             "Street</span></a></div>") +
         std::string(after_words) + "</div><div class=\"visibility\">" + std::string(visibility) + "</div>" +
         std::string(after_post) + "</body></html>";
}

constexpr std::string_view kActivity =
    "<div class=\"post-activity\"><div class=\"plus-oners\">+1'd by: <a "
    "href=\"https://plus.google.com/+Ann\">Ann</a>, <a "
    "href=\"https://plus.google.com/117\">Ben</a></div><div class=\"resharers\">Reshared by: <a "
    "href=\"https://plus.google.com/118\">Cem</a></div></div><div class=\"comments\"><div "
    "class=\"comment\"><a target=\"_blank\" href=\"https://plus.google.com/117\" "
    "class=\"author\">Ben</a><span class=\"time\"> - 2014-07-01 01:51:39+0000</span><div "
    "class=\"comment-content\">Until when?<br>We want to fish</div></div><div class=\"comment\"><a "
    "target=\"_blank\" href=\"https://plus.google.com/+Ann\" class=\"author\">Ann</a><span class=\"time\"> - "
    "2014-07-01 02:27:14+0000</span><div class=\"comment-content\">See <a "
    "href=\"https://tide.example/\">the tides</a></div></div></div>";

TEST(GooglePlusPage, SaysWhatTheTownPosted) {
  const auto file =
      page("Shared with: Public, <a href=\"https://plus.google.com/117\">Ben</a>", {}, kActivity);
  const auto reading = read_file_of("googleplus-page", file);
  EXPECT_EQ(fault_of(reading, file), "");
  ASSERT_THAT(reading.items, SizeIs(3));
  EXPECT_EQ(reading.items[0].why_private, "");
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.platform, "googleplus");
  EXPECT_EQ(post.id, "https://plus.google.com/+WexcombeTown/posts/Qu4yC10sed");
  EXPECT_EQ(post.url, post.id);
  EXPECT_EQ(post.author.name, "Wexcombe Town");
  EXPECT_EQ(post.author.id, "https://plus.google.com/+WexcombeTown");
  EXPECT_EQ(post.posted, "2014-06-30T21:04:00.000Z");
  EXPECT_EQ(post.edited, "2014-07-01T08:06:58.000Z");
  EXPECT_EQ(post.text, "The quay is closed & wet.\nSee the map\nOld Quay\nAddress: 1 Quay Street");
  EXPECT_THAT(post.links, ElementsAre("https://town.example/quay?a=1&b=2"));
  EXPECT_EQ(post.visibility, "public");
  EXPECT_THAT(post.counts, ElementsAre(Pair("likes", 2U), Pair("reposts", 1U)));
}

TEST(GooglePlusPage, IsRefusedWhereAnAddressIsNotUtf8) {
  const auto reading =
      read_file_of("googleplus-page", page("Shared with: Public",
                                           "<div><a class=\"reshare-attribution\" "
                                           "href=\"https://plus.google.com/1/posts/\xff\">Ann</a></div>"));
  EXPECT_THAT(reading.items, SizeIs(0));
  EXPECT_THAT(reading.remarks, testing::Contains(testing::HasSubstr("not UTF-8")));
}

TEST(GooglePlusPage, NamesAPictureOnceHoweverItsLinksAreNested) {
  std::string links;
  for (int i = 0; i < 5; ++i) links += "<a class=\"media-link\" href=\"a.jpg\">";
  const auto reading = read_file_of(
      "googleplus-page", page("Shared with: Public", links + "<img class=\"media\" src=\"a.jpg\">"));
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_THAT(reading.items[0].interaction.media, SizeIs(1));
}

TEST(GooglePlusPage, GivesEachCommentWithItsAuthorItsTimeAndItsOwnBytes) {
  const auto file = page("Shared with: Public", {}, kActivity);
  const auto reading = read_file_of("googleplus-page", file);
  ASSERT_THAT(reading.items, SizeIs(3));
  const auto& comment = reading.items[1].interaction;
  EXPECT_EQ(comment.type, "comment");
  EXPECT_EQ(comment.text, "Until when?\nWe want to fish");
  EXPECT_EQ(comment.author.name, "Ben");
  EXPECT_EQ(comment.author.id, "users/117");
  EXPECT_EQ(comment.posted, "2014-07-01T01:51:39.000Z");
  EXPECT_EQ(comment.reply_to, reading.items[0].interaction.id);
  EXPECT_TRUE(reading.items[1].has_made_name);
  EXPECT_NE(comment.id, reading.items[2].interaction.id);
  EXPECT_THAT(reading.items[2].interaction.links, ElementsAre("https://tide.example/"));
  const auto bytes = file.substr(reading.items[1].offset, reading.items[1].length);
  EXPECT_TRUE(bytes.starts_with("<div class=\"comment\">") && bytes.ends_with("fish</div></div>")) << bytes;
}

TEST(GooglePlusPage, IsPrivateWithItsCommentsUnlessItWasSharedWithEverybody) {
  struct {
    std::string_view says;
    std::string_view visibility;
  } const closed[] = {
      {"Shared with: Your circles", "circles"},
      {"Shared with: Public relations, <a href=\"https://plus.google.com/117\">Ben</a>", "circles"},
      {"Shared with: <a href=\"https://plus.google.com/117\">Public</a>", "circles"},
      {"Shared to the community <a href=\"https://plus.google.com/communities/9\">Fishers - Public</a>",
       "community"},
      {"Shared to the collection <a href=\"https://plus.google.com/collection/x\">Public</a>", "collection"},
      {"Shared with: <a href=\"https://plus.google.com/events/x\">Regatta</a>", "event"},
      {"", "circles"},
  };
  for (const auto& [says, visibility] : closed) {
    const auto reading = read_file_of("googleplus-page", page(says, {}, kActivity));
    ASSERT_THAT(reading.items, SizeIs(3)) << says;
    for (const auto& item : reading.items) {
      EXPECT_EQ(item.why_private, "not shared with everybody") << says;
      EXPECT_EQ(item.interaction.visibility, visibility) << says;
    }
  }
  auto silent = page("Public");
  silent.replace(silent.find("class=\"visibility\""), 18, "class=\"other\"");
  EXPECT_EQ(read_file_of("googleplus-page", silent).items[0].why_private, "not shared with everybody");
}

TEST(GooglePlusPage, NamesItsPicturesFilmsAndTheLinkThatItShows) {
  const auto reading = read_file_of(
      "googleplus-page",
      page("Shared with: Public",
           "<a href=\"../Photos/old%20quay.jpg\" class=\"media-link\"><img src=\"../Photos/old%20quay.jpg\" "
           "alt=\"The quay &quot;today&quot;\" class=\"media\"><p>The quay</p></a><a "
           "href=\"https://lh5.example/b.png\" class=\"media-link\"><img src=\"https://lh5.example/b.png\" "
           "alt=\"Image\" class=\"media\"></a><a href=\"https://video.example/1\" class=\"media-link\"><div "
           "class=\"video-placeholder\"></div></a><a href=\"https://news.example/quay\" "
           "class=\"link-embed\"><h3>Quay &amp; ferry</h3><img src=\"https://news.example/x.gif\"></a>"));
  ASSERT_THAT(reading.items, SizeIs(1));
  const auto& post = reading.items[0].interaction;
  ASSERT_THAT(post.media, SizeIs(3));
  EXPECT_EQ(post.media[0].url, "Photos/old quay.jpg");
  EXPECT_EQ(post.media[1].url, "https://lh5.example/b.png");
  EXPECT_EQ(post.media[0].alt, "The quay \"today\"");
  EXPECT_EQ(post.media[1].alt, "");
  EXPECT_EQ(post.media[2].url, "https://video.example/1");
  EXPECT_EQ(post.media[2].type, "video");
  EXPECT_EQ(post.links.back(), "https://news.example/quay");
  EXPECT_EQ(post.summary, "Quay & ferry");
}

TEST(GooglePlusPage, ThatSharesAnotherSaysWhoseWordsFollow) {
  const auto reading = read_file_of(
      "googleplus-page",
      page("Shared with: Public",
           "<div><a target=\"_blank\" href=\"https://plus.google.com/+Ferry/posts/Ab5\" "
           "class=\"reshare-attribution\">Originally shared by Ferry</a><b>No ferry</b><br>on Sunday<a "
           "href=\"https://lh5.example/b.png\" class=\"media-link\"><img src=\"https://lh5.example/b.png\" "
           "class=\"media\"></a></div>"));
  ASSERT_THAT(reading.items, SizeIs(1));
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.quote_of, "https://plus.google.com/+Ferry/posts/Ab5");
  EXPECT_TRUE(post.text.ends_with("\nOriginally shared by Ferry\nNo ferry\non Sunday")) << post.text;
}

TEST(GooglePlusPage, WithoutItsAddressIsNotRead) {
  auto nameless = page("Shared with: Public");
  const auto at = nameless.find("/posts/");
  nameless.replace(at, 7, "/stops/");
  EXPECT_THAT(read_file_of("googleplus-page", nameless).remarks,
              ElementsAre("ERROR: nothing identifies a post of Google+"));
}

TEST(GooglePlusPage, OfACommentThatBreaksOffKeepsWhatIsThere) {
  const auto whole = page("Shared with: Public", {}, kActivity);
  const auto cut = whole.substr(0, whole.find("We want"));
  const auto reading = read_file_of("googleplus-page", cut);
  EXPECT_EQ(fault_of(reading, cut), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[1].interaction.text, "Until when?");
}

}  // namespace
}  // namespace muniment::sources
