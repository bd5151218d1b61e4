#include "foi/decision.hpp"

#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

PlannedField field(const std::string& name, const std::string& value) {
  PlannedField out;
  out.field.name = name;
  out.field.value = value;
  return out;
}
PlannedField withheld(const std::string& name, const std::string& value = "x") {
  auto out = field(name, value);
  out.whole = "s40(2)";
  return out;
}
PlannedField in_part(const std::string& name, std::vector<std::string> codes) {
  auto out = field(name, "x");
  out.parts = std::move(codes);
  return out;
}

Decision decision(std::vector<PlannedField> fields) {
  PlannedEntry entry;
  entry.fields = std::move(fields);
  return decision_of(entry);
}

TEST(Decision, OfWhichNothingIsWithheldIsShownInFull) {
  EXPECT_EQ(decision({field("platform", "town"), field("text", "Good morning.")}), Decision::kFull);
}

TEST(Decision, WithAWordOrANameLeftIsShownInPart) {
  EXPECT_EQ(decision({field("author.name", "Ottoline"), withheld("raw"), withheld("text")}), Decision::kPart);
  EXPECT_EQ(decision({withheld("raw"), in_part("text", {"s40(2)", ""})}), Decision::kPart);
  EXPECT_EQ(decision({withheld("author.name"), withheld("text.0000"), field("text.0001", "more")}),
            Decision::kPart);
}

TEST(Decision, WithoutAWordOrANameIsWithheldWhateverElseIsShown) {
  EXPECT_EQ(decision({withheld("author.name"), field("platform", "town"), field("posted", "2026-09-20"),
                      withheld("raw"), field("summary", ""), withheld("text")}),
            Decision::kWithheld);
  EXPECT_EQ(decision({field("platform", "town"), in_part("text", {"s40(2)", "s41"})}), Decision::kWithheld);
}

TEST(Decision, OfARecordWithoutWordsIsWithheldWhenAllOfItIs) {
  EXPECT_EQ(decision({field("status", "404"), withheld("words")}), Decision::kPart);
  EXPECT_EQ(decision({withheld("status"), withheld("words")}), Decision::kWithheld);
}

TEST(Decision, IsTheSameOnThePage) {
  support::ReleaseDesk desk;
  desk.add(desk.post("1", "ottoline", "Ottoline Marsh", "Good morning."), R"({"id":"1"})");
  desk.add(desk.post("2", "amy", "Amy Rowantree", "Good evening to all."));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)", "1:text:*=s40(2)", "1:url:*=s40(2)", "1:id:*=s40(2)"};
  const auto made = desk.disclose(typed);
  ASSERT_TRUE(made.has_value()) << made.error().what;
  EXPECT_EQ(decision_of(made->plan.entries[1]), Decision::kWithheld);
  EXPECT_NE(desk.file("data/index.html").find("2 records: 1 shown in full, 0 shown in part, 1 withheld."),
            std::string::npos);
}

}  // namespace
}  // namespace muniment::foi
