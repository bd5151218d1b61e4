#include "verify/decided_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muniment::verify {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::uint64_t kDecision = 1000;

class DecidedRecordsTest : public testing::Test {
 protected:
  DecidedRecordsTest() { add(0, "genesis"); }

  void add(std::uint64_t seq, const std::string& kind = "capture") {
    BundleEntry entry;
    entry.leaf.seq = seq;
    entry.leaf.kind = kind;
    bundle.entries.push_back(std::move(entry));
  }
  static BundleField field(const std::string& name, const std::string& value) {
    BundleField out;
    out.name = name;
    out.value = value;
    out.shown_in_full = true;
    return out;
  }
  // What is found when the decision at the end of the bundle shows this list.
  std::vector<std::string> findings(const std::string& records) {
    std::vector<std::string> words;
    const auto report = checked({field("records", records)});
    for (const auto& finding : report.findings()) words.push_back(finding.words);
    return words;
  }
  Report checked(std::vector<BundleField> fields) {
    Bundle whole = bundle;
    BundleEntry decision;
    decision.leaf.seq = kDecision;
    decision.leaf.kind = "disclosure";
    decision.fields = std::move(fields);
    whole.entries.push_back(std::move(decision));
    Report report;
    check_decided_records(whole, whole.entries.back(), report);
    return report;
  }

  Bundle bundle;
};

TEST_F(DecidedRecordsTest, TheRecordsDecidedOnAreSound) {
  for (const std::uint64_t seq : {5U, 7U, 8U, 9U}) add(seq);
  EXPECT_THAT(findings("5,7-9"), IsEmpty());
}

TEST_F(DecidedRecordsTest, ARecordThatWasLeftOutIsFoundWhereverItWas) {
  for (const std::uint64_t seq : {5U, 7U, 9U}) add(seq);
  EXPECT_THAT(findings("5,7-9"), ElementsAre(HasSubstr("record 8, not in the bundle")));
  EXPECT_THAT(findings("4-5,7,9"), ElementsAre(HasSubstr("record 4, ")));
  EXPECT_THAT(findings("5,7,9-11"), ElementsAre(HasSubstr("records 10-11, ")));
  EXPECT_THAT(findings("5-9"), ElementsAre(HasSubstr("record 6, "), HasSubstr("record 8, ")));
  EXPECT_THAT(findings("5,7,9,20-22,30"),
              ElementsAre(HasSubstr("records 20-22, "), HasSubstr("record 30, ")));
}

TEST_F(DecidedRecordsTest, ARecordThatWasPutInIsFound) {
  for (const std::uint64_t seq : {5U, 6U, 7U}) add(seq);
  EXPECT_THAT(findings("5,7"), ElementsAre(HasSubstr("put in after the decision")));
}

TEST_F(DecidedRecordsTest, AnchorsAndSearchesMayStandBesideThem) {
  add(5);
  add(300, "anchor");
  add(301, "search");
  EXPECT_THAT(findings("5"), IsEmpty());
}

TEST_F(DecidedRecordsTest, ASearchThatTheDecisionReliedOnMayNotBeTakenOut) {
  add(5);
  add(301, "search");
  EXPECT_TRUE(checked({field("records", "5"), field("searches", "301")}).findings().empty());
  const auto missing = checked({field("records", "5"), field("searches", "301-302")});
  ASSERT_EQ(missing.findings().size(), 1U);
  EXPECT_THAT(missing.findings()[0].words, HasSubstr("the search of entry 302, not in the bundle"));
  EXPECT_EQ(checked({field("records", "5"), field("searches", "x")}).findings().size(), 1U);
  EXPECT_EQ(checked({field("records", "5"), field("searches", "5,301")}).findings().size(), 1U);  // a capture
  auto hidden = field("searches", "");
  hidden.shown_in_full = false;
  EXPECT_EQ(checked({field("records", "5"), hidden}).not_checked().size(), 1U);
}

TEST_F(DecidedRecordsTest, ADecisionThatNamesSearchesAloneIsAboutNoRecord) {
  add(301, "search");
  EXPECT_TRUE(checked({field("searches", "301")}).findings().empty());
  EXPECT_TRUE(checked({field("searches", "301")}).not_checked().empty());
  add(5);
  const auto more = checked({field("searches", "301")});
  ASSERT_EQ(more.findings().size(), 1U);
  EXPECT_THAT(more.findings()[0].words, HasSubstr("put in after the decision"));
  EXPECT_EQ(checked({}).not_checked().size(), 1U);
}

TEST_F(DecidedRecordsTest, TheBeginningOfTheLedgerMustBeThere) {
  bundle.entries.clear();
  add(5);
  EXPECT_THAT(findings("5"), ElementsAre(HasSubstr("entry 0, is not in the bundle")));
}

TEST_F(DecidedRecordsTest, AnotherDecisionIsARecordLikeAnyOther) {
  add(5);
  add(6, "disclosure");
  EXPECT_THAT(findings("5-6"), IsEmpty());
  EXPECT_THAT(findings("5"), ElementsAre(HasSubstr("put in after the decision")));
}

TEST_F(DecidedRecordsTest, AListThatIsNotWrittenAsListsAreIsFound) {
  add(5);
  add(6);
  for (const auto* list : {"", "5,6", "6,5", "5-5", "05", "5 6", "5,,6", "5-", "-5", "5,6,", "five", "5-6\n"})
    EXPECT_THAT(findings(list), ElementsAre(HasSubstr("cannot be read"))) << list;
}

TEST_F(DecidedRecordsTest, AListThatIsNotShownCannotBeChecked) {
  add(5);
  BundleField withheld;
  withheld.name = "records";
  withheld.withheld_whole = true;
  for (const auto& fields : {std::vector<BundleField>{}, std::vector{withheld}}) {
    const auto report = checked(fields);
    EXPECT_THAT(report.findings(), IsEmpty());
    EXPECT_THAT(report.not_checked(), ElementsAre(HasSubstr("whether a record was left out")));
  }
}

TEST_F(DecidedRecordsTest, AListOfMoreNumbersThanCanBeCountedCostsNothing) {
  add(5);
  EXPECT_THAT(findings("0-9223372036854775807"),
              ElementsAre(HasSubstr("records 1-4, "), HasSubstr("records 6-999, "),
                          HasSubstr("records 1001-9223372036854775807, ")));
}

}  // namespace
}  // namespace muniment::verify
