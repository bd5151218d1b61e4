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

TEST(MarkedPrivate, IsAPageOfGooglePlusThatDoesNotSayThatEverybodyMaySeeIt) {
  constexpr std::string_view kPage =
      "<html><a href=\"https://plus.google.com/+Ann\" class=\"author\">Ann</a><div "
      "class=\"main-content\">I live at 1 High Street</div><div class=\"visibility\">Shared with: ";
  EXPECT_EQ(marked_private(std::string(kPage) + "Friends</div>"), "a post for chosen people only");
  EXPECT_EQ(marked_private(std::string(kPage) + "Public</div>"), "");
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

// What each platform's messages look like, whole and cut off behind the words.
TEST(MarkedPrivate, IsAMessageOfAnyServiceThatHasNoReader) {
  constexpr std::string_view kDirect = "a direct message", kChat = "a message in a private chat";
  const std::pair<std::string_view, std::string_view> messages[] = {
      {kDirect,
       R"({"events":[{"type":"message_create","id":"1","message_create":{"sender_id":"2","message_data":{"text":"WORDS"}}}]})"},
      {kDirect,
       R"([{"sender_screen_name":"jo","recipient_screen_name":"town","text":"WORDS","entities":{}}])"},
      {kDirect, R"({"messages":[{"$type":"chat.bsky.convo.defs#messageView","id":"3k","text":"WORDS"}]})"},
      {kDirect,
       R"({"id":"3k","rev":"2","sender":{"did":"did:plc:x"},"sentAt":"2026-05-01T10:00:00Z","text":"WORDS"})"},
      {kDirect,
       R"({"object":"page","entry":[{"id":"7","messaging":[{"sender":{"id":"8"},"recipient":{"id":"7"},"timestamp":1,"message":{"mid":"1","text":"WORDS"}}]}]})"},
      {kDirect, R"({"data":[{"id":"m_1","from":{"id":"8"},"message":"WORDS"}]})"},
      {kDirect, R"({"data":[{"id":"t_1","participants":{"data":[]},"snippet":"WORDS"}]})"},
      {kDirect,
       R"({"participants":[{"name":"Jo"}],"messages":[{"sender_name":"Jo","timestamp_ms":1,"content":"WORDS"}]})"},
      {kChat,
       R"({"ok":true,"result":[{"message":{"message_id":1,"chat":{"id":1,"type":"private"},"text":"WORDS"}}]})"},
      {kChat,
       R"({"message":{"message_id":1,"chat":{"id":-1,"title":"Team","type":"supergroup"},"text":"WORDS"}})"},
      {kChat,
       R"({"entry":[{"changes":[{"value":{"messaging_product":"whatsapp","messages":[{"text":{"body":"WORDS"}}]}}]}]})"},
      {kChat,
       R"({"value":[{"messageType":"message","createdDateTime":"2026-05-01T10:00:00Z","body":{"content":"WORDS"}}]})"},
      {kChat,
       R"({"messages":[{"creator":{"name":"Jo"},"created_date":"Friday","message_id":"x/y","text":"WORDS"}]})"},
      {kChat, R"({"conversations":[{"messages":[{"sent_at":1,"type":"incoming","body":"WORDS"}]}]})"},
      {"a message of a closed workspace", R"([{"type":"message","user":"U1","ts":"1.2","text":"WORDS"}])"},
      {kChat, R"(<?xml version="1.0"?><smses count="1"><sms address="+44" type="1" body="WORDS"/></smses>)"}};
  for (const auto& [why, file] : messages) {
    EXPECT_EQ(marked_private(file), why) << file;
    const auto end = file.find("WORDS") + 5;
    EXPECT_EQ(marked_private(file.substr(0, end)), why) << "cut off: " << file.substr(0, end);
  }
}

TEST(MarkedPrivate, IsAMessageInATextOfJson) {
  EXPECT_EQ(
      marked_private(R"([{"code":200,"body":"{\"data\":[{\"id\":\"m_1\",\"message\":\"between us\"}]}"}])"),
      "a direct message");
  EXPECT_EQ(marked_private(R"([{"code":200,"body":"{\"data\":[{\"id\":\"m_1\",\"message\":\"betw)"),
            "a direct message");
}

// The fields of a message, but not in one object; and what a page's server is told of its public wall.
TEST(MarkedPrivate, IsNoObjectThatHasSomeOfTheFieldsOnly) {
  for (
      const auto* file :
      {R"({"object":"page","entry":[{"id":"7","time":1,"changes":[{"field":"feed","value":{"item":"comment","verb":"add","sender_name":"Jo","sender_id":8,"recipient_id":7,"message":"Why?","created_time":1}}]}]})",
       R"([{"type":"message","text":"Notice"},{"ts":"1.2"}])",
       R"({"sender":{"id":1},"log":[{"recipient":2,"timestamp":3}]})",
       R"({"channel_post":{"message_id":1,"chat":{"id":-1,"title":"Town","username":"town","type":"channel"},"text":"Roads"}})",
       R"({"id":"m_main","title":"Menu"})", R"({"lexicon":1,"id":"chat.bsky.convo.defs"})"})
    EXPECT_EQ(marked_private(file), "") << file;
}

TEST(MarkedPrivate, IsNothingThatAnybodyMaySee) {
  EXPECT_EQ(marked_private(""), "");
  EXPECT_EQ(marked_private(R"([{"visibility":"public","content":"the word \"direct\" here)"), "");
  EXPECT_EQ(marked_private("window.YTD.tweets.part0 = [ { \"tweet\" : {"), "");
  EXPECT_EQ(marked_private("<rss><channel><item><title>News: 01/05/2026"), "");
}

}  // namespace
}  // namespace muniment::sources
