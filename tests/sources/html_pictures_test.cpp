#include "sources/html_pictures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/html_text.hpp"
#include "sources/saved.hpp"

namespace muniment::sources {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "type url: alt"
std::vector<std::string> shown(std::string_view html,
                               std::string_view base = "https://a.example/2026/post/") {
  std::vector<records::Media> media;
  add_pictures(html, base, media);
  std::vector<std::string> out;
  for (const auto& one : media) out.push_back(one.type + " " + one.url + ": " + one.alt);
  return out;
}

TEST(HtmlPictures, AreThoseInReadingOrderWithTheirWords) {
  EXPECT_THAT(
      shown(R"(<p>The quay</p><figure><img src="https://b.example/1.jpg" alt="Mud &amp; weed"></figure>
                       <IMG SRC='/2.png'><video src="3.mp4"></video>
                       <audio controls><source src="//c.example/4.ogg"></audio>)"),
      ElementsAre("image https://b.example/1.jpg: Mud & weed", "image https://a.example/2.png: ",
                  "video https://a.example/2026/post/3.mp4: ", "audio https://c.example/4.ogg: "));
}

TEST(HtmlPictures, LeaveOutAdornmentsAndWhatHasNoAddress) {
  EXPECT_THAT(shown(R"(<img class="emoji" src="https://s.example/1.svg" alt="smile">
                       <img class="wp-smiley" src="https://s.example/2.gif">
                       <img class="Avatar-24" src="https://s.example/3.jpg">
                       <img src="https://t.example/pixel" width="1" height="1">
                       <img src="data:image/png;base64,AAAA"><img src="cid:1"><img alt="no source">
                       <source src="https://s.example/alone.webp">)"),
              IsEmpty());
}

TEST(HtmlPictures, AreTakenOnce) {
  std::vector<records::Media> media = {{"https://a.example/1.jpg", "image/jpeg", "told by the platform"}};
  add_pictures(
      "<img src='https://a.example/1.jpg'><img src='https://a.example/2.jpg'>"
      "<img src='https://a.example/2.jpg'>",
      "", media);
  ASSERT_EQ(media.size(), 2U);
  EXPECT_EQ(media[0].alt, "told by the platform");
}

TEST(HtmlPictures, AreBounded) {
  std::string many, deep;
  for (std::size_t i = 0; i < kMostPictures + 50; ++i)
    many += "<img src='https://a.example/" + std::to_string(i) + "'>";
  EXPECT_EQ(shown(many).size(), kMostPictures);
  for (std::size_t i = 0; i <= kTagsForTree; ++i) deep += "<div>";
  EXPECT_THAT(shown(deep + "<img src='https://a.example/1'>"), IsEmpty());
  EXPECT_THAT(shown("caf\xe9 <img src='https://a.example/1.jpg' alt='caf\xe9'"), IsEmpty())
      << "cut in the middle";
}

// The files of the one item in a saved page.
std::vector<std::string> files_of(const std::string& page) {
  const auto format = detect(page);
  EXPECT_TRUE(format) << format.error().what;
  const auto reading = read_saved(*format, page, {"https://a.example/", {}, {}});
  EXPECT_TRUE(reading) << reading.error().what;
  EXPECT_EQ(reading->items.size(), 1U);
  std::vector<std::string> out;
  for (const auto& one : reading->items.at(0).interaction.media) out.push_back(one.url + ": " + one.alt);
  return out;
}

TEST(HtmlPictures, InTheWordsOfAPostAreAmongItsFiles) {
  EXPECT_THAT(
      files_of(
          R"([{"id":9,"date_gmt":"2026-03-01T09:00:00","type":"post","link":"https://a.example/news/9/",)"
          R"("guid":{"rendered":"https://a.example/?p=9"},"title":{"rendered":"Pier"},)"
          R"("content":{"rendered":"<p>Mud<img src=\"/up/1.jpg\" alt=\"weed\"></p>"},)"
          R"("_links":{"self":[{"href":"https://a.example/wp-json/wp/v2/posts/9"}]}}])"),
      ElementsAre("https://a.example/up/1.jpg: weed"));
  EXPECT_THAT(
      files_of("<rss version='2.0'><channel><title>T</title><item><guid>https://a.example/9</guid>"
               "<link>https://a.example/9</link><enclosure url='https://a.example/2.mp3' type='audio/mpeg'/>"
               "<description>&lt;img src='1.jpg' alt='weed'&gt;Mud</description></item></channel></rss>"),
      ElementsAre("https://a.example/2.mp3: ", "https://a.example/1.jpg: weed"));
  EXPECT_THAT(files_of(R"({"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"9",)"
                       R"("url":"https://a.example/n/9","content_html":"Mud<img src=\"1.jpg\">"}]})"),
              ElementsAre("https://a.example/n/1.jpg: "));
  EXPECT_THAT(files_of(R"({"latest_posts":[{"id":7,"username":"ann","topic_id":3,"post_number":2,)"
                       R"("created_at":"2026-03-01T09:00:00.000Z","topic_slug":"slip","cooked":)"
                       R"("<img class=\"emoji\" src=\"/e.png\"><img src=\"/up/1.jpg\" alt=\"weed\">"}]})"),
              ElementsAre("https://a.example/up/1.jpg: weed"));
}

}  // namespace
}  // namespace muniment::sources
