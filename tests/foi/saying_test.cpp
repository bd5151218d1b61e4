#include "foi/saying.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/time.hpp"
#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using support::field;
using support::ReleaseDesk;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Saying, LooksForATimeAsAWholeOnly) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy", "Good morning."));
  auto later = desk.post("2", "ben", "Ben", "Good morning to you.");
  later.posted = "2026-09-20T10:00:01.000Z";
  desk.add(later);
  Request typed;
  typed.redact = {"1:posted:*=s31"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 2, "posted").shown_whole()) << "of the same hour, and another time";
}

TEST(Saying, CannotHideATimeThatALeafHas) {
  ReleaseDesk desk;
  records::Interaction call;
  call.platform = "contact";
  call.id = "phone/0123456789abcdef";
  call.posted = base::to_rfc3339(desk.ledger.clock.now() + std::chrono::seconds(1));  // when it is sealed
  call.text = "The water is brown.";
  desk.add(call, {}, ledger::kind::kContact);
  Request typed;
  typed.withhold = {"posted=s40(2)"};
  EXPECT_TRUE(field(support::plan_of(desk, typed), 1, "posted").shows_nothing());
}

TEST(Saying, TheServersPortIsEverybodys) {
  ReleaseDesk desk;
  auto first = desk.post("116167459995650931", "amy", "Amy", "Good morning.");
  first.local = "town.example:46647/116167459995650931";
  desk.add(first);
  auto second = desk.post("116169493708814655", "ben", "Ben", "Good evening.");
  second.local = "town.example:46647/116169493708814655";
  second.reply_to = first.local;
  desk.add(second);
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 2, "id.local").shown_whole());
  EXPECT_TRUE(field(plan, 2, "reply.to").shows_nothing()) << "it is that post";
}

// What is shown of two posts when the account that wrote the first is withheld.
std::string shown_without_account(const std::string& handle, const std::string& said_by_another) {
  ReleaseDesk desk;
  desk.add(desk.post("1", handle, "O.", "Good morning."));
  desk.add(desk.post("2", "ben", "Ben", said_by_another));
  Request typed;
  typed.redact = {"1:author.handle:*=s40(2)"};
  return support::shown(support::plan_of(desk, typed));
}

TEST(Saying, LooksForABlueskyAccountWithoutThePlatformsPartOfItsName) {
  EXPECT_THAT(shown_without_account("olwenharrow.bsky.social", "As @olwenharrow says."),
              AllOf(HasSubstr("Good morning"), Not(HasSubstr("olwenharrow"))));
}

TEST(Saying, LooksForAnAccountInTheLettersThatItsPunycodeStandsFor) {
  EXPECT_THAT(shown_without_account("xn--mllerin-n2a.example", "As @müllerin.example says."),
              AllOf(HasSubstr("Good morning"), Not(HasSubstr("müllerin"))));
}

TEST(Saying, LooksForAnAccountThatIsCalledLikeAnEverydayWordWhereAccountsStand) {
  ReleaseDesk desk;
  const auto post = [&](const std::string& id, const std::string& handle, const std::string& text) {
    auto item = desk.post(id, handle, "O.", text);
    item.platform = "x";
    item.id = "150000000000000000" + id;
    item.url = "https://x.com/" + handle + "/status/" + item.id;
    item.author = {"77700123" + id, handle, "O.", "https://x.com/" + handle};
    return item;
  };
  desk.add(post("1", "water", "Good morning."));
  auto answer = post("2", "clerk", "@water thank you");
  answer.mentions = {"water"};
  desk.add(answer, R"({"text":"thank you","in_reply_to_screen_name":"water"})");
  desk.add(post("3", "ben", "The water is brown."), R"({"text":"The water is brown.","tags":["water"]})");
  desk.add(post("4", "water", "Good evening."));
  desk.add(post("5", "cat", "Good night."), R"({"text":"Good night.","in_reply_to_screen_name":"water"})");
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  typed.keep = {"3:raw", "5:raw"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 2, "mentions").shows_nothing());
  EXPECT_THAT(field(plan, 2, "text").shown(), HasSubstr("thank you"));
  EXPECT_TRUE(field(plan, 4, "author.handle").shows_nothing());
  EXPECT_TRUE(field(plan, 5, "raw").shows_nothing());
  EXPECT_TRUE(field(plan, 3, "text").shown_whole()) << "there it is no account";
  EXPECT_TRUE(field(plan, 3, "raw").shown_whole());
}

TEST(Saying, LooksForAnAccountThatIsWithheldWhereATextMentionsIt) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ann", "Ann", "I asked @water about it."));
  auto answer = desk.post("2", "ben", "Ben", "The water is brown.");
  answer.mentions = {"water"};
  desk.add(answer);
  Request typed;
  typed.redact = {"1:text:words=\"@water\"=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 2, "mentions").shows_nothing());
  EXPECT_TRUE(field(plan, 2, "text").shown_whole());
}

TEST(Saying, LooksForNoTimeOutOfTheNameOfAFormerVersion) {
  ReleaseDesk desk;
  auto former = desk.post("71001", "una", "Una Pell", "The pump is broken.");
  const auto name = former.id;
  former.id += "#as-of-" + former.posted;
  desk.add(former);
  auto answer = desk.post("71002", "ben", "Ben", "So it is.");
  answer.reply_to = name;
  desk.add(answer);
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 1, "id").shows_nothing());
  EXPECT_TRUE(field(plan, 1, "posted").shown_whole());
  EXPECT_TRUE(field(plan, 2, "posted").shown_whole()) << "of the same second";
  EXPECT_TRUE(field(plan, 2, "reply.to").shows_nothing());
}

TEST(Saying, LooksForNoEndOfAHostThatADisplayNameHas) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "qf", "Quillfeather.com", "Good morning."));
  auto other = desk.post("2", "ben", "Ben", "Look.");
  other.links = {"https://news.com/story"};
  desk.add(other);
  auto third = desk.post("3", "cat", "Cat", "Look.");
  third.links = {"https://news.com/quillfeather"};
  desk.add(third);
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 2, "links").shown_whole());
  EXPECT_TRUE(field(plan, 3, "links").shows_nothing());
}

TEST(Saying, TakesNoNameForALanguage) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "oh77", "Olwen Harrow", "Good morning."));
  int id = 2;
  for (const auto* lang : {"olwen", "en", "de-AT"}) {
    auto post = desk.post(std::to_string(id++), "ben", "Ben", "Good evening.");
    post.lang = lang;
    desk.add(post);
  }
  Request typed;
  typed.redact = {"1:author.name:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 2, "lang").shows_nothing());
  EXPECT_TRUE(field(plan, 3, "lang").shown_whole());
  EXPECT_TRUE(field(plan, 4, "lang").shown_whole());
}

TEST(Saying, TakesNoWordOfOurOwnForSomebodys) {
  for (const auto* name : {"posted.precision", "decision", "outcome", "state"})
    EXPECT_EQ(saying_of(name), Saying::kNothing) << name;
  EXPECT_EQ(saying_of("late.why"), Saying::kWords);
}

}  // namespace
}  // namespace muniment::foi
