// Telegram, WhatsApp and LinkedIn: what people said to one another, and what they said to everybody.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/withhold.hpp"
#include "support/saved_files.hpp"

namespace muniment::sources {
namespace {

using support::contents_of;
using support::fault_of;
using support::only_item;
using support::platforms_folder;
using support::read_file_of;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr std::string_view kChannel = R"({"name":"Town \u2605","type":"public_channel","id":1001,"messages":[
  {"id":1,"type":"service","date":"2026-05-01T10:00:00","actor":"Town","action":"create_channel","text":""},
  {"id":2,"type":"message","date":"2026-05-01T12:00:00","date_unixtime":"1777629600","edited":"2026-05-01T13:00:00","edited_unixtime":"1777633200","from":"Town","from_id":"channel1001",
   "text":["Roads: ",{"type":"link","text":"https://town.example/"}," ",{"type":"hashtag","text":"#roads"}," ",{"type":"mention","text":"@jo"},{"type":"text_link","text":"map","href":"https://maps.example/"}],
   "reactions":[{"type":"emoji","count":3,"emoji":"x"},{"type":"emoji","count":2,"emoji":"y"}]},
  {"id":3,"type":"message","date":"2026-05-01T12:00:00","from":"Jo","from_id":4711,"reply_to_message_id":2,"text":"plain","photo":"photos/1.jpg"}]})";

TEST(Telegram, ReadsTextsInPiecesAndTimesFromTheNumber) {
  const auto reading = read_file_of("telegram", kChannel);
  EXPECT_EQ(fault_of(reading, kChannel), "");
  ASSERT_THAT(reading.items, SizeIs(2));
  const auto& post = reading.items[0].interaction;
  EXPECT_EQ(post.id, "chat/1001/2");
  EXPECT_EQ(post.text, "Roads: https://town.example/ #roads @jomap");
  EXPECT_EQ(post.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(post.edited, "2026-05-01T11:00:00.000Z");
  EXPECT_THAT(post.links, ElementsAre("https://town.example/", "https://maps.example/"));
  EXPECT_THAT(post.tags, ElementsAre("roads"));
  EXPECT_THAT(post.mentions, ElementsAre("jo"));
  EXPECT_THAT(post.counts, ElementsAre(testing::Pair("likes", 5U)));
  EXPECT_EQ(post.summary, "Town \u2605");
  EXPECT_EQ(post.author.id, "channel1001");
  EXPECT_EQ(reading.items[0].why_private, "");
  const auto& answer = reading.items[1].interaction;
  EXPECT_EQ(answer.author.id, "4711");
  EXPECT_EQ(answer.reply_to, "chat/1001/2");
  EXPECT_EQ(answer.posted, "2026-05-01T12:00:00.000Z");
  EXPECT_THAT(reading.remarks,
              Contains("message 3 of the chat Town \u2605: its date has no zone and was taken for UTC"));
}

TEST(Telegram, NamesWhoseWordsArePassedOn) {
  const auto reading = read_file_of("telegram",
                                    R"({"name":"Town","type":"public_channel","id":1001,"messages":[
    {"id":9,"type":"message","date":"2026-05-01T12:00:00","date_unixtime":"1777629600","from":"Town","from_id":"channel1001","forwarded_from":"Quay Users","forwarded_from_id":"channel77","text":"Mind the quay."},
    {"id":10,"type":"message","date_unixtime":"1777629600","from":"Town","from_id":"channel1001","text":"Ours."}]})");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[0].interaction.type, "repost");
  EXPECT_EQ(reading.items[0].interaction.author.name, "Town");
  EXPECT_EQ(reading.items[0].interaction.repost_author.name, "Quay Users");
  EXPECT_EQ(reading.items[0].interaction.repost_author.id, "channel77");
  EXPECT_EQ(reading.items[1].interaction.type, "post");
  EXPECT_EQ(reading.items[1].interaction.repost_author.name, "");
}

TEST(Telegram, NamesTheChatInWhichTheAnsweredMessageStands) {
  const auto reading = read_file_of("telegram",
                                    R"({"name":"Town","type":"public_supergroup","id":1001,"messages":[
    {"id":9,"type":"message","date":"2026-05-01T12:00:00","date_unixtime":"1777629600","from":"Jo","from_id":"user5","reply_to_message_id":3,"reply_to_peer_id":"channel77","text":"As they say there."}]})");
  EXPECT_EQ(reading.items.at(0).interaction.reply_to, "chat/77/3");
}

TEST(Telegram, ReadsAPollWhoseWordsComeInPieces) {
  const auto reading = read_file_of("telegram",
                                    R"({"name":"Town","type":"public_channel","id":1001,"messages":[
    {"id":9,"type":"message","date":"2026-05-01T12:00:00","date_unixtime":"1777629600","from":"Town","from_id":"channel1001","text":"","poll":{"question":["Ferry at ",{"type":"bold","text":"nine"},"?"],
     "closed":false,"answers":[{"text":"Yes","voters":1},{"text":["No ",{"type":"custom_emoji","text":"x"}],"voters":2}]}}]})");
  EXPECT_EQ(reading.items.at(0).interaction.text, "Ferry at nine?\n- Yes\n- No x");
}

TEST(Telegram, SaysWhereAChatWasEmptied) {
  const auto reading = read_file_of("telegram",
                                    R"({"name":"Town","type":"public_channel","id":1001,"messages":[
    {"id":8,"type":"service","date":"2026-05-01T12:00:00","action":"clear_history","text":""},
    {"id":9,"type":"message","date":"2026-05-01T12:00:00","date_unixtime":"1777629600","from":"Town","text":"new"}]})");
  EXPECT_THAT(reading.items, SizeIs(1));
  EXPECT_THAT(reading.remarks, Contains(HasSubstr("message 8 of the chat Town: here the chat was emptied")));
}

TEST(Telegram, NamesTheFirstMessagesOfManyThatHaveTheSameFault) {
  std::string chat = R"({"name":"Town","type":"public_channel","id":1001,"messages":[)";
  for (int i = 1; i <= 30; ++i)
    chat += (i > 1 ? "," : "") + std::string(R"({"id":)") + std::to_string(i) +
            R"(,"type":"message","date":"2026-05-01T12:00:00","from":"Town","text":"x"})";
  const auto reading = read_file_of("telegram", chat + "]}");
  ASSERT_THAT(reading.remarks, SizeIs(21));
  EXPECT_THAT(reading.remarks[19], HasSubstr("message 20 of the chat Town"));
  EXPECT_THAT(reading.remarks[20], HasSubstr("10 more"));
}

TEST(Telegram, IsNotReadWhenTheNameOfTheChatIsNotUtf8) {
  auto broken = std::string(kChannel);
  broken.replace(broken.find("Town"), 1, "\xff");
  const auto reading = read_file_of("telegram", broken);
  EXPECT_THAT(reading.items, SizeIs(0));
  EXPECT_THAT(reading.remarks, Contains(HasSubstr("not UTF-8")));
}

TEST(Telegram, TakesChatsThatAreNotPublicForPrivate) {
  const auto reading = read_file_of(
      "telegram",
      R"({"about":"x","chats":{"about":"y","list":[{"name":"Jo","type":"personal_chat","id":7,"messages":[{"id":1,"type":"message","date":"2026-05-01T12:00:00","date_unixtime":"1777629600","from":"Jo","from_id":"user7","text":"hello"}]},
    {"type":"saved_messages","id":8,"messages":[{"id":1,"type":"message","date_unixtime":"1777629600","date":"x","text":"me"}]}]}})");
  ASSERT_THAT(reading.items, SizeIs(2));
  for (const auto& item : reading.items) EXPECT_EQ(item.why_private, "a message in a private chat");
  EXPECT_EQ(reading.items[0].interaction.thread, "chat/7");
  EXPECT_EQ(reading.items[0].interaction.author.id, "user7");
}

TEST(Telegram, LeavesNothingOfWhoIsInAPrivateChat) {
  std::string bytes =
      R"({"chats":{"list":[{"name":"Jo Pike","type":"personal_chat","id":7,"messages":[{"id":1,"type":"message","date_unixtime":"1777629600","from":"Jo Pike","text":"hello"}]},)"
      R"({"name":"Town","type":"public_channel","id":8,"messages":[{"id":1,"type":"message","date_unixtime":"1777629600","from":"Town","text":"open"}]},)"
      R"({"name":"Quay","type":"private_group","id":9,"messages":[{"id":2,"type":"service","actor":"Ola","members":["Mira"]}]}]}})";
  auto reading = read_file_of("telegram", bytes);
  EXPECT_EQ(fault_of(reading, bytes), "");
  ASSERT_TRUE(withhold_private(bytes, reading));
  EXPECT_EQ(
      bytes,
      R"({"chats":{"list":[{},{"name":"Town","type":"public_channel","id":8,"messages":[{"id":1,"type":"message","date_unixtime":"1777629600","from":"Town","text":"open"}]},{}]}})");
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.items[0].interaction.text, "open");
}

TEST(Telegram, DoesNotNameAPrivateChatInItsRemarks) {
  const auto reading = read_file_of(
      "telegram",
      R"({"name":"Jo Pike","type":"personal_chat","id":7,"messages":[{"id":1,"type":"message","date":"2026-05-01T12:00:00","from":"Jo Pike","text":"hello"}]})");
  EXPECT_THAT(reading.remarks,
              ElementsAre("message 1 of a private chat: its date has no zone and was taken for UTC"));
}

TEST(Telegram, OfRecordedOnesGivesEveryMessage) {
  const auto folder = platforms_folder() / "telegram/mlomb__chat-analytics";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the recorded payloads are not here";
  const auto big = contents_of(folder / "BIG_20A_5475M.json");
  const auto reading = read_file_of("telegram", big);
  EXPECT_THAT(reading.items, SizeIs(5'475));
  EXPECT_EQ(fault_of(reading, big), "");
  const auto small = read_file_of("telegram", contents_of(folder / "DM_2A_7M.json"));
  EXPECT_THAT(small.items, SizeIs(6));
  EXPECT_EQ(small.others, 2U) << "somebody came, and a call";
}

SavedContext in_berlin() {
  SavedContext context;
  context.zone = {"Europe/Berlin", [](base::Time shown) { return shown - std::chrono::hours(2); }};
  return context;
}

TEST(Telegram, TakesADateWithoutAZoneForTheArchives) {
  const auto reading = read_file_of(
      "telegram",
      R"({"name":"Town","type":"public_channel","id":1,"messages":[{"id":1,"type":"message","date":"2026-05-01T12:00:00","text":"hello"},{"id":2,"type":"message","date":"2026-05-01T12:00:00","date_unixtime":"1777629600","text":"you"}]})",
      in_berlin());
  ASSERT_THAT(reading.items, SizeIs(2));
  for (const auto& item : reading.items) EXPECT_EQ(item.interaction.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_THAT(reading.remarks, ElementsAre("message 1 of the chat Town: its date has no zone and was taken "
                                           "for the time of Europe/Berlin"));
}

TEST(WhatsApp, TakesItsTimesForThoseOfTheArchivesZoneAndSaysSo) {
  constexpr std::string_view kChat = "[30/04/2026, 14:29:00] Jo: Hello\n";
  const auto reading = read_file_of("whatsapp", kChat, in_berlin());
  ASSERT_THAT(reading.items, SizeIs(1));
  EXPECT_EQ(reading.items[0].interaction.posted, "2026-04-30T12:29:00.000Z");
  EXPECT_THAT(reading.remarks, Contains(HasSubstr("Europe/Berlin, the archive's zone")));
  EXPECT_EQ(reading.items[0].interaction.id, read_file_of("whatsapp", kChat).items[0].interaction.id);
}

TEST(WhatsApp, ReadsTheFormsOfBothTelephones) {
  constexpr std::string_view kIos =
      "[30/12/2023, 14:29:00] Messages and calls are end-to-end encrypted.\n\u200e[30/12/2023, 14:30:01] Jo: "
      "Hello: there\nsecond line\n[30/12/2023, 14:31:00] Al: <attached: IMG_1.jpg>\n";
  const auto ios = read_file_of("whatsapp", kIos);
  EXPECT_EQ(fault_of(ios, kIos), "");
  ASSERT_THAT(ios.items, SizeIs(2));
  EXPECT_EQ(ios.items[0].interaction.text, "Hello: there\nsecond line");
  EXPECT_EQ(ios.items[0].interaction.posted, "2023-12-30T14:30:01.000Z");
  EXPECT_EQ(ios.items[0].interaction.author.name, "Jo");
  EXPECT_EQ(ios.items[0].why_private, "a message in a private chat");
  EXPECT_EQ(ios.items[1].interaction.media[0].url, "IMG_1.jpg");
  const auto android = read_file_of(
      "whatsapp", "12/31/20, 11:55 PM - Jo: hello\r\n1/1/21, 12:05 AM - Al: IMG-1.jpg (file attached)\n");
  ASSERT_THAT(android.items, SizeIs(2));
  EXPECT_EQ(android.items[0].interaction.posted, "2020-12-31T23:55:00.000Z");
  EXPECT_EQ(android.items[1].interaction.posted, "2021-01-01T00:05:00.000Z");
  EXPECT_EQ(android.items[1].interaction.media[0].url, "IMG-1.jpg");
  const auto iso = read_file_of("whatsapp", "2016-04-15, 3:04\u202fPM - Jo: hello\n");
  ASSERT_THAT(iso.items, SizeIs(1));
  EXPECT_EQ(iso.items[0].interaction.posted, "2016-04-15T15:04:00.000Z");
}

TEST(WhatsApp, TakesAMarkOfDeletionForNoMessageWithTheseWords) {
  const auto reading = read_file_of("whatsapp",
                                    "[30/12/2023, 14:30:01] Jo: \u200eThis message was deleted.\n"
                                    "[30/12/2023, 14:30:02] Al: You deleted this message\n"
                                    "[30/12/2023, 14:30:03] Jo: Du hast diese Nachricht gel\u00f6scht.\n"
                                    "[30/12/2023, 14:30:04] Jo: This message was deleted by admin ~ Bo\n"
                                    "[30/12/2023, 14:30:05] Jo: This message was deleted, I think\n");
  ASSERT_THAT(reading.items, SizeIs(5));
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(reading.items[i].fate, Fate::kGone) << i;
    EXPECT_EQ(reading.items[i].interaction.text, "") << i;
  }
  EXPECT_EQ(reading.items[0].fate_words, "This message was deleted");
  EXPECT_EQ(reading.items[0].interaction.author.name, "Jo");
  EXPECT_EQ(reading.items[0].interaction.posted, "2023-12-30T14:30:01.000Z");
  EXPECT_EQ(reading.items[3].fate, Fate::kBarred) << "somebody else removed it";
  EXPECT_EQ(reading.items[4].fate, Fate::kPresent);
  EXPECT_EQ(reading.items[4].interaction.text, "This message was deleted, I think");
}

TEST(WhatsApp, KnowsMarksOfDeletionInTheLanguagesOfItsDates) {
  for (const auto words :
       {"Diese Nachricht wurde gelöscht", "Dit bericht is verwijderd", "Ce message a été supprimé",
        "Se eliminó este mensaje", "Questo messaggio è stato eliminato", "Você apagou esta mensagem"}) {
    const auto reading = read_file_of("whatsapp", "30.12.20, 12:05 - A: " + std::string(words) + "\n");
    ASSERT_THAT(reading.items, SizeIs(1)) << words;
    EXPECT_EQ(reading.items[0].fate, Fate::kGone) << words;
  }
}

TEST(WhatsApp, GivesNoDateRatherThanAWrongOne) {
  const auto reading = read_file_of("whatsapp", "1/2/21, 12:00 - A: Hi\n1/2/21, 12:01 - B: Hi\n");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[0].interaction.posted, "");
  EXPECT_THAT(reading.remarks, Contains(HasSubstr("cannot be told")));
}

// Telephones write a message where it arrived, not when it was sent.
TEST(WhatsApp, KeepsTheOrderOfItsLinesAndTheTimeOfEach) {
  const std::string file =
      "30/12/20, 12:05 - A: later\n30/12/20, 12:01 - B: earlier\nand more\n30/12/20, 12:06 - A: last\n";
  const auto reading = read_file_of("whatsapp", file);
  EXPECT_EQ(fault_of(reading, file), "");
  ASSERT_THAT(reading.items, SizeIs(3));
  EXPECT_EQ(reading.items[0].interaction.posted, "2020-12-30T12:05:00.000Z");
  EXPECT_EQ(reading.items[1].interaction.posted, "2020-12-30T12:01:00.000Z");
  EXPECT_EQ(reading.items[1].interaction.text, "earlier\nand more");
  EXPECT_EQ(reading.items[2].interaction.text, "last");
}

TEST(WhatsApp, TellsTheSameWordsWithinOneMinuteApart) {
  const auto reading = read_file_of("whatsapp", "30/12/20, 12:00 - A: ok\n30/12/20, 12:00 - A: ok\n");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_NE(reading.items[0].interaction.id, reading.items[1].interaction.id);
}

TEST(WhatsApp, OfRecordedOnesGivesEveryMessage) {
  const auto folder = platforms_folder() / "whatsapp";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the recorded payloads are not here";
  EXPECT_THAT(read_file_of("whatsapp", contents_of(folder / "mlomb__chat-analytics/2A_5M.txt")).items,
              SizeIs(5));
  EXPECT_THAT(read_file_of("whatsapp", contents_of(folder / "mlomb__chat-analytics/4A_11M.txt")).items,
              SizeIs(11));
  EXPECT_THAT(read_file_of("whatsapp", contents_of(folder / "pedrofuentes__kawsay/android_chat.txt")).items,
              SizeIs(3));
  EXPECT_THAT(read_file_of("whatsapp", contents_of(folder / "pedrofuentes__kawsay/ios_chat.txt")).items,
              SizeIs(7));
}

constexpr std::string_view kMessages =
    "\xef\xbb\xbf"
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE "
    "URLS,DATE,SUBJECT,CONTENT,FOLDER\r\n"
    "c1,,Jo,https://www.linkedin.com/in/jo,Town,https://www.linkedin.com/in/town,2026-05-01 10:00:00 "
    "UTC,Bins,\"When, \"\"exactly\"\"?\nSoon?\",INBOX\r\nBADROW\r\n";

TEST(LinkedIn, ReadsMessagesOverSeveralLines) {
  const auto reading = read_file_of("linkedin-messages", kMessages);
  EXPECT_EQ(fault_of(reading, kMessages), "");
  ASSERT_THAT(reading.items, SizeIs(1));
  const auto& message = reading.items[0].interaction;
  EXPECT_EQ(message.text, "When, \"exactly\"?\nSoon?");
  EXPECT_EQ(message.posted, "2026-05-01T10:00:00.000Z");
  EXPECT_EQ(message.thread, "conversation/c1");
  EXPECT_EQ(reading.items[0].why_private, "a direct message");
  EXPECT_THAT(reading.remarks, ElementsAre(HasSubstr("1 of 10 cells")));
}

TEST(LinkedIn, ReadsPostsAndComments) {
  const auto post = only_item("linkedin-posts",
                              "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n2026-05-01 "
                              "10:00:00,https://www.linkedin.com/feed/update/"
                              "urn%3Ali%3Ashare%3A1,\"Hello\",https://town.example/,,MEMBER_NETWORK\n");
  EXPECT_EQ(post.id, "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A1");
  EXPECT_EQ(post.visibility, "MEMBER_NETWORK");
  EXPECT_THAT(post.links, ElementsAre("https://town.example/"));
  const auto comment =
      only_item("linkedin-posts",
                "Date,Link,Message\n2026-05-01 10:00:00,https://www.linkedin.com/feed/update/1,Well said\n");
  EXPECT_EQ(comment.type, "comment");
  EXPECT_EQ(comment.text, "Well said");
}

TEST(LinkedIn, TakesPostsInAGroupForPrivate) {
  const auto reading =
      read_file_of("linkedin-posts",
                   "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
                   "2024-03-15 09:30:00,https://www.linkedin.com/feed/update/1,Among us,,,CONTAINER\n"
                   "2024-03-15 09:31:00,https://www.linkedin.com/feed/update/2,To all,,,MEMBER_NETWORK\n");
  ASSERT_THAT(reading.items, SizeIs(2));
  EXPECT_EQ(reading.items[0].why_private, "a post in a group");
  EXPECT_EQ(reading.items[1].why_private, "");
}

TEST(LinkedIn, OfTheRecordedOneGivesTwoMessagesAndARemark) {
  const auto path = platforms_folder() / "linkedin/pedrofuentes__kawsay/messages.csv";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "the recorded payloads are not here";
  const auto reading = read_file_of("linkedin-messages", contents_of(path));
  EXPECT_THAT(reading.items, SizeIs(2));
  EXPECT_THAT(reading.remarks, SizeIs(1));
}

}  // namespace
}  // namespace muniment::sources
