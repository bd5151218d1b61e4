#include "foi/asked.hpp"

#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

TEST(Asked, TheAuthorOfWhatIsSaidToBeGoneIsWithheldAsAnAuthor) {
  support::ReleaseDesk desk;
  desk.add(desk.post("1", "unapell", "Una Pell", "The pump is broken."));
  records::BodyBuilder gone;
  gone.add("platform", "mastodon").add("id", "a-post-of-hers").add("of", "1").add("says", "deleted");
  gone.add("by", "68401342");
  ASSERT_TRUE(desk.ledger.appender().append({std::string(ledger::kind::kReported), gone.build()}));
  Request typed;
  typed.records = {"2"};
  typed.withhold = {"author.*=s40(2)"};
  const auto made = desk.disclose(typed);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  EXPECT_TRUE(support::field(made->plan, 2, "by").shows_nothing());
  EXPECT_TRUE(support::field(made->plan, 2, "says").shown_whole());
}

TEST(Asked, ARedactionByNumbersReachesOverThePartsOfALongText) {
  std::string words;
  for (int i = 0; i < 700; ++i) words += "word" + std::to_string(i) + " ";
  support::ReleaseDesk desk;
  desk.add(desk.post("1", "ben", "Ben", words));
  Request typed;
  typed.redact = {"1:text:200-600=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  const auto shown = support::shown(plan);
  for (const auto* word : {"word199 ", "word601 "}) EXPECT_NE(shown.find(word), std::string::npos) << word;
  for (const auto* word : {"word200", "word255", "word256", "word300", "word512", "word600"})
    EXPECT_EQ(shown.find(word), std::string::npos) << word;
}

}  // namespace
}  // namespace muniment::foi
