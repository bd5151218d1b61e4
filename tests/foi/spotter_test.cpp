#include "foi/spotter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "support/temp_folder.hpp"

namespace muniment::foi {
namespace {

using testing::Contains;
using testing::HasSubstr;

Spotter english() {
  auto spotter = Spotter::parse(support::contents(MUNIMENT_SOURCE_DIR "/schema/spotter-en.toml"));
  if (!spotter) throw std::runtime_error(spotter.error().what);
  return *std::move(spotter);
}

Spotter with(const std::string& phrase, const std::string& words = {}) {
  auto spotter = Spotter::parse(
      "language = \"en\"\nthreshold = 1\n[words]\nthing = [\"record\", \"how many\"]\n" + words +
      "[[rule]]\nid = \"r\"\nsays = \"s\"\nweight = 1\nphrases = [\"" + phrase + "\"]\n");
  if (!spotter) throw std::runtime_error(spotter.error().what);
  return *std::move(spotter);
}

bool finds(const std::string& phrase, const std::string& text) {
  return with(phrase).look_at(text).possible;
}

TEST(Spotter, KnowsWordsChoicesBeginningsListsAndPairs) {
  EXPECT_TRUE(finds("please send", "PLEASE send it"));
  EXPECT_FALSE(finds("please send", "please do send it"));
  EXPECT_TRUE(finds("give|send me", "Send me"));
  EXPECT_TRUE(finds("inspect*", "It was inspected."));
  EXPECT_FALSE(finds("inspect", "It was inspected."));
  EXPECT_TRUE(finds("a @thing", "a record"));
  EXPECT_TRUE(finds("@thing were", "How many were there"));
  EXPECT_TRUE(finds("i'd like", "I’d like"));
  EXPECT_TRUE(finds("id like", "I'd like"));
}

TEST(Spotter, AStretchStaysWithinASentenceAndIsShort) {
  EXPECT_TRUE(finds("send ... record", "send me the whole long record"));
  EXPECT_TRUE(finds("send ... record", "send record"));
  EXPECT_FALSE(finds("send ... record", "Send it. Record"));
  EXPECT_FALSE(finds("send ... record", "send a b c d e f g h i record"));
  EXPECT_TRUE(finds("how ... ?", "how was that?"));
  EXPECT_FALSE(finds("how ... ?", "how was that. Well?"));
}

TEST(Spotter, SaysWhy) {
  const auto rules = english();
  const auto spotted = rules.look_at("Under the Freedom of Information Act please send me the report.");
  EXPECT_TRUE(spotted.possible);
  std::vector<std::string> ids;
  for (const auto* reason : spotted.reasons) {
    ids.push_back(reason->id);
    EXPECT_FALSE(reason->says.empty());
  }
  EXPECT_THAT(ids, Contains("names-the-law"));
}

TEST(Spotter, RefusesRulesThatCannotBeRead) {
  const auto says = [](const std::string& toml) {
    const auto spotter = Spotter::parse(toml);
    return spotter ? std::string() : spotter.error().what;
  };
  const std::string head = "language = \"en\"\nthreshold = 3\n";
  EXPECT_THAT(says(head + "[[rule"), HasSubstr("line 3"));
  EXPECT_THAT(says(head), HasSubstr("any rule"));
  const std::string rule = "[[rule]]\nid = \"x\"\nsays = \"y\"\nweight = 1\n";
  EXPECT_THAT(says(head + rule), HasSubstr("x has no phrases"));
  EXPECT_THAT(says(head + rule + "phrases = [\"@nowhere\"]"), HasSubstr("no list of words called @nowhere"));
  EXPECT_THAT(says(head + rule + "phrases = [\"... a\"]"), HasSubstr("begins with a stretch"));
  EXPECT_THAT(says(head + rule + "phrases = [\"a ... b ... c ... d ... e\"]"), HasSubstr("too many places"));
}

TEST(Spotter, TakesHostileTextWithoutLosingItsTime) {
  const auto rules = english();
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "please send could you ";
  EXPECT_FALSE(rules.look_at(text).reasons.empty());
  EXPECT_FALSE(rules.look_at(std::string(1 << 20, '?')).possible);
  EXPECT_FALSE(rules.look_at("\xff\xfe\x80").possible);
  EXPECT_FALSE(rules.look_at("").possible);
}

struct Counts {
  int right = 0, missed = 0, wrong = 0, left = 0;
  void add(bool is_one, bool found) {
    if (is_one)
      ++(found ? right : missed);
    else
      ++(found ? wrong : left);
  }
  double precision() const { return right + wrong == 0 ? 0 : static_cast<double>(right) / (right + wrong); }
  double recall() const { return right + missed == 0 ? 0 : static_cast<double>(right) / (right + missed); }
};

void print(const char* title, const Counts& counts) {
  std::printf("%-24s %3d items  precision %.2f  recall %.2f  (found %d of %d; %d found wrongly)\n", title,
              counts.right + counts.missed + counts.wrong + counts.left, counts.precision(), counts.recall(),
              counts.right, counts.right + counts.missed, counts.wrong);
}

// The figures are for reading: those of the half that the rules were not fitted to say more.  One and the
// same hand invented the items and wrote the rules, so that real items will do worse.  What is asserted is
// only that the rules do something at all.
TEST(Spotter, PrintsItsPrecisionAndRecallOnTheLabelledItems) {
  const auto rules = english();
  std::ifstream file(MUNIMENT_SOURCE_DIR "/tests/foi/spotter_items.tsv");
  std::map<std::string, Counts> halves;
  Counts all;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    const auto first = line.find('\t'), second = line.find('\t', first + 1);
    ASSERT_NE(second, std::string::npos) << line;
    const bool is_one = line.substr(0, first) == "yes";
    const auto half = line.substr(first + 1, second - first - 1);
    const auto spotted = rules.look_at(line.substr(second + 1));
    halves[half].add(is_one, spotted.possible);
    all.add(is_one, spotted.possible);
    if (is_one != spotted.possible)
      std::printf("  %s (%s, score %d): %s\n", is_one ? "missed" : "found wrongly", half.c_str(),
                  spotted.score, line.substr(second + 1).c_str());
  }
  print("fitted to", halves["seen"]);
  print("not fitted to", halves["unseen"]);
  ASSERT_GE(all.right + all.missed, 100);
  ASSERT_GE(all.wrong + all.left, 100);
  EXPECT_GT(all.precision(), 0.6);
  EXPECT_GT(all.recall(), 0.4);
}

}  // namespace
}  // namespace muniment::foi
