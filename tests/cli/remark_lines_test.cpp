#include "cli/remark_lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muniment::cli {
namespace {

using testing::ElementsAre;

constexpr const char* kLeads = "it leads to the account";

TEST(RemarkLines, SayOnceWhatIsSaidOfFieldsOfARecord) {
  EXPECT_THAT(
      remark_lines({{12, "author.id", "s40(2)", kLeads, "12:author.id"},
                    {12, "url", "s40(2)", kLeads, "12:url"},
                    {12, "raw", "s40(2)", "it repeats", ""},
                    {15, "text", "", "word 1 is shown", ""}}),
      ElementsAre("  12  author.id, url  s40(2)  it leads to the account; --keep 12:author.id (or another of "
                  "them) shows it",
                  "  12  raw  s40(2)  it repeats", "  15  text  word 1 is shown"));
}

TEST(RemarkLines, SayOnceWhatIsSaidOfManyRecords) {
  std::vector<foi::Remark> remarks;
  for (const ledger::Seq seq : {7U, 3U, 4U, 5U}) {
    remarks.push_back({seq, "id", "s40(2)", kLeads, std::to_string(seq) + ":id"});
    remarks.push_back({seq, "text", "", "word " + std::to_string(seq) + " is shown", ""});
    remarks.push_back({seq, "raw", "s40(2)", "it repeats", ""});
  }
  EXPECT_THAT(
      remark_lines(remarks),
      ElementsAre("  3-5,7 (4 records)  id  s40(2)  it leads to the account; --keep NUMBER:id shows it",
                  "  7  text  word 7 is shown", "  3-5,7 (4 records)  raw  s40(2)  it repeats",
                  "  3  text  word 3 is shown", "  4  text  word 4 is shown", "  5  text  word 5 is shown"));
}

TEST(RemarkLines, KeepApartWhatIsWithheldUnderAnotherExemption) {
  std::vector<foi::Remark> remarks;
  for (ledger::Seq seq = 1; seq <= 6; ++seq)
    remarks.push_back({seq, "raw", seq % 2 == 0 ? "s31" : "s40(2)", "it repeats", ""});
  EXPECT_EQ(remark_lines(remarks).size(), 6U) << "three of each are few";
}

TEST(RemarkLines, CutALongListShort) {
  std::vector<foi::Remark> remarks;
  for (ledger::Seq seq = 1000; seq < 2000; seq += 2)
    remarks.push_back({seq, "raw", "s40(2)", "it repeats", ""});
  const auto lines = remark_lines(remarks);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0], testing::HasSubstr(",… (500 records)  raw"));
  EXPECT_LT(lines[0].size(), 500U);
}

}  // namespace
}  // namespace muniment::cli
