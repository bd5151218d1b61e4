#include "net/imap.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <utility>
#include <vector>

#include "base/bytes.hpp"

namespace muniment::net {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr ImapLogin kLogin{ImapLogin::By::kPassword, "ann@town.example", "open:sesame"};
constexpr ImapLogin kToken{ImapLogin::By::kToken, "ann@town.example", "ya29.a-token"};
constexpr std::uint64_t kMost = 1'000;

// A mail server that says what a test wrote down, a piece at a time, whatever it is told.
class ScriptedChannel : public Channel {
 public:
  ScriptedChannel(std::string says, std::vector<std::string>& heard, std::size_t piece)
      : says_(std::move(says)), heard_(heard), piece_(piece) {}
  Status send(std::string_view bytes) override {
    heard_.emplace_back(bytes);
    return {};
  }
  Result<std::string> receive() override {
    if (says_.empty()) return Error{Code::kUnavailable, "the script is at its end"};
    auto out = says_.substr(0, piece_);
    says_.erase(0, out.size());
    return out;
  }

 private:
  std::string says_;
  std::vector<std::string>& heard_;
  std::size_t piece_;
};

class Imap : public testing::Test {
 protected:
  ImapSession session(std::string says, std::size_t piece = 1'000'000) {
    return {std::make_unique<ScriptedChannel>(std::move(says), heard, piece), kMost};
  }
  static ImapQuestion question(const std::string& url) {
    const auto read = read_url(url);
    EXPECT_TRUE(read) << read.error().what;
    const auto asked = read ? read_imap_question(*read) : Result<ImapQuestion>(ImapQuestion{});
    EXPECT_TRUE(asked) << asked.error().what;
    return asked ? *asked : ImapQuestion{};
  }
  std::vector<std::string> heard;

  const std::string hello = "* OK ready\r\n+ \r\na1 OK in\r\n";
  const std::string opened = "* 3 EXISTS\r\n* OK [UIDVALIDITY 77] stays\r\na2 OK [READ-ONLY] done\r\n";
  const ImapQuestion list = question("imaps://mail.town.example/INBOX?UID%201:*");
  const ImapQuestion message = question("imaps://mail.town.example/INBOX;UIDVALIDITY=77/;UID=5");
};

TEST_F(Imap, ListsWithoutChangingAnything) {
  for (const std::size_t piece : {1U, 7U, 1'000'000U}) {
    heard.clear();
    auto it = session(hello + opened + "* SEARCH 5 6\r\na3 OK done\r\n", piece);
    const auto answer = it.ask(list, kLogin);
    ASSERT_TRUE(answer) << answer.error().what;
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "* SEARCH 5 6\r\n");
    EXPECT_EQ(header(answer->headers, "uidvalidity"), "77");
    const auto login = base::to_base64(std::string_view("\0ann@town.example\0open:sesame", 29)) + "\r\n";
    EXPECT_THAT(heard, ElementsAre("a1 AUTHENTICATE PLAIN\r\n", login, "a2 EXAMINE \"INBOX\"\r\n",
                                   "a3 UID SEARCH UID 1:*\r\n"));
  }
}

TEST_F(Imap, AMessageEndsWhereItsLengthSaysWhateverStandsInIt) {
  const std::string mail = "Subject: x\r\n\r\na3 OK done\r\n* BYE\r\n)\r\n";
  for (const std::size_t piece : {1U, 1'000'000U}) {
    auto it = session(hello + opened + "* 3 FETCH (UID 5 BODY[] {" + std::to_string(mail.size()) + "}\r\n" +
                          mail + " FLAGS (\\Seen))\r\n* 4 EXISTS\r\na3 OK done\r\n",
                      piece);
    const auto answer = it.ask(message, kLogin);
    ASSERT_TRUE(answer) << answer.error().what;
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, mail);
    EXPECT_TRUE(it.is_usable());
  }
  EXPECT_EQ(heard.back(), "a3 UID FETCH 5 (UID BODY.PEEK[])\r\n");
}

TEST_F(Imap, LogsInOnceForManyQuestions) {
  auto it = session(hello + opened + "* SEARCH\r\na3 OK done\r\n* SEARCH 9\r\na4 OK done\r\n");
  ASSERT_TRUE(it.ask(list, kLogin));
  const auto second = it.ask(list, kLogin);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->body, "* SEARCH 9\r\n");
}

TEST_F(Imap, TellsALoginThatIsNotTaken) {
  auto it = session("* OK ready\r\n+ \r\na1 NO [AUTHENTICATIONFAILED] no\r\n");
  const auto answer = it.ask(list, kLogin);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 401);
  EXPECT_FALSE(it.is_usable());
  auto plain = session("* OK ready\r\na1 BAD what?\r\n");
  EXPECT_EQ(plain.ask(list, kLogin)->status, 401);
}

TEST_F(Imap, ShowsATokenAsTheServerTakesThem) {
  const std::string rest =
      "+ \r\na2 OK in\r\n* OK [UIDVALIDITY 77] stays\r\na3 OK done\r\n* SEARCH 5\r\na4 OK done\r\n";
  auto google =
      session("* OK ready\r\n* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 AUTH=PLAIN\r\na1 OK done\r\n" + rest);
  const auto answer = google.ask(list, kToken);
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->status, 200);
  EXPECT_THAT(heard,
              ElementsAre("a1 CAPABILITY\r\n", "a2 AUTHENTICATE XOAUTH2\r\n",
                          base::to_base64("user=ann@town.example\1auth=Bearer ya29.a-token\1\1") + "\r\n",
                          "a3 EXAMINE \"INBOX\"\r\n", "a4 UID SEARCH UID 1:*\r\n"));
  heard.clear();
  auto both =
      session("* OK ready\r\n* capability imap4rev1 auth=oauthbearer auth=xoauth2\r\na1 OK done\r\n" + rest);
  ImapLogin odd = kToken;
  odd.user = "a=b,c";
  EXPECT_EQ(both.ask(list, odd)->status, 200);
  EXPECT_EQ(heard[1], "a2 AUTHENTICATE OAUTHBEARER\r\n");
  EXPECT_EQ(heard[2], base::to_base64("n,a=a=3Db=2Cc,\1auth=Bearer ya29.a-token\1\1") + "\r\n");
}

TEST_F(Imap, TellsATokenThatIsNotTakenAndDoesNotWaitForTheServerToSaySo) {
  const std::string why = "+ eyJzdGF0dXMiOiI0MDAifQ==\r\n";
  for (const auto& [mechanism, last] :
       std::vector<std::pair<std::string, std::string>>{{"XOAUTH2", "\r\n"}, {"OAUTHBEARER", "AQ==\r\n"}}) {
    auto it = session("* OK ready\r\n* CAPABILITY AUTH=" + mechanism + "\r\na1 OK done\r\n+ \r\n" + why +
                      why + "a2 NO AUTHENTICATE failed\r\n");
    heard.clear();
    const auto answer = it.ask(list, kToken);
    ASSERT_TRUE(answer) << answer.error().what;
    EXPECT_EQ(answer->status, 401);
    EXPECT_FALSE(it.is_usable());
    ASSERT_EQ(heard.size(), 4U) << "what is given up is given up once";
    EXPECT_EQ(heard.back(), last);
  }
}

TEST_F(Imap, ShowsNoTokenToAServerThatTakesNone) {
  for (const std::string offers :
       {"* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH23\r\n", "* OK AUTH=XOAUTH2\r\n", ""}) {
    heard.clear();
    const auto answer = session("* OK ready\r\n" + offers + "a1 OK done\r\n").ask(list, kToken);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, Code::kDenied);
    EXPECT_THAT(answer.error().what, HasSubstr("nothing of the login was sent"));
    EXPECT_THAT(heard, ElementsAre("a1 CAPABILITY\r\n"));
  }
}

TEST_F(Imap, WaitsForNoGreetingThatSomebodyElseHeard) {
  ImapSession it(std::make_unique<ScriptedChannel>(
                     "+ \r\na1 OK in\r\n" + opened + "* SEARCH 5\r\na3 OK done\r\n", heard, 1'000U),
                 kMost, true);
  const auto answer = it.ask(list, kLogin);
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->body, "* SEARCH 5\r\n");
}

TEST_F(Imap, TellsAMailboxThatIsNotThereAndAMessageThatIsGone) {
  EXPECT_EQ(session(hello + "a2 NO no such mailbox\r\n").ask(list, kLogin)->status, 404);
  EXPECT_EQ(session(hello + opened + "a3 OK done\r\n").ask(message, kLogin)->status, 404);
}

TEST_F(Imap, DoesNotTakeANumberOfAnotherEpoch) {
  const auto other = question("imaps://mail.town.example/INBOX;UIDVALIDITY=76/;UID=5");
  EXPECT_EQ(session(hello + opened).ask(other, kLogin)->status, 412);
  EXPECT_THAT(heard.back(), HasSubstr("EXAMINE"));
}

TEST_F(Imap, DoesNotReadAMessageThatIsTooLarge) {
  auto it = session(hello + opened + "* 3 FETCH (UID 5 BODY[] {1001}\r\n");
  const auto answer = it.ask(message, kLogin);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 413);
  EXPECT_EQ(answer->body, "");
  EXPECT_FALSE(it.is_usable());
}

TEST_F(Imap, GivesUpWhatIsNotImap) {
  for (const std::string said : {"SSH-2.0-x\r\n", "HTTP/1.1 400 Bad Request\r\n", "* BYE full\r\n", ""})
    EXPECT_FALSE(session(said).ask(list, kLogin)) << said;
  EXPECT_FALSE(session(hello + "a2 OK no epoch\r\n").ask(list, kLogin));
  EXPECT_FALSE(session(hello + opened + "nonsense\r\n").ask(list, kLogin));
  EXPECT_FALSE(session(hello + opened + "* 3 FETCH (BODY[] {99999999999999999999}\r\n").ask(message, kLogin));
  EXPECT_FALSE(session(hello + std::string(kMostImapLine + 2, '*')).ask(list, kLogin));
}

TEST(ImapAddress, NamesMailboxesAsTheProtocolSpellsThem) {
  EXPECT_EQ(*imap_mailbox("INBOX"), "INBOX");
  EXPECT_EQ(*imap_mailbox("R&D"), "R&-D");
  EXPECT_EQ(*imap_mailbox("Entw\u00FCrfe"), "Entw&APw-rfe");
  EXPECT_EQ(*imap_mailbox("\u53F0\u5317/\u65E5\u672C\u8A9E"), "&U,BTFw-/&ZeVnLIqe-");  // RFC 3501, 5.1.3
  EXPECT_EQ(*imap_mailbox("\U0001F600"), "&2D3eAA-");
  EXPECT_FALSE(imap_mailbox(""));
  EXPECT_FALSE(imap_mailbox("a\r\na9 DELETE INBOX"));
  EXPECT_FALSE(imap_mailbox("\xff"));
}

TEST(ImapAddress, IsOfAListOrOfAMessageAndNothingElse) {
  const auto asked = [](const std::string& url) {
    const auto read = read_url(url);
    return read && read_imap_question(*read);
  };
  EXPECT_TRUE(asked("imaps://h.example/INBOX?UID%207:*"));
  EXPECT_TRUE(asked("imaps://h.example/A%20B/C;UIDVALIDITY=1/;UID=4294967295"));
  for (const std::string url :
       {"imaps://h.example/", "imaps://h.example/INBOX", "imaps://h.example/INBOX?ALL",
        "imaps://h.example/INBOX?UID%200:*", "imaps://h.example/INBOX?UID%201:*%20DELETED:*",
        "imaps://h.example/INBOX/;UID=4", "imaps://h.example/INBOX;UIDVALIDITY=1/;UID=0",
        "imaps://h.example/INBOX;UIDVALIDITY=1/;UID=5/;SECTION=1", "imaps://h.example/a%0D%0Ab?UID%201:*"})
    EXPECT_FALSE(asked(url)) << url;
}

}  // namespace
}  // namespace muniment::net
