#include "foi/slipped_names.hpp"

#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

bool found(const std::string& name, const std::string& text) {
  const SlippedNames names({{bundle::NeedleKind::kWords, name, "record 1, field author.name"}});
  return names.find(text, [](const bundle::Word&) { return true; }).has_value();
}

TEST(SlippedNames, AreOneSlipAway) {
  for (const auto* slip :
       {"Achtenberg", "Achterbeg", "Achterbergg", "Acthterberg", "Achtebrerg", "Achterbrg"})
    EXPECT_TRUE(found("Achterberg", std::string("ask ") + slip + " please")) << slip;
  for (const auto* other : {"Achterberg", "Bchterberg", "Achtenburg", "Achter", "berg", "Sachterberg"})
    EXPECT_FALSE(found("Achterberg", other)) << other;
  EXPECT_FALSE(found("Harrow", "Barrow Harow")) << "short names meet by chance";
}

TEST(SlippedNames, AreReadThroughDigits) {
  for (const auto* text : {"Sm1th", "5mith", "SM17H", "ask sm1th_"})
    EXPECT_TRUE(found("Smith", text)) << text;
  EXPECT_TRUE(found("Pell", "P3ll"));
  EXPECT_TRUE(found("Pell", "Pe1l"));
  for (const auto* text : {"Sm2th", "Smith", "51", "Sm1ths"}) EXPECT_FALSE(found("Smith", text)) << text;
}

TEST(SlippedNames, AreDoubtedInTexts) {
  support::ReleaseDesk desk;
  desk.add(desk.post("1", "t_a", "Tobias Achterberg", "Good morning."));
  desk.add(desk.post("2", "ben", "Ben", "Mr Achtenberg is ill."));
  desk.add(desk.post("3", "cat", "Cat", "T0bias is ill."));
  desk.add(desk.post("4", "dan", "Dan", "Somebody is ill."));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_TRUE(support::has(plan.doubtful, 2, "text"));
  EXPECT_TRUE(support::has(plan.doubtful, 3, "text"));
  EXPECT_FALSE(support::has(plan.doubtful, 4, "text"));
}

TEST(SlippedNames, AreFoundInBoundedTimeAmongManyAlike) {
  std::vector<bundle::Needle> many;
  for (int i = 0; i < 2000; ++i)
    many.push_back({bundle::NeedleKind::kWords,
                    "Acht" +
                        std::string{static_cast<char>('a' + i % 26), static_cast<char>('a' + i / 26 % 26),
                                    static_cast<char>('a' + i / 676)} +
                        "berg",
                    "record 1, field author.name"});
  const SlippedNames names(many);
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "Achtxyxyberg ";
  EXPECT_FALSE(names.find(text, [](const bundle::Word&) { return true; }));
}

}  // namespace
}  // namespace muniment::foi
