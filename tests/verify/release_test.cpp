#include "verify/release.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/sha256.hpp"

namespace muniment::verify {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kOrigin[] = "archive.wexcombe.example/muniment/1";

BundleField shown(const std::string& name, const std::string& value) {
  BundleField field;
  field.name = name;
  field.value = value;
  field.shown_in_full = true;
  return field;
}

BundleField in_part(const std::string& name, std::vector<std::uint32_t> withheld) {
  BundleField field;
  field.name = name;
  field.codes.resize(withheld.size());
  field.withheld = std::move(withheld);
  return field;
}

BundleField withheld(const std::string& name) {
  BundleField field;
  field.name = name;
  field.withheld_whole = true;
  field.codes = {""};
  return field;
}

class ReleaseTest : public testing::Test {
 protected:
  void add(std::uint64_t seq, std::vector<BundleField> fields) {
    BundleEntry entry;
    entry.leaf.seq = seq;
    entry.leaf.kind = "capture";
    entry.hash = base::sha256("leaf " + std::to_string(seq));
    entry.fields = std::move(fields);
    bundle.entries.push_back(std::move(entry));
  }
  std::string line(std::uint64_t seq, const std::string& rest) {
    return std::to_string(seq) + ' ' + base::to_base64(base::sha256("leaf " + std::to_string(seq))) + ' ' +
           rest + '\n';
  }
  // What is found when the release has these lines and its decision stands at the end of the bundle.
  std::vector<std::string> findings(const std::string& lines) {
    Bundle whole = bundle;
    whole.release = "muniment-release/v1\n" + std::string(kOrigin) + "\nFOI-1\n" + lines;
    BundleEntry decision;
    decision.leaf.seq = 1000;
    decision.leaf.kind = "disclosure";
    decision.fields = {shown("release.sha256", base::to_hex(base::sha256(*whole.release))),
                       shown("request", "FOI-1")};
    whole.entries.push_back(std::move(decision));
    Report report;
    check_release(whole, kOrigin, report);
    std::vector<std::string> words;
    for (const auto& finding : report.findings()) words.push_back(finding.words);
    return words;
  }

  Bundle bundle;
};

TEST_F(ReleaseTest, EveryGapWithItsLineIsSound) {
  add(7, {shown("platform", "town"), in_part("text", {1, 2, 5}), withheld("url")});
  EXPECT_THAT(findings(line(7, "text 1-2 s40(2)") + line(7, "text 5 s31") + line(7, "url * s40(2)")),
              IsEmpty());
}

TEST_F(ReleaseTest, LinesOfOneFieldMayInterleave) {
  add(7, {in_part("text", {1, 4, 5, 9})});
  EXPECT_THAT(findings(line(7, "text 1,9 s40(2)") + line(7, "text 4-5 s31")), IsEmpty());
}

TEST_F(ReleaseTest, AGapWithoutALineALineWithoutAGapAndOtherPartsAreFound) {
  add(7, {in_part("text", {1}), shown("url", "https://town.example/7"), withheld("author.name")});
  EXPECT_THAT(findings(line(7, "author.name * s40(2)")), ElementsAre(HasSubstr("no exemption for it")));
  const auto both = line(7, "author.name * s40(2)") + line(7, "text 1 s31");
  EXPECT_THAT(findings(both + line(7, "url * s31")), ElementsAre(HasSubstr("other parts of field url")));
  EXPECT_THAT(findings(both + line(7, "zone * s31")),
              ElementsAre(HasSubstr("a field that its entry does not have")));
  for (const auto* part : {"text 0 s31", "text 1-2 s31", "text 2 s31", "text * s31"})
    EXPECT_THAT(findings(line(7, "author.name * s40(2)") + line(7, part)),
                ElementsAre(HasSubstr("other parts of field text")))
        << part;
  EXPECT_THAT(findings(line(7, "author.name 0 s40(2)") + line(7, "text 1 s31")),
              ElementsAre(HasSubstr("other parts of field author.name")));
}

TEST_F(ReleaseTest, AGapStatedTwiceIsFound) {
  add(7, {in_part("text", {1, 2, 3, 4})});
  for (const auto& lines : {line(7, "text 1-3 s40(2)") + line(7, "text 3-4 s31"),
                            line(7, "text 1,4 s40(2)") + line(7, "text 2-4 s31")})
    EXPECT_THAT(findings(lines), testing::Contains(HasSubstr("states the same gap in field text twice")));
  add(8, {withheld("text")});
  EXPECT_THAT(findings(line(7, "text 1-4 s31") + line(8, "text * s31") + line(8, "text 3 s40(2)")),
              testing::Contains(HasSubstr("states the same gap in field text twice")));
}

TEST_F(ReleaseTest, AnotherExemptionInTheBundleIsFound) {
  add(7, {in_part("text", {1, 2}), withheld("url")});
  bundle.entries[0].fields[0].codes = {"s40(2)", "s31"};
  bundle.entries[0].fields[1].codes = {"s31"};
  const auto first = line(7, "text 1 s40(2)");
  EXPECT_THAT(findings(first + line(7, "text 2 s31") + line(7, "url * s31")), IsEmpty());
  EXPECT_THAT(findings(first + line(7, "text 2 s40(2)") + line(7, "url * s40(2)")),
              ElementsAre(HasSubstr("another exemption for field text"),
                          HasSubstr("another exemption for field url")));
}

TEST_F(ReleaseTest, AnEntryOfAnotherNumberOrLeafIsFound) {
  add(7, {withheld("text")});
  EXPECT_THAT(findings(line(7, "text * s31") + line(9, "text * s31")),
              testing::Contains(HasSubstr("an entry of this number that is not in the bundle")));
  bundle.entries[0].hash = base::sha256("another leaf");
  EXPECT_THAT(findings(line(7, "text * s31")),
              testing::Contains(HasSubstr("an entry of this number that is not in the bundle")));
}

// A line of forty bytes may state a million segments: a hostile release of a few megabytes would otherwise
// fill the memory with them.
TEST_F(ReleaseTest, AMillionSegmentsInALineCostNothing) {
  std::string lines;
  for (std::uint64_t seq = 10; seq < 10'010; ++seq) {
    if (seq < 900) add(seq, {in_part("text", {0, 1})});
    lines += line(seq, "text 0-1048575 s31");
  }
  EXPECT_GE(findings(lines).size(), 900U);
}

}  // namespace
}  // namespace muniment::verify
