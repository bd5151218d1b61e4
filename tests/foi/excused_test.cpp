#include "foi/excused.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using testing::ElementsAre;

// "record field: what" of each word that a preview names.
std::vector<std::string> excused(support::ReleaseDesk& desk, std::vector<std::string> redact) {
  Request typed;
  typed.redact = std::move(redact);
  const auto preview = desk.preview(typed);
  std::vector<std::string> out;
  if (preview)
    for (const auto& remark : preview->plan.excused)
      out.push_back(std::to_string(remark.seq) + " " + remark.field + ": " + remark.what);
  return out;
}

TEST(Excused, WordsAreNamedByTheirPlacesNeverByThemselves) {
  support::ReleaseDesk desk;
  desk.add(desk.post("1", "oh77", "Olwen Harrow", "Good morning."));
  desk.add(desk.post("2", "ben", "Ben", "The harrow is broken."));
  EXPECT_THAT(excused(desk, {"1:author.*:*=s40(2)"}),
              ElementsAre("1 author.name: word 1 is shown in record 2, field text, word 1"));
}

TEST(Excused, WordsOfTheBundleItselfAreSaidToBeSo) {
  support::ReleaseDesk desk;
  desk.add(desk.post("1", "oh77", "Olwen Wexcombe N", "Good morning."));
  desk.add(desk.post("2", "ben", "Ben", "Good evening."));
  EXPECT_THAT(
      excused(desk, {"1:author.*:*=s40(2)"}),
      ElementsAre("1 author.name: word 1 is said by the bundle itself: the name of the authority or the log, "
                  "a number or a date"));
}

TEST(Excused, WordsOfAPassageAreNamedWhereTheyTellSomething) {
  support::ReleaseDesk desk;
  desk.add(desk.post("1", "ann", "Ann", "My son has leukaemia, and nobody in this town cares for him."));
  desk.add(desk.post("2", "ben", "Ben", "We collect for leukaemia in this town."));
  EXPECT_THAT(excused(desk, {"1:text:*=s40(2)"}),
              ElementsAre("1 text: word 3 is shown in record 2, field text, word 3"));
}

TEST(Excused, NothingIsWhereNothingIsShown) {
  support::ReleaseDesk desk;
  desk.add(desk.post("1", "oh77", "Olwen Harrow", "Good morning."));
  desk.add(desk.post("2", "ben", "Ben", "Good evening."));
  EXPECT_THAT(excused(desk, {"1:author.*:*=s40(2)"}), testing::IsEmpty());
}

}  // namespace
}  // namespace muniment::foi
