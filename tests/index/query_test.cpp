#include "index/query.hpp"

#include <gtest/gtest.h>

#include <random>

namespace muniment::index {
namespace {

std::string reprinted(std::string_view text) {
  const auto query = parse_query(text);
  return query ? print_query(*query) : "refused: " + query.error().what;
}

TEST(Query, JoinsNeighboursByAnd) {
  EXPECT_EQ(reprinted("pothole mill"), "pothole mill");
  EXPECT_EQ(reprinted("pothole AND mill"), "pothole mill");
  EXPECT_EQ(reprinted("  pothole\t( mill   lane) "), "pothole mill lane");
}

TEST(Query, BindsAndTighterThanOr) {
  const auto query = parse_query("a b OR c");
  ASSERT_TRUE(query);
  ASSERT_EQ(query->kind, Node::Kind::kOr);
  EXPECT_EQ(query->parts[0].kind, Node::Kind::kAnd);
  EXPECT_EQ(reprinted("a (b OR c)"), "a (b OR c)");
  EXPECT_EQ(reprinted("(a b) OR c"), "a b OR c");
}

TEST(Query, TakesMinusAndNotAlike) {
  EXPECT_EQ(reprinted("gritting -snow"), "gritting NOT snow");
  EXPECT_EQ(reprinted("gritting NOT snow"), "gritting NOT snow");
  EXPECT_EQ(reprinted("-(a b)"), "NOT (a b)");
  EXPECT_EQ(reprinted("NOT NOT a"), "a");
  EXPECT_EQ(reprinted("NOT platform:mastodon"), "NOT platform:mastodon");
  EXPECT_EQ(reprinted("well-kept a - b"), "well-kept a \"-\" b");
}

TEST(Query, ReadsPhrasesAndBeginnings) {
  const auto query = parse_query("\"mill lane\" pot* \"say \"\"no\"\"\"*");
  ASSERT_TRUE(query);
  EXPECT_EQ(query->parts[0].text, "mill lane");
  EXPECT_TRUE(query->parts[1].prefix);
  EXPECT_EQ(query->parts[2].text, "say \"no\"");
  EXPECT_TRUE(query->parts[2].prefix);
}

TEST(Query, KeepsOperatorsThatAreQuotedOrInSmallLettersAsWords) {
  EXPECT_EQ(reprinted("\"OR\" or and not"), "\"OR\" or and not");
  EXPECT_EQ(reprinted("\"from:x\""), "\"from:x\"");
}

TEST(Query, ReadsFiltersWithTheirValues) {
  EXPECT_EQ(reprinted("from:\"Jane Clerk\" tag:roads"), "from:\"Jane Clerk\" tag:roads");
  EXPECT_EQ(reprinted("http://town.example/a"), "http://town.example/a");
  const auto query = parse_query("on:2026-03");
  ASSERT_TRUE(query);
  EXPECT_EQ(query->date.year, 2026);
  EXPECT_EQ(query->date.month, 3U);
  EXPECT_EQ(query->date.day, 0U);
}

TEST(Query, TakesFiltersPlatformsAndStatesInAnyCase) {
  EXPECT_EQ(print_query(*parse_query("From:Jane IS:Current Platform:Mastodon SOURCE:Town")),
            "from:Jane is:current platform:mastodon source:Town");
  EXPECT_EQ(print_query(*parse_query("\"From:jane\"")), "\"From:jane\"") << "in quotes it is text";
}

TEST(Query, SaysWhereAndWhyItRefuses) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "empty"},
      {"   ", "empty"},
      {"pothole \"mill", "character 9"},
      {"(a", "bracket is not closed at character 1"},
      {"a)", "closing bracket"},
      {"()", "a word is missing at character 2"},
      {"a OR", "OR has nothing behind it at character 3"},
      {"OR a", "a word is missing at character 1"},
      {"AND a", "AND has nothing before it"},
      {"a AND", "AND has nothing behind it"},
      {"NOT", "NOT has nothing behind it"},
      {"is:lost", "there is no is:lost at character 1"},
      {"after:2026-13", "\"2026-13\" is not a date at character 1"},
      {"after:2026-02-30", "is not a date"},
      {"on:26", "is not a date"},
      {"from:", "from: has no value"},
      {"\xff", "UTF-8"},
  };
  for (const auto& [text, part] : cases) {
    const auto query = parse_query(text);
    ASSERT_FALSE(query) << text;
    EXPECT_EQ(query.error().code, Code::kInvalid) << text;
    EXPECT_NE(query.error().what.find(part), std::string::npos) << text << ": " << query.error().what;
    EXPECT_FALSE(query.error().hint.empty()) << text;
  }
}

TEST(Query, BoundsLengthTermsAndDepth) {
  EXPECT_TRUE(parse_query(std::string(kMostQueryBytes, 'a')));
  EXPECT_FALSE(parse_query(std::string(kMostQueryBytes + 1, 'a')));
  std::string terms;
  for (std::size_t i = 0; i < kMostTerms; ++i) terms += "a ";
  EXPECT_TRUE(parse_query(terms));
  EXPECT_FALSE(parse_query(terms + "a"));
  EXPECT_TRUE(parse_query(std::string(kMostDepth - 1, '(') + "a" + std::string(kMostDepth - 1, ')')));
  EXPECT_FALSE(parse_query(std::string(kMostDepth, '(') + "a" + std::string(kMostDepth, ')')));
  EXPECT_FALSE(parse_query(std::string(2000, '(')));
  EXPECT_FALSE(parse_query(std::string(2000, '-') + "a"));
}

TEST(Query, PrintsWhatReadsBackAsTheSame) {
  const char* const pieces[] = {"a",          "b*",      "\"c d\"", "(",  ")",          "OR",
                                "AND",        "NOT ",    "-",       "\"", "is:deleted", "from:\"x y\"",
                                "after:2026", "\"AND\"", "tag:z",   ":",  "*",          "é"};
  std::mt19937 random(7);
  int read = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::size_t n = 1 + random() % 8; n > 0; --n) {
      text += pieces[random() % std::size(pieces)];
      if (random() % 3 != 0) text += ' ';
    }
    const auto query = parse_query(text);
    if (!query) continue;
    ++read;
    const auto once = print_query(*query);
    const auto again = parse_query(once);
    ASSERT_TRUE(again) << text << " gave " << once << ": " << again.error().what;
    ASSERT_EQ(print_query(*again), once) << text;
  }
  EXPECT_GT(read, 3'000);
}

}  // namespace
}  // namespace muniment::index
