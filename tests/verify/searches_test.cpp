#include "verify/searches.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/sha256.hpp"

namespace muniment::verify {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

BundleField shown(const std::string& name, const std::string& value) {
  BundleField out;
  out.name = name;
  out.value = value;
  out.shown_in_full = true;
  return out;
}

// Entries 0, 5 and 6, and a search that found records.
class SearchesTest : public testing::Test {
 protected:
  SearchesTest() {
    add(0, "genesis", {});
    add(5, "capture", {});
    add(6, "capture", {});
    release.request = "FOI-1";
  }
  void add(std::uint64_t seq, const std::string& kind, std::vector<BundleField> fields) {
    BundleEntry entry;
    entry.leaf.seq = seq;
    entry.leaf.kind = kind;
    entry.fields = std::move(fields);
    bundle.entries.push_back(std::move(entry));
  }
  void add_search(const std::string& count, const std::string& list, const std::string& request = "FOI-1") {
    add(30, "search",
        {shown("hits", count), shown("hits.list", list),
         shown("hits.sha256", base::to_hex(base::sha256(list))), shown("request", request)});
  }
  void leave_out(std::uint64_t seq) { release.lines.push_back({seq, {}, "*", {}, "out-of-scope"}); }
  Report checked() {
    Report report;
    check_searches(bundle, release, report);
    return report;
  }
  std::vector<std::string> findings() {
    std::vector<std::string> words;
    const auto report = checked();
    for (const auto& finding : report.findings()) words.push_back(finding.words);
    return words;
  }

  Bundle bundle;
  Release release;
};

TEST_F(SearchesTest, WhatWasFoundIsDisclosedOrListed) {
  add_search("3", "5-7");
  leave_out(7);
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_THAT(checked().not_checked(), IsEmpty());
}

TEST_F(SearchesTest, ASilentOmissionShows) {
  add_search("4", "5-7,9");
  leave_out(7);
  EXPECT_THAT(findings(),
              ElementsAre(HasSubstr("it found record 9, which is neither in the bundle nor listed")));
}

TEST_F(SearchesTest, TheListCannotBeShortened) {
  add(30, "search",
      {shown("hits", "1"), shown("hits.list", "5"), shown("hits.sha256", base::to_hex(base::sha256("5-6")))});
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("contradicts itself")));
  bundle.entries.pop_back();
  add_search("2", "5");
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("contradicts itself")));
}

TEST_F(SearchesTest, AListThatCannotBeReadIsNoList) {
  for (const auto* list : {"5,6", "6,5", "05", "5-5", "5 6", "x"}) {
    add_search("2", list);
    EXPECT_THAT(findings(), ElementsAre(HasSubstr("not written as it must be"))) << list;
    bundle.entries.pop_back();
  }
}

TEST_F(SearchesTest, NothingFoundIsAnAnswer) {
  add(30, "search",
      {shown("hits", "0"), shown("hits.sha256", base::to_hex(base::sha256(""))), shown("request", "FOI-1")});
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_THAT(checked().not_checked(), IsEmpty());
}

TEST_F(SearchesTest, AnEmptyListIsNotWritten) {
  add_search("0", "");
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("not written as it must be")));
}

TEST_F(SearchesTest, ASearchThatNamesNoRequestMayBeAnotherOnes) {
  add_search("1", "5");
  bundle.entries.back().fields[3].shown_in_full = false;
  EXPECT_EQ(checked().not_checked().size(), 1U);
  bundle.entries.back().fields.pop_back();
  EXPECT_EQ(checked().not_checked().size(), 1U);
}

// Looked through one by one, this would take hours.
TEST_F(SearchesTest, ManyHitsFarApartAreAccountedForAtOnce) {
  std::string list;
  for (std::uint64_t seq = 101; seq < 200101; seq += 2) {
    list += (list.empty() ? "" : ",") + std::to_string(seq);
    leave_out(seq);
  }
  add_search("100000", list);
  EXPECT_THAT(findings(), IsEmpty());
  leave_out(200102);
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("no search of the bundle found it")));
}

TEST_F(SearchesTest, WhatIsNotShownCannotBeChecked) {
  add_search("1", "5");
  bundle.entries.back().fields[1].shown_in_full = false;
  leave_out(7);
  EXPECT_THAT(findings(), IsEmpty());
  EXPECT_EQ(checked().not_checked().size(), 1U);
}

TEST_F(SearchesTest, AMillionMillionHitsAreNotCountedOneByOne) {
  add_search("4611686018427387904", "5-4611686018427387908");
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("it found record 7,")));
}

TEST_F(SearchesTest, WhatNoSearchFoundIsNotLeftOut) {
  leave_out(7);
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("no search of the bundle found it")));
  add_search("2", "5-6");
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("no search of the bundle found it")));
}

TEST_F(SearchesTest, NothingIsBothShownAndLeftOut) {
  add_search("2", "5-6");
  leave_out(6);
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("left out, and it is in the bundle")));
}

TEST_F(SearchesTest, ASearchForAnotherRequestSaysNothingHere) {
  add_search("2", "5-6", "FOI-2");
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("another request")));
}

}  // namespace
}  // namespace muniment::verify
