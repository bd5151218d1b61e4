#include "sources/wordpress_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr std::string_view kPost = R"({"id":9,"date":"2026-05-03T12:30:00","date_gmt":"2026-05-03T10:30:00",
  "guid":{"rendered":"https:\/\/town.example\/news\/?p=9"},"modified":"2026-05-04T12:30:00","modified_gmt":"2026-05-04T10:30:00",
  "slug":"roads","status":"publish","type":"post","link":"https:\/\/town.example\/news\/2026\/05\/roads\/",
  "title":{"rendered":"Roads &#038; bridges"},"content":{"rendered":"<p>Closed from <a href=\"https:\/\/maps.example\/1\">here<\/a>.<\/p>\n<ul><li>A1<\/li><li>A2<\/li><\/ul>\n","protected":false},
  "author":2,"featured_media":0,"categories":[3],"tags":[7],
  "_links":{"self":[{"href":"https:\/\/town.example\/news\/wp-json\/wp\/v2\/posts\/9"}]},
  "_embedded":{"author":[{"id":2,"name":"Amina D.","link":"https:\/\/town.example\/news\/author\/amina\/","slug":"amina"}],
               "wp:term":[[{"id":3,"name":"Roads &amp; paths","taxonomy":"category"}],[{"id":7,"name":"bridge","taxonomy":"post_tag"}]]}})";
constexpr std::string_view kComment =
    R"({"id":12,"post":9,"parent":11,"author":0,"author_name":"O&#8217;Brien","author_url":"https:\/\/ob.example",
  "date":"2026-05-05T01:02:03","date_gmt":"2026-05-04T23:02:03","content":{"rendered":"<p>For how long?<\/p>\n"},
  "link":"https:\/\/town.example\/news\/2026\/05\/roads\/comment-page-1\/#comment-12","status":"approved","type":"comment","meta":[],
  "_links":{"self":[{"href":"https:\/\/town.example\/news\/wp-json\/wp\/v2\/comments\/12"}],
            "up":[{"embeddable":true,"post_type":"page","href":"https:\/\/town.example\/news\/wp-json\/wp\/v2\/pages\/9"}]}})";

records::Interaction only(std::string_view page, std::string_view origin = "") {
  const auto reading = read_wordpress(page, origin);
  if (!reading || reading->items.size() != 1) return {};
  return reading->items[0].interaction;
}

std::string with(std::string_view object, std::string_view field, std::string_view value) {
  return std::string(object.substr(0, object.rfind('}'))) + ",\"" + std::string(field) +
         "\":" + std::string(value) + "}";
}

TEST(WordPressPage, ReadsEverythingThatARecordNeedsFromAPost) {
  const auto post = only("[" + std::string(kPost) + "]");
  EXPECT_EQ(post.platform, "wordpress");
  EXPECT_EQ(post.id, "town.example/news/post/9");
  EXPECT_EQ(post.type, "post");
  EXPECT_EQ(post.url, "https://town.example/news/2026/05/roads/");
  EXPECT_EQ(post.posted, "2026-05-03T10:30:00.000Z");
  EXPECT_EQ(post.edited, "2026-05-04T10:30:00.000Z");
  EXPECT_EQ(post.summary, "Roads & bridges");
  EXPECT_EQ(post.text, "Closed from here.\n\nA1\nA2");
  EXPECT_EQ(post.visibility, "publish");
  EXPECT_EQ(post.author.id, "town.example/news/user/2");
  EXPECT_EQ(post.author.name, "Amina D.");
  EXPECT_EQ(post.author.handle, "amina");
  EXPECT_THAT(post.tags, ElementsAre("Roads & paths", "bridge"));
  EXPECT_THAT(post.links, ElementsAre("https://maps.example/1"));
}

TEST(WordPressPage, ReadsACommentWithItsParentAndItsThread) {
  const auto comment = only("[" + std::string(kComment) + "]");
  EXPECT_EQ(comment.id, "town.example/news/comment/12");
  EXPECT_EQ(comment.type, "comment");
  EXPECT_EQ(comment.reply_to, "town.example/news/comment/11");
  EXPECT_EQ(comment.thread, "town.example/news/page/9");
  EXPECT_EQ(comment.posted, "2026-05-04T23:02:03.000Z");
  EXPECT_EQ(comment.edited, "");
  EXPECT_EQ(comment.author.name, "O\u2019Brien");
  EXPECT_EQ(comment.author.id, "");
  EXPECT_EQ(comment.author.url, "https://ob.example");
  EXPECT_EQ(comment.text, "For how long?");
  EXPECT_EQ(only(with(kComment, "parent", "0")).reply_to, "");
}

TEST(WordPressPage, SlicesEachItemOutOfThePage) {
  const auto page = "[" + std::string(kPost) + " ,\n" + std::string(kComment) + "]";
  const auto reading = read_wordpress(page, "");
  ASSERT_TRUE(reading);
  ASSERT_THAT(reading->items, SizeIs(2));
  EXPECT_EQ(page.substr(reading->items[0].offset, reading->items[0].length), kPost);
  EXPECT_EQ(page.substr(reading->items[1].offset, reading->items[1].length), kComment);
}

TEST(WordPressPage, TakesDatesThatWereNeverSetForNotGiven) {
  EXPECT_EQ(only(with(kPost, "date_gmt", "\"0000-00-00T00:00:00\"")).posted, "");
  EXPECT_EQ(only(with(kPost, "date_gmt", "\"0000-00-00 00:00:00\"")).posted, "");
  EXPECT_EQ(only(with(kPost, "date_gmt", "null")).posted, "");
  EXPECT_EQ(only(with(kPost, "modified_gmt", "\"2026-05-03T10:30:00\"")).edited, "");
  EXPECT_EQ(only(with(kPost, "modified_gmt", "\"0000-00-00 00:00:00\"")).edited, "");
}

TEST(WordPressPage, FindsTheSiteFromWhicheverAddressItHas) {
  const auto plain =
      R"({"id":3,"post":9,"parent":0,"author_name":"A","date_gmt":"2026-05-04T23:02:03","content":{"rendered":"x"},"link":"https://town.example/2026/05/roads/#comment-3"})";
  EXPECT_EQ(only(plain).id, "town.example/comment/3");
  EXPECT_EQ(only(plain, "https://town.example/news/wp-json/wp/v2/comments?page=2").id,
            "town.example/news/comment/3");
  EXPECT_EQ(only(with(kPost, "_links", "{}")).id, "town.example/news/post/9");
  EXPECT_EQ(only(with(kPost, "_links",
                      R"({"self":[{"href":"http://127.0.0.1:81/index.php?rest_route=/wp/v2/pages/9"}]})"))
                .id,
            "127.0.0.1:81/page/9");
  const auto nameless = R"([{"id":3,"post":9,"parent":0,"author_name":"A","content":{"rendered":"x"}}])";
  EXPECT_FALSE(read_wordpress(nameless, ""));
  EXPECT_EQ(only(nameless, "https://town.example/").id, "town.example/comment/3");
}

std::string privacy_of(const std::string& object) {
  const auto reading = read_wordpress(object, "https://town.example/");
  return reading && reading->items.size() == 1 ? std::string(reading->items[0].why_private) : "not one item";
}

TEST(WordPressPage, TakesForPrivateWhatTheExportFileDoes) {
  for (const auto* status : {"publish", "inherit"})
    EXPECT_EQ(privacy_of(with(kPost, "status", '"' + std::string(status) + '"')), "") << status;
  for (const auto* status : {"private", "draft", "pending", "future", "trash", "auto-draft"})
    EXPECT_EQ(privacy_of(with(kPost, "status", '"' + std::string(status) + '"')),
              "a post that is not published")
        << status;
  EXPECT_EQ(privacy_of(std::string(kComment)), "");
  for (const auto* status : {"hold", "spam", "trash"})
    EXPECT_EQ(privacy_of(with(kComment, "status", '"' + std::string(status) + '"')),
              "a comment that is not published")
        << status;
}

TEST(WordPressPage, TakesAPostUnderAPasswordForPrivateWhereItsWordsAreThere) {
  constexpr auto* kWhy = "a post under a password";
  EXPECT_EQ(privacy_of(with(kPost, "content", R"({"rendered":"<p>Closed</p>","protected":true})")), kWhy);
  EXPECT_EQ(privacy_of(with(kPost, "content", R"({"rendered":"","raw":"Closed","protected":true})")), kWhy);
  EXPECT_EQ(privacy_of(with(kPost, "excerpt", R"({"rendered":"<p>Closed</p>","protected":true})")), kWhy);
  EXPECT_EQ(privacy_of(with(kPost, "password", R"("sesame")")), kWhy);
  EXPECT_EQ(privacy_of(with(kPost, "password", R"("")")), "");
  EXPECT_EQ(privacy_of(with(kPost, "content", R"({"rendered":"","protected":true})")), "")
      << "everybody is shown its title";
}

TEST(WordPressPage, TakesForPrivateWhatWordPressComDoesNotPublish) {
  constexpr std::string_view kComPost =
      R"({"ID":9,"site_ID":7,"title":"Roads","content":"<p>Closed</p>","date":"2026-05-03T12:30:00+02:00","type":"post","status":"publish","password":""})";
  constexpr std::string_view kComComment =
      R"({"ID":12,"content":"<p>Why?</p>","post":{"ID":9,"type":"post"},"date":"2026-05-03T12:30:00+02:00","status":"approved","type":"comment"})";
  EXPECT_EQ(privacy_of(std::string(kComPost)), "");
  EXPECT_EQ(privacy_of(with(kComPost, "status", R"("draft")")), "a post that is not published");
  EXPECT_EQ(privacy_of(with(kComPost, "password", R"("sesame")")), "a post under a password");
  EXPECT_EQ(privacy_of(std::string(kComComment)), "");
  EXPECT_EQ(privacy_of(with(kComComment, "status", R"("unapproved")")), "a comment that is not published");
}

TEST(WordPressPage, ReadsTheOlderInterfaceOfWordPressCom) {
  const auto reading = read_wordpress(
      R"({"found":2,"site_ID":5,"comments":[{"ID":12,"post":{"ID":9,"type":"page"},"author":{"ID":8,"login":"jo","name":"Jo","URL":""},
      "date":"2026-08-04T07:58:49+02:00","URL":"https://t.example/#comment-12","content":"<p>Hello</p>","status":"approved","parent":{"ID":4,"type":"comment"},"type":"comment","like_count":2},
      {"ID":13,"post":{"ID":9},"content":"x","parent":false,"type":"comment","author":{}}]})",
      "");
  ASSERT_TRUE(reading) << reading.error().what;
  ASSERT_THAT(reading->items, SizeIs(2));
  const auto& comment = reading->items[0].interaction;
  EXPECT_EQ(comment.id, "wordpress.com/5/comment/12");
  EXPECT_EQ(comment.reply_to, "wordpress.com/5/comment/4");
  EXPECT_EQ(comment.thread, "wordpress.com/5/page/9");
  EXPECT_EQ(comment.posted, "2026-08-04T05:58:49.000Z");
  EXPECT_EQ(comment.author.id, "wordpress.com/user/8");
  EXPECT_EQ(reading->items[1].interaction.reply_to, "");
}

// {"found", "comments"} as public-api.wordpress.com/rest/v1.1/sites/N/comments answers: the site is named in
// each comment's links only.
TEST(WordPressPage, KnowsASavedPageOfCommentsOfWordPressCom) {
  constexpr std::string_view kPage =
      R"({"found":1,"comments":[{"ID":12,"post":{"ID":9,"title":"Quay","type":"post","link":"https://public-api.wordpress.com/rest/v1.1/sites/5/posts/9"},"author":{"ID":8,"login":"ann","email":false,"name":"Ann","first_name":"","nice_name":"ann","URL":"https://ann.example"},
      "date":"2026-08-04T07:58:49+02:00","URL":"https://wexcombe.example/#comment-12","short_URL":"https://wp.me/x","content":"<p>When?</p>\n","raw_content":"When?","status":"approved","parent":false,"type":"comment","like_count":0,"i_like":false,
      "meta":{"links":{"self":"https://public-api.wordpress.com/rest/v1.1/sites/5/comments/12","site":"https://public-api.wordpress.com/rest/v1.1/sites/5"}}}]})";
  const auto comment = support::only_item("wordpress", kPage);
  EXPECT_EQ(comment.id, "wordpress.com/5/comment/12");
  EXPECT_EQ(comment.thread, "wordpress.com/5/post/9");
  EXPECT_EQ(comment.text, "When?");
  EXPECT_EQ(comment.author.name, "Ann");
  EXPECT_EQ(comment.posted, "2026-08-04T05:58:49.000Z");
}

TEST(WordPressPage, GivesTheCodeOfAnError) {
  const auto reading =
      read_wordpress(R"({"code":"rest_cannot_read","message":"Sorry.","data":{"status":401}})", "");
  ASSERT_FALSE(reading);
  EXPECT_EQ(reading.error().code, Code::kInvalid);
  EXPECT_THAT(reading.error().what, HasSubstr("rest_cannot_read"));
  for (const auto page : {"{}", "7", "[1]", R"({"namespaces":["wp/v2"],"routes":{}})"})
    EXPECT_FALSE(read_wordpress(page, "")) << page;
  const auto none = read_wordpress("[]", "");
  ASSERT_TRUE(none);
  EXPECT_THAT(none->items, SizeIs(0));
}

TEST(WordPressPage, SurvivesAnyFieldOfAnyType) {
  const std::string_view wrong[] = {"null",
                                    "7",
                                    "-1.5",
                                    "\"x\"",
                                    "[]",
                                    "{}",
                                    "[null,7,\"x\",[],{}]",
                                    "true",
                                    R"({"rendered":7,"self":7,"up":[7],"author":{"x":1},"wp:term":[7,[8]]})"};
  const std::string_view fields[] = {
      "id",      "post", "parent", "author", "author_name", "author_url", "date", "date_gmt", "modified_gmt",
      "content", "link", "status", "type",   "_links",      "_embedded",  "guid", "title",    "source_url"};
  for (const auto object : {kPost, kComment})
    for (const auto field : fields)
      for (const auto value : wrong) {
        const auto page = "[" + with(object, field, value) + "," + std::string(kComment) + "]";
        const auto reading = read_wordpress(page, "https://town.example/news/wp-json/");
        ASSERT_TRUE(reading) << field << " as " << value;
        EXPECT_GE(reading->items.size(), 1U);
        for (const auto& item : reading->items) EXPECT_FALSE(item.interaction.id.empty());
      }
}

}  // namespace
}  // namespace muniment::sources
