#include "foi/named_in_address.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using support::field;
using support::ReleaseDesk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(NamedInAddress, TellsTheTokenOfAnItemFromTheWordsBesideIt) {
  EXPECT_THAT(item_tokens("https://www.youtube.com/watch?v=dQwXgWcQabc&t=3"), ElementsAre("dQwXgWcQabc"));
  EXPECT_THAT(item_tokens("yt:video:dQwXgWcQabc"), ElementsAre("dQwXgWcQabc"));
  EXPECT_THAT(item_tokens("https://www.reddit.com/r/wexcombe/comments/abcdef/my_title/"),
              ElementsAre("abcdef"));
  EXPECT_THAT(item_tokens("https://redd.it/abcdef"), ElementsAre("abcdef"));
  EXPECT_THAT(item_tokens("t3_abcdef#as-of-2026-01-01T00:00:00.000Z"), ElementsAre("abcdef"));
  EXPECT_THAT(item_tokens("https://town.example/comments/boiling-water/page"), IsEmpty());
}

TEST(NamedInAddress, TellsTheAccountThatAPageIsOf) {
  for (const auto* page : {"https://twitter.com/olwenh", "https://www.facebook.com/olwenh/?ref=1",
                           "https://social.example/users/olwenh", "https://old.reddit.com/user/olwenh/",
                           "https://www.linkedin.com/in/olwenh", "https://olwenh.tumblr.com/about"})
    EXPECT_EQ(account_of_address(page), "olwenh") << page;
  for (const auto* other :
       {"https://social.example/@olwenh", "https://town.example/news", "https://x.com/i/user/12",
        "https://x.com/", "did:plc:abcabc", "https://www.facebook.com/profile.php?id=77"})
    EXPECT_NE(account_of_address(other), "olwenh") << other;
  EXPECT_EQ(account_of_address("https://town.example/news"), "");
  EXPECT_EQ(account_of_address("https://www.facebook.com/profile.php?id=77"), "");
}

TEST(NamedInAddress, HasTheHostBare) {
  EXPECT_EQ(bare_host("https://olwen@www.harrow.example:8080/path"), "harrow.example");
  EXPECT_EQ(bare_host("harrow.example/path"), "");
  EXPECT_TRUE(is_everybodys_host("mobile.twitter.com"));
  EXPECT_FALSE(is_everybodys_host("notx.com"));
}

TEST(NamedInAddress, IsLookedForInTheOtherAddressesOfAnItem) {
  ReleaseDesk desk;
  auto film = desk.post("1", "olwen", "Olwen Harrow", "A film.");
  film.id = "yt:video:dQwXgWcQabc";
  film.url = "https://www.youtube.com/watch?v=dQwXgWcQabc";
  film.media = {{"https://i4.ytimg.com/vi/dQwXgWcQabc/hqdefault.jpg", "image", ""}};
  desk.add(film);
  auto answer = desk.post("2", "ben", "Ben", "I saw https://youtu.be/dQwXgWcQabc today.");
  answer.links = {"https://youtu.be/dQwXgWcQabc"};
  desk.add(answer);
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_THAT(support::shown(plan), Not(HasSubstr("dQwXgWcQabc")));
  EXPECT_THAT(field(plan, 2, "text").shown(), HasSubstr("today"));
}

TEST(NamedInAddress, IsLookedForWhereAnAccountIsNamedByItsPageOnly) {
  ReleaseDesk desk;
  auto comment = desk.post("1", "", "O.", "The water is brown.");
  comment.author = {"", "", "O.", "https://twitter.com/olwenh"};
  comment.id = comment.url = "https://town.example/news#comment-4";
  desk.add(comment);
  auto answer = desk.post("2", "ben", "Ben", "As @olwenh says, see https://x.com/olwenh please.");
  answer.links = {"https://x.com/olwenh/status/7"};
  answer.mentions = {"olwenh"};
  desk.add(answer);
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_THAT(support::shown(plan), Not(HasSubstr("olwenh")));
  EXPECT_THAT(field(plan, 2, "text").shown(), HasSubstr("says"));
}

TEST(NamedInAddress, IsATelephoneHoweverItIsGrouped) {
  ReleaseDesk desk;
  auto call = desk.post("1", "+44 7700 900123", "Olwen", "The water is brown.");
  call.author = {"", "+44 7700 900123", "Olwen", ""};
  call.platform = "contact";
  call.id = "phone/0123456789abcdef";
  call.url.clear();
  desk.add(call, {}, ledger::kind::kContact);
  desk.add(desk.post("2", "clerk", "Town Desk", "We rang 07700900123 and 07700-900 123 in vain."));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto shown = support::shown(support::plan_of(desk, typed));
  EXPECT_THAT(shown, Not(HasSubstr("900")));
  EXPECT_THAT(shown, HasSubstr("in vain"));
}

}  // namespace
}  // namespace muniment::foi
