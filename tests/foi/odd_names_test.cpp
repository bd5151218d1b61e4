#include "foi/odd_names.hpp"

#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

// Is a text doubted that says this, when the name is withheld?
bool doubted(const std::string& name, const std::string& text, const std::string& other_name = "Ben") {
  support::ReleaseDesk desk;
  desk.add(desk.post("1", "olwenh", name, "Good morning."));
  desk.add(desk.post("2", "ben", other_name, text));
  Request typed;
  typed.redact = {"1:author.*:*=s40(2)"};
  const auto plan = support::plan_of(desk, typed);
  return support::has(plan.doubtful, 2, "text") || support::has(plan.doubtful, 2, "author.name");
}

TEST(OddNames, AreDoubtedWhereTheyStandAlone) {
  EXPECT_TRUE(doubted("K", "Yesterday K was ill."));
  EXPECT_TRUE(doubted("K.", "Yours, K"));
  EXPECT_TRUE(doubted("47", "I saw 47 there"));
  EXPECT_TRUE(doubted("***", "It was *** again"));
  EXPECT_TRUE(doubted("._.", "said ._."));
  EXPECT_TRUE(doubted("K", "Good evening.", "K"));
  EXPECT_TRUE(doubted("A", "Good evening,\nA"));
}

TEST(OddNames, AreFoundInBoundedTimeAmongMany) {
  Plan plan;
  const auto add = [&](const std::string& name, const std::string& value, const std::string& code) {
    auto& entry = plan.entries.emplace_back();
    entry.entry.seq = plan.entries.size();
    records::BodyBuilder body;
    body.add_text(name, value);
    entry.fields.emplace_back().field = body.build().front();
    if (!code.empty()) entry.fields.front().ask(code);
  };
  for (int i = 1000; i < 6000; ++i) add("author.name", std::to_string(i), "s40(2)");
  for (int i = 0; i < 200; ++i)
    add("summary", "It was not the only one of them " + std::string(900, '-'), {});
  add("summary", "It was 5999 again", {});
  doubt_odd_names(plan);
  ASSERT_EQ(plan.doubtful.size(), 1U);
  EXPECT_EQ(plan.doubtful[0].seq, 5201U);
}

TEST(OddNames, AreNotDoubtedInsideOfOtherWords) {
  EXPECT_FALSE(doubted("K", "the K9 unit, a kilo, k"));
  EXPECT_FALSE(doubted("s", "It’s Ben's."));
  EXPECT_FALSE(doubted("A", "A dog is a dog."));
  EXPECT_FALSE(doubted("***", "It is ****ed"));
  EXPECT_FALSE(doubted("-", "It is - so to say - late."));
  EXPECT_FALSE(doubted("47", "the 470 of 1947"));
}

}  // namespace
}  // namespace muniment::foi
