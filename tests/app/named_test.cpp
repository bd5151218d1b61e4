#include "app/named.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/case_files.hpp"
#include "app/find.hpp"
#include "app/release.hpp"
#include "support/town_archive.hpp"

namespace muniment::app {
namespace {

using support::TownArchive;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kLong[] = "1445880548472328192";

class NamedThings : public testing::Test {
 protected:
  ledger::Seq post(const std::string& platform, const std::string& id) {
    records::Interaction item;
    item.platform = platform;
    item.id = id;
    item.type = "post";
    item.posted = "2026-03-01T10:00:00.000Z";
    item.text = "Words of " + platform + " " + id;
    records::BodyBuilder body;
    records::add_fields(body, std::move(item));
    body.add("source", "town").add("fetched", "2026-03-01T11:00:00.000Z");
    return town.add(ledger::kind::kCapture, body.build());
  }
  // The item that is shown, as PLATFORM:IDENTIFIER; or why not.
  std::string shown(const std::string& typed) {
    const auto story = show(*town, typed);
    if (!story) return story.error().what;
    remarks = story->remarks;
    return story->platform + ":" + story->id;
  }
  TownArchive town;
  std::vector<std::string> remarks;
};

TEST_F(NamedThings, ByMoreDigitsThanTheLedgerHasEntriesAreItems) {
  const auto seq = post("x", kLong);
  post("x", "99999999999999999999999");
  EXPECT_EQ(shown(kLong), std::string("x:") + kLong);
  EXPECT_EQ(shown("99999999999999999999999"), "x:99999999999999999999999") << "no number holds it";
  EXPECT_EQ(shown(std::to_string(seq)), std::string("x:") + kLong);
  EXPECT_THAT(remarks, IsEmpty());
}

TEST_F(NamedThings, ByANumberThatTheLedgerHasAreEntriesAndWhatElseIsCalledSoIsSaid) {
  const auto first = post("mastodon", "one");
  post("disqus", std::to_string(first));
  EXPECT_EQ(shown(std::to_string(first)), "mastodon:one");
  EXPECT_THAT(remarks, ElementsAre(HasSubstr("disqus:" + std::to_string(first) + " names it")));
  EXPECT_EQ(shown("disqus:" + std::to_string(first)), "disqus:" + std::to_string(first));
  EXPECT_THAT(remarks, IsEmpty());
}

TEST_F(NamedThings, OfSeveralPlatformsAreToldApartByThePlatform) {
  post("x", "70000");
  post("disqus", "70000");
  EXPECT_THAT(shown("70000"), HasSubstr("more than one platform"));
  EXPECT_EQ(shown("x:70000"), "x:70000");
  EXPECT_EQ(shown("disqus:70000"), "disqus:70000");
}

TEST_F(NamedThings, ThatAreNowhereAreSaidToBeNeither) {
  post("x", "1");
  EXPECT_EQ(shown("70000"), "the ledger has no entry 70000, and no item is called so");
  EXPECT_EQ(shown("x:2"), "no item has this identifier");
  EXPECT_EQ(shown("nosuch:1"), "no item has this identifier");
}

TEST_F(NamedThings, InAListOfRecordsAreFoundTheSameWay) {
  const auto seq = post("x", kLong);
  const auto other = post("mastodon", "https://mast.example/1,2");
  const auto lists = with_items_named(
      *town, {std::to_string(other) + "," + kLong, "70000", "3-5", "https://mast.example/1,2"});
  ASSERT_TRUE(lists);
  EXPECT_THAT(*lists,
              ElementsAre(std::to_string(other) + ",x:" + kLong, "70000", "3-5", "https://mast.example/1,2"));
  const auto entries = entries_of_item(*town, std::string("x:") + kLong);
  ASSERT_TRUE(entries);
  EXPECT_THAT(*entries, ElementsAre(seq));
}

// A case file holds all versions of an item; an item called 5 is not what stands in entry 5.
TEST_F(NamedThings, AreFiledWithTheirOwnVersionsAndNobodyElses) {
  const auto first = post("mastodon", "one");
  const auto second = post("disqus", std::to_string(first));
  const auto folder = town.folder / "case";
  const auto made = make_case_file(*town, {"Water", {std::to_string(second)}, "Ines Calloway", folder});
  ASSERT_TRUE(made) << made.error().what;
  const auto records = town.field(made->entry, "records");
  EXPECT_THAT(records, testing::StartsWith(std::to_string(second) + " "));
  EXPECT_EQ(std::ranges::count(records, '\n'), 1) << records;
}

}  // namespace
}  // namespace muniment::app
