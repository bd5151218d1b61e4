#include "foi/planned.hpp"

#include <gtest/gtest.h>

#include "records/body.hpp"

namespace muniment::foi {
namespace {

PlannedField text(const std::string& words) {
  records::BodyBuilder body;
  body.add_text("text", words);
  PlannedField out;
  out.field = body.build().front();
  return out;
}

TEST(Planned, JoinsTheExemptionsThatAreAskedForTheSameWords) {
  auto planned = text("one two three four");
  planned.ask("s40(2)");
  planned.ask("s41");
  EXPECT_EQ(planned.whole, "s40(2);s41");
  planned.ask("s41");
  EXPECT_EQ(planned.whole, "s40(2);s41") << "each once";
}

TEST(Planned, KeepsEachWordsExemptionsInWhicheverOrderTheyAreAskedFor) {
  auto first = text("one two three four");
  first.ask("s41");
  first.ask(1, "s38");
  auto last = text("one two three four");
  last.ask(1, "s38");
  last.ask("s41");
  for (const auto* planned : {&first, &last}) {
    EXPECT_EQ(ranges_text(*planned, "s41"), "0,2-3");
    EXPECT_EQ(ranges_text(*planned, "s38;s41"), "1");
    EXPECT_TRUE(planned->shows_nothing());
  }
}

TEST(Planned, JoinsThemWhereRangesOverlap) {
  auto planned = text("one two three four");
  for (const std::size_t s : {0U, 1U, 2U}) planned.ask(s, "s40(2)");
  for (const std::size_t s : {2U, 3U}) planned.ask(s, "s41");
  EXPECT_EQ(ranges_text(planned, "s40(2)"), "0-1");
  EXPECT_EQ(ranges_text(planned, "s40(2);s41"), "2");
  EXPECT_EQ(ranges_text(planned, "s41"), "3");
}

TEST(Planned, VisitsTheSegmentsThatHoldAnyOfTheBytes) {
  PlannedEntry entry;
  entry.fields = {text("one two three "), text("four five")};
  const std::vector<std::size_t> parts = {0, 1};
  const auto visited = [&](std::size_t begin, std::size_t end) {
    std::string out;
    each_segment(entry, parts, begin, end, [&](PlannedField& planned, std::size_t s) {
      out += "[" + std::string(records::segment(planned.field, s)) + "]";
    });
    return out;
  };
  EXPECT_EQ(visited(0, 3), "[one ]");
  EXPECT_EQ(visited(3, 5), "[one ][two ]");
  EXPECT_EQ(visited(4, 8), "[two ]");
  EXPECT_EQ(visited(8, 16), "[three ][four ]");
  EXPECT_EQ(visited(14, 23), "[four ][five]");
  EXPECT_EQ(visited(23, 30), "");
}

TEST(Planned, WithholdsTheWordsOfALongTextOneByOneInBoundedTime) {
  constexpr std::size_t kWords = 60'000;
  std::string words;
  for (std::size_t i = 0; i < kWords; ++i) words += "one ";
  records::BodyBuilder body;
  body.add_text("text", words);
  PlannedEntry entry;
  for (auto& field : body.build()) entry.fields.emplace_back().field = std::move(field);
  const auto parts = parts_of(entry, "text");
  ASSERT_GT(parts.size(), 1U);
  for (std::size_t i = 0; i < kWords; ++i)
    each_segment(entry, parts, 4 * i, 4 * i + 3,
                 [](PlannedField& planned, std::size_t s) { planned.follow(s, "s40(2)"); });
  for (const auto& planned : entry.fields) EXPECT_EQ(planned.whole, "s40(2)");
}

TEST(Planned, ChangesNothingThatWasAskedWhenMoreFollows) {
  auto planned = text("one two three four");
  planned.ask(1, "s38");
  planned.follow("s40(2)");
  EXPECT_EQ(ranges_text(planned, "s38"), "1");
  EXPECT_EQ(ranges_text(planned, "s40(2)"), "0,2-3");
  planned.follow(1, "s41");
  EXPECT_EQ(ranges_text(planned, "s38"), "1");
}

}  // namespace
}  // namespace muniment::foi
