#include "polls/imap_poll.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "polls/platform.hpp"

namespace muniment::polls {
namespace {

using sources::Ask;
using sources::normalise_url;
using sources::Poll;
using sources::Reading;
using sources::Showing;

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kBox = "imaps://mail.town.example/INBOX";

std::string mail(const std::string& id) {
  return "From: Ann <ann@home.example>\r\nTo: clerk@town.example\r\nDate: Sun, 1 Nov 2026 10:00:00 "
         "+0000\r\nMessage-ID: <" +
         id + "@home.example>\r\nSubject: Tide\r\n\r\nWhen is low water?\r\n";
}

class ImapMailbox : public testing::Test {
 protected:
  static std::unique_ptr<Poll> poll(const std::string& cursor = "") {
    auto made = new_poll("email", {kBox, cursor, "2026-11-22T00:00:00Z", true});
    EXPECT_TRUE(made) << made.error().what;
    return made ? *std::move(made) : nullptr;
  }
  static Result<Reading> listed(Poll& poll, const Ask& ask, const std::string& numbers, int epoch = 77) {
    return poll.read(ask, {200, kBox + ";UIDVALIDITY=" + std::to_string(epoch), "", "", numbers, ""});
  }
  static Result<Reading> answered(Poll& poll, const Ask& ask, int status, const std::string& body = "") {
    return poll.read(ask, {status, ask.url, "", "", body, ""});
  }
  static std::vector<std::string> urls(const std::vector<Ask>& asks) {
    std::vector<std::string> out;
    for (const auto& ask : asks) out.push_back(ask.url);
    return out;
  }
};

TEST_F(ImapMailbox, IsReadMessageByMessageAndNextTimeFromWhereItEnded) {
  const auto first = poll();
  auto asks = first->start();
  ASSERT_THAT(urls(asks), ElementsAre(kBox + "?UID%201:*"));
  EXPECT_EQ(asks[0].shows.at(0).place, Showing::Place::kBasic);
  const auto list = listed(*first, asks[0], "* SEARCH 5 9\r\n* SEARCH 7\r\n");
  ASSERT_TRUE(list) << list.error().what;
  ASSERT_THAT(urls(list->next), ElementsAre(kBox + ";UIDVALIDITY=77/;UID=5", kBox + ";UIDVALIDITY=77/;UID=7",
                                            kBox + ";UIDVALIDITY=77/;UID=9"));
  for (const auto& ask : list->next) {
    const auto body = mail(ask.step);
    const auto reading = answered(*first, ask, 200, body);
    ASSERT_TRUE(reading) << reading.error().what;
    ASSERT_THAT(reading->items, SizeIs(1));
    EXPECT_EQ(reading->items[0].interaction.platform, "email");
    EXPECT_EQ(reading->items[0].interaction.id, ask.step + "@home.example");
    EXPECT_EQ(reading->items[0].why_private, "an e-mail");
    EXPECT_EQ(reading->items[0].length, body.size());
  }
  EXPECT_EQ(first->cursor(), "77/9");
  const auto second = poll(first->cursor());
  asks = second->start();
  ASSERT_THAT(urls(asks), ElementsAre(kBox + "?UID%2010:*"));
  // Of an empty range a server names the last message.
  EXPECT_THAT(listed(*second, asks[0], "* SEARCH 9\r\n")->next, IsEmpty());
  EXPECT_EQ(second->cursor(), "77/9");
}

TEST_F(ImapMailbox, ThatWasMadeAnewIsReadFromItsBeginning) {
  const auto it = poll("76/9");
  const auto list = listed(*it, it->start()[0], "* SEARCH\r\n");
  ASSERT_TRUE(list);
  ASSERT_THAT(urls(list->next), ElementsAre(kBox + "?UID%201:*"));
  EXPECT_THAT(list->remarks, Contains(HasSubstr("made anew")));
  EXPECT_THAT(listed(*it, list->next[0], "* SEARCH 1\r\n")->next, SizeIs(1));
}

TEST_F(ImapMailbox, WithMoreThanAPollTakesIsGoneOnWithByTheNext) {
  std::string numbers = "* SEARCH";
  for (int i = 1; i <= 2'100; ++i) numbers += " " + std::to_string(i);
  const auto it = poll();
  const auto list = listed(*it, it->start()[0], numbers + "\r\n");
  ASSERT_TRUE(list);
  EXPECT_THAT(list->next, SizeIs(2'000));
  EXPECT_THAT(list->faults, ElementsAre(HasSubstr("100 more")));
}

TEST_F(ImapMailbox, CutOffItIsGoneOnWithBehindWhatWasAnswered) {
  const auto first = poll();
  EXPECT_EQ(first->resume(first->start()), "") << "nothing is known yet";
  const auto list = listed(*first, first->start()[0], "* SEARCH 1 2 3 4\r\n");
  ASSERT_TRUE(list);
  EXPECT_TRUE(answered(*first, list->next[0], 200, mail("1")));
  EXPECT_FALSE(answered(*first, list->next[1], 200, "no message at all")) << "which stays so";
  EXPECT_EQ(first->resume({list->next[1], list->next[2], list->next[3]}), "77/2");
  auto second = new_imap_poll({kBox, "77/0", "", true, "77/2"});
  ASSERT_TRUE(second);
  EXPECT_THAT(urls((*second)->start()), ElementsAre(kBox + "?UID%203:*"));
}

TEST_F(ImapMailbox, GoesOnBehindWhatIsTooLargeGoneOrUnreadable) {
  const auto it = poll();
  const auto list = listed(*it, it->start()[0], "* SEARCH 1 2 3\r\n");
  ASSERT_TRUE(list);
  EXPECT_THAT(answered(*it, list->next[0], 413)->remarks, ElementsAre(HasSubstr("larger than is taken")));
  EXPECT_THAT(answered(*it, list->next[1], 404)->remarks, ElementsAre(HasSubstr("gone")));
  EXPECT_FALSE(answered(*it, list->next[2], 200, "no message at all"));
  EXPECT_EQ(it->cursor(), "77/3");
}

TEST_F(ImapMailbox, StopsWhereTheServerFails) {
  const auto it = poll();
  const auto list = listed(*it, it->start()[0], "* SEARCH 1 2\r\n");
  ASSERT_TRUE(list);
  EXPECT_FALSE(answered(*it, list->next[0], 400, "NO busy"));
  EXPECT_EQ(it->cursor(), "77/0");
  EXPECT_EQ(answered(*it, list->next[0], 401).error().code, Code::kDenied);
  EXPECT_EQ(answered(*it, list->next[0], 412).error().code, Code::kUnavailable);
}

TEST_F(ImapMailbox, NeedsALoginAndAnAddressOfAMailbox) {
  EXPECT_EQ(new_poll("email", {kBox, "", "", false}).error().code, Code::kDenied);
  for (const std::string url : {"imaps://mail.town.example/", "imaps://mail.town.example/INBOX?ALL",
                                "imaps://mail.town.example/INBOX;UID=4", "https://mail.town.example/INBOX"})
    EXPECT_EQ(new_poll("email", {url, "", "", true}).error().code, Code::kInvalid) << url;
  EXPECT_EQ(new_poll("feed", {kBox, "", "", false}).error().code, Code::kInvalid);
}

TEST(MailboxAddress, IsNormalisedLikeAnyOther) {
  EXPECT_EQ(*normalise_url(" IMAPS://Mail.Town.example:993/INBOX "), "imaps://mail.town.example/INBOX");
  EXPECT_FALSE(normalise_url("imaps://ann@mail.town.example/INBOX"));
  EXPECT_FALSE(normalise_url("pop3://mail.town.example/"));
}

}  // namespace
}  // namespace muniment::polls
