#include "sources/private_marks.hpp"

#include <gtest/gtest.h>

#include <string>

namespace muniment::sources {
namespace {

TEST(MarkedPrivate, IsWhatThePlatformsWriteBesidePrivateItems) {
  EXPECT_EQ(marked_private(R"([{"visibility" : "direct", "content": "<p>you)"), "a direct message");
  EXPECT_EQ(marked_private("{\"type\": \n \"personal_chat\", \"messages\": ["),
            "a message in a private chat");
  EXPECT_EQ(marked_private(R"({"kind":"t4","data":{"body":"hello)"), "a direct message");
  EXPECT_EQ(marked_private("window.YTD.twitter_circle_tweet.part0 = [ {"), "a personal part of an export");
  EXPECT_EQ(marked_private("From: a@b.example\r\nTo: c@d.example\r\nDate: Mon, 2 Mar 2026\r\n\r\nhello"),
            "an e-mail");
}

TEST(MarkedPrivate, IsAChatInWhateverDigitsItsDatesAre) {
  EXPECT_EQ(marked_private("01/05/2026, 10:00 - Jo: hello\n01/05/2026, 10:01 - Al: yes\n"),
            "a message in a private chat");
  EXPECT_EQ(marked_private("\u200F[\u0660\u0661/\u0660\u0665/\u0662\u0660\u0662\u0666, "
                           "\u0661\u0660:\u0660\u0660] Jo: hello"),
            "a message in a private chat");
}

TEST(MarkedPrivate, IsAnActivityThatIsNotForEverybody) {
  EXPECT_EQ(
      marked_private(R"({"@context":"https://www.w3.org/ns/activitystreams","to":["https://a.example/jo"])"),
      "a post for chosen people only");
  EXPECT_EQ(marked_private(R"({"@context":"https://www.w3.org/ns/activitystreams",
 "to":["https://www.w3.org/ns/activitystreams#Public"],"content":"x)"),
            "");
}

TEST(MarkedPrivate, IsSeenInUtf16) {
  const std::string narrow = R"([{"visibility":"direct","content":"between us"}])";
  std::string wide = "\xFF\xFE";
  for (const char c : narrow) wide.append(1, c).append(1, '\0');
  EXPECT_EQ(marked_private(wide), "a direct message");
}

TEST(MarkedPrivate, IsNothingThatAnybodyMaySee) {
  EXPECT_EQ(marked_private(""), "");
  EXPECT_EQ(marked_private(R"([{"visibility":"public","content":"the word \"direct\" here)"), "");
  EXPECT_EQ(marked_private("window.YTD.tweets.part0 = [ { \"tweet\" : {"), "");
  EXPECT_EQ(marked_private("<rss><channel><item><title>News: 01/05/2026"), "");
}

}  // namespace
}  // namespace muniment::sources
