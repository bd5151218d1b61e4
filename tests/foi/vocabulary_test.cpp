#include "foi/vocabulary.hpp"

#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using support::field;
using support::plan_of;
using support::ReleaseDesk;

TEST(Vocabulary, HasTheTitlesOfTheExemptionsUsed) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy", "These are trade secrets of somebody."));
  Request typed;
  typed.redact = {"1:text:words=\"trade secrets\"=s43(1)", "1:text:words=\"somebody\"=s40(2)"};
  EXPECT_EQ(field(plan_of(desk, typed), 1, "text").shown(), "These are \n\nof \n.");
}

TEST(Vocabulary, HasTheTimesThatAreShownAsThePagesWriteThem) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy", "At 10:00 on 20 September 2026 it burst."));  // and so it was posted
  Request typed;
  typed.redact = {"1:text:words=\"10:00\"=s40(2)", "1:text:words=\"20 September 2026\"=s40(2)"};
  EXPECT_EQ(field(plan_of(desk, typed), 1, "text").shown().find("2026"), std::string::npos);
}

TEST(Vocabulary, HasTheNameOfTheLawThatReferencesBegin) {
  ReleaseDesk desk;
  desk.occasion.request = "FOI-2026-7";
  desk.add(desk.post("1", "town", "Town Desk", "Thank you, Mr Freeman. Your FOI request is now under way."));
  Request typed;
  typed.redact = {"1:text:*=s40(2)"};
  EXPECT_TRUE(field(plan_of(desk, typed), 1, "text").shows_nothing());
}

}  // namespace
}  // namespace muniment::foi
