#include "foi/selection.hpp"

#include <gtest/gtest.h>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

const std::string kId = "https://social.example/users/a:b/statuses/1";

Result<Selection> parse(const Request& typed) {
  return parse_selection(typed, support::uk_foia(), [](const std::string& id) -> Result<Seqs> {
    return id == kId ? Seqs{4, 9} : Seqs{};
  });
}

TEST(Selection, ReadsNumbersRangesAndItems) {
  const auto selection = parse({{"12,15-17", kId, "3," + kId}, {}, {}, {}});
  ASSERT_TRUE(selection.has_value()) << selection.error().what;
  EXPECT_EQ(selection->records, (Seqs{3, 4, 9, 12, 15, 16, 17}));
}

TEST(Selection, ReadsARedactionFromTheRight) {
  const auto selection =
      parse({{kId, "7"}, {}, {kId + ":text:3-5,9,4=s40(2)", "7:author.name:words=\"a=b: c\"=s41"}, {}});
  ASSERT_TRUE(selection.has_value()) << selection.error().what;
  EXPECT_EQ(selection->redact[0].records, (Seqs{4, 9}));
  EXPECT_EQ(selection->redact[0].field, "text");
  EXPECT_EQ(selection->redact[0].ranges, (Ranges{{3, 5}, {9, 9}}));
  EXPECT_EQ(selection->redact[0].code, "s40(2)");
  EXPECT_EQ(selection->redact[1].words, "a=b: c");
}

TEST(Selection, RefusesWhatCannotBeMeant) {
  for (const std::string redaction :
       {"", "7", "7:text", "7:text:3", "7:text:x=s40(2)", "7:text:5-3=s40(2)", "7:TEXT:3=s40(2)",
        "7:author.*:3=s40(2)", "8:text:3=s40(2)", "7:text:99999999999999999999=s40(2)", ":text:3=s40(2)"})
    EXPECT_FALSE(parse({{"7"}, {}, {redaction}, {}}).has_value()) << redaction;
  for (const std::string records : {"", "7-", "9-7", "0-99999999999", "-1", "18446744073709551616"})
    EXPECT_FALSE(parse({{records}, {}, {}, {}}).has_value()) << records;
  EXPECT_FALSE(parse({{"7"}, {"text"}, {}, {}}).has_value());
  EXPECT_FALSE(parse({{"7"}, {"Text=s40(2)"}, {}, {}}).has_value());
}

TEST(Selection, SaysThatQuotationMarksAreMissing) {
  for (const std::string words : {"Thank you", "see https://x", "\"Thank you", "“Thank you”", "\"\"", ""}) {
    const auto refused = parse({{"7"}, {}, {"7:text:words=" + words + "=s38"}, {}});
    ASSERT_FALSE(refused.has_value()) << words;
    EXPECT_EQ(refused.error().what, "the words to withhold do not stand between quotation marks") << words;
  }
  const auto id = parse({{"7"}, {}, {"at:words=x:text:y=s38"}, {}});
  ASSERT_FALSE(id.has_value());
  EXPECT_NE(id.error().what.find("not numbers"), std::string::npos);
}

TEST(Selection, NamesNearExemptionsWhenOneIsUnknown) {
  const auto unknown = parse({{"7"}, {"text=s40(9)"}, {}, {}});
  ASSERT_FALSE(unknown.has_value());
  EXPECT_NE(unknown.error().hint.find("s40(2)"), std::string::npos) << unknown.error().hint;
  EXPECT_EQ(unknown.error().hint.find("s41"), std::string::npos) << unknown.error().hint;
}

TEST(Selection, TakesALongTextForOneField) {
  EXPECT_TRUE(names_field("text", "text.0003"));
  EXPECT_TRUE(names_field("author.*", "author.name"));
  EXPECT_TRUE(names_field("raw", "raw.b64"));
  EXPECT_FALSE(names_field("id", "id.local"));
  EXPECT_FALSE(names_field("author.*", "authority"));
}

TEST(Regime, SpellsACodeOneWay) {
  const auto regime = support::uk_foia();
  for (const std::string typed : {"s40(2)", "40(2)", "S.40 (2)", "section 40(2)"})
    EXPECT_EQ(regime.code(typed).value_or("none"), "s40(2)") << typed;
  EXPECT_EQ(regime.code("36(2)(b)(ii)").value_or("none"), "s36(2)(b)(ii)");
  EXPECT_EQ(regime.title_of("s36(2)(b)(ii)"), "Prejudice to the effective conduct of public affairs");
  EXPECT_FALSE(regime.code("s99").has_value());
  EXPECT_FALSE(regime.code("").has_value());
  EXPECT_FALSE(Regime::parse("[regime\n").has_value());
  EXPECT_FALSE(Regime::parse("").has_value());
}

TEST(Selection, NamesTheRecordOfARedactionThatIsNotAmongTheRecords) {
  const auto selection = parse({{"7"}, {}, {"79:text:1=s40(2)"}, {}});
  ASSERT_FALSE(selection.has_value());
  EXPECT_NE(selection.error().what.find("record 79"), std::string::npos) << selection.error().what;
}

}  // namespace
}  // namespace muniment::foi
