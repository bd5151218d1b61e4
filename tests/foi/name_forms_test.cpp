#include "foi/name_forms.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using support::ReleaseDesk;

std::vector<std::string> forms_of(std::string_view name, bool person) {
  std::vector<bundle::Needle> needles;
  add_name_forms(name, person, "here", needles);
  std::vector<std::string> out;
  for (const auto& needle : needles) out.push_back(needle.value);
  std::ranges::sort(out);
  return out;
}

TEST(NameForms, AreWithoutTitleAndMiddleAndTheLastWordFirst) {
  using Forms = std::vector<std::string>;
  EXPECT_EQ(forms_of("Tobias Achterberg", true), (Forms{"Achterberg Tobias", "Tobias Achterberg"}));
  EXPECT_EQ(forms_of("Dr. Tobias J. O'Brien", false),
            (Forms{"O'Brien Tobias", "O'Brien Tobias J", "Tobias J O'Brien", "Tobias O'Brien"}));
  EXPECT_EQ(forms_of("tobias achterberg", true).size(), 2U) << "the field says that it is a name";
}

TEST(NameForms, AreNoneOfWhatIsNoNameOfSeveralWords) {
  for (const auto* text : {"Mr Kestrel", "", "  ", "14 Mill Lane", "the brown water", "李小龙", "Unit 7"})
    EXPECT_TRUE(forms_of(text, false).empty()) << text;
  EXPECT_TRUE(forms_of("Wexcombe Town Council", true).empty()) << "its words stand side by side by chance";
  EXPECT_TRUE(forms_of("a b c d e f g h i j", true).empty());
}

TEST(NameForms, AreWithoutWhatPeoplePutBesideTheirNames) {
  for (const auto* name : {"Amy Pike (she/her)", "Amy Pike | Plumber", "Amy Pike 🌻", "Amy 🌻 Pike",
                           "Amy Pike #FBPE", "Amy Pike MP", "Amy Pike – Artist"}) {
    const auto forms = forms_of(name, true);
    EXPECT_NE(std::ranges::find(forms, "Amy Pike"), forms.end()) << name;
  }
  EXPECT_TRUE(forms_of("Amy 🌻 Pike", false).empty()) << "in a text these may be two people";
}

TEST(NameForms, AreWithUmlautsAndWithout) {
  EXPECT_EQ(umlaut_forms("Müller"), std::vector<std::string>{"Mueller"});
  EXPECT_EQ(umlaut_forms("Mueller"), std::vector<std::string>{"Müller"});
  EXPECT_TRUE(umlaut_forms("Harrow").empty());
  ReleaseDesk desk;
  desk.add(desk.post("1", "k77", "Käthe Müller", "Good morning."));
  auto other = desk.post("2", "ben", "Ben", "So says Kaethe Mueller, or Kathe Muller.");
  other.tags = {"mueller"};
  desk.add(other);
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto left = support::shown(support::plan_of(desk, typed));
  for (const auto* word : {"Mueller", "Muller", "mueller", "Kaethe"})
    EXPECT_EQ(left.find(word), std::string::npos) << word;
}

TEST(NameForms, AreWithheldWhereverTheyStand) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "t_a", "Dr Tobias Johan Achterberg", "Good morning."));
  desk.add(desk.post("2", "ben", "Ben", "List: ACHTERBERG, Tobias (b. 1984); Amy."));
  desk.add(desk.post("3", "cat", "Cat", "so tobias achterberg is back"));
  desk.add(desk.post("4", "dan", "Dan", "See https://list.example/achterberg-tobias.html now."));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  const auto left = support::shown(plan);
  for (const auto* word : {"ACHTERBERG", "achterberg", "Tobias", "tobias"})
    EXPECT_EQ(left.find(word), std::string::npos) << word;
  for (const auto* word : {"; Amy.", "is back", "now."})
    EXPECT_NE(left.find(word), std::string::npos) << word;
}

TEST(NameForms, AreThoseOfANameInALongerPassageToo) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "amy", "Amy", "It was Tom Kestrel who shouted at me in the Town Hall."));
  desk.add(desk.post("2", "ben", "Ben", "Kestrel, Tom: statement."));
  Request typed;
  typed.redact = {"1:text:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  EXPECT_EQ(support::field(plan, 2, "text").shown().find("Kestrel"), std::string::npos);
}

}  // namespace
}  // namespace muniment::foi
