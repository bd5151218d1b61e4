#include "bundle/needles.hpp"

#include <gtest/gtest.h>

namespace muniment::bundle {
namespace {

Needles needles(std::vector<std::string> words, NeedleKind kind = NeedleKind::kWords,
                const std::string& shown = {}) {
  std::vector<Needle> out;
  for (auto& word : words) out.push_back({kind, std::move(word), "record 1, field text"});
  Needles made(std::move(out));
  made.allow(shown);
  return made;
}

TEST(Needles, LookForMoreWithAnotherWordOrAnotherSpelling) {
  const auto one = needles({"Achterberg"});
  EXPECT_FALSE(one.looks_for_more_than(one));
  EXPECT_FALSE(needles({"ACHTERBERG"}).looks_for_more_than(one));
  EXPECT_TRUE(needles({"Achterberg", "leukaemia"}).looks_for_more_than(one));
  EXPECT_FALSE(one.looks_for_more_than(needles({"Achterberg", "leukaemia"})));
  EXPECT_TRUE(needles({"Zoë"}).looks_for_more_than(needles({"Zoë"}, NeedleKind::kWords, "Zoe")));
}

TEST(Needles, LookForMoreWhenAWordIsShownNoLonger) {
  const auto shown = needles({"Achterberg"}, NeedleKind::kWords, "So says Achterberg.");
  EXPECT_TRUE(needles({"Achterberg"}).looks_for_more_than(shown));
  EXPECT_FALSE(shown.looks_for_more_than(needles({"Achterberg"})));
  const auto in_addresses = needles({"support"}, NeedleKind::kHandle, "Thanks for your support.");
  EXPECT_TRUE(needles({"support"}, NeedleKind::kHandle).looks_for_more_than(in_addresses));
  EXPECT_FALSE(in_addresses.looks_for_more_than(needles({"support"}, NeedleKind::kHandle)));
}

TEST(Needles, GoOnLookingForAnAccountAfterAnAtThatIsCalledLikePartOfAnAddress) {
  auto made = needles({"harrow"}, NeedleKind::kHandle, "records.example/harrow/1");
  made.allow("the harrow");
  EXPECT_TRUE(made.find_words("records.example/harrow/1, the harrow").empty());
  EXPECT_FALSE(made.find_words("ask @harrow").empty());
  EXPECT_TRUE(needles({"harrow"}, NeedleKind::kHandle).looks_for_more_than(made));
  EXPECT_FALSE(made.looks_for_more_than(needles({"harrow"}, NeedleKind::kHandle)));
  made.allow("ask @harrow");
  EXPECT_TRUE(made.find_words("ask @harrow").empty());
}

TEST(Needles, LookForMoreWithAnotherNumber) {
  const auto one = needles({"07700 900123"});
  EXPECT_TRUE(needles({"07700 900124"}).looks_for_more_than(one));
  EXPECT_FALSE(needles({"07700 900123"}).looks_for_more_than(one));
  EXPECT_TRUE(one.looks_for_more_than(needles({"07700 900123"}, NeedleKind::kWords, "+44 7700 900123")));
}

TEST(Needles, TellOfTheFirstPlaceWhereAnAccountIsWithheld) {
  const Needles made({{NeedleKind::kWords, "olwen", "field text"},
                      {NeedleKind::kHandle, "olwen", "field author.handle"},
                      {NeedleKind::kHandle, "olwen", "field url"}});
  const auto found = made.find_words("@olwen");
  ASSERT_FALSE(found.empty());
  for (const auto& match : found) EXPECT_EQ(made[match.needle].from, "field author.handle");
}

}  // namespace
}  // namespace muniment::bundle
