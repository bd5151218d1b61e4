// What a person typed in and the ledger has is never told of as failed: it would be typed in again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/case_files.hpp"
#include "app/contacts.hpp"
#include "app/find.hpp"
#include "app/recorded_search.hpp"
#include "app/release.hpp"
#include "app/spot.hpp"
#include "db/database.hpp"
#include "support/town_archive.hpp"

namespace muniment::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class WhatIsRecorded : public testing::Test {
 protected:
  WhatIsRecorded() {
    wishes.contact.channel = "phone";
    wishes.contact.actor = "Ines Calloway";
    wishes.contact.person = "Dunstan Pike";
    wishes.contact.text = "He says that the water is brown.";
    wishes.happened = "2026-03-01 07:30";
    const auto added = add_contact(*town, wishes);
    EXPECT_TRUE(added) << added.error().what;
    item = std::to_string(added->seq);
    index = db::Database::open(town.path() / "index.db", db::Open::kWrite).value();
  }
  // From now on nothing more comes into the index.
  void index_is_full() {
    EXPECT_TRUE(index->execute(
        "CREATE TRIGGER full BEFORE UPDATE ON follower BEGIN SELECT RAISE(ABORT, 'no room'); END"));
  }
  void index_has_room() { EXPECT_TRUE(index->execute("DROP TRIGGER full")); }
  void signer_is_away() { std::filesystem::rename(town.path() / "keys", town.path() / "away"); }
  void signer_is_back() { std::filesystem::rename(town.path() / "away", town.path() / "keys"); }
  ledger::Seq size() { return town->reader().head()->size; }

  support::TownArchive town;
  ContactWishes wishes;
  std::string item;
  std::optional<db::Database> index;
};

const auto kNotFoundYet = HasSubstr("is recorded, and cannot be found by a search yet");

TEST_F(WhatIsRecorded, OfAContactStandsThoughTheIndexTakesNothing) {
  index_is_full();
  const auto answer = add_contact(*town, wishes);
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(town->reader().entry(answer->seq)->kind, "contact");
  EXPECT_THAT(answer->remarks, ElementsAre(kNotFoundYet));
  EXPECT_EQ(town->checkpointed(), size()) << "it is signed nevertheless";
  index_has_room();
  EXPECT_EQ(count(*town, "brown")->number, 2U) << "the next command puts it into the index";
}

TEST_F(WhatIsRecorded, OfAContactStandsThoughItCouldNotBeSigned) {
  signer_is_away();
  const auto answer = add_contact(*town, wishes);
  signer_is_back();
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_THAT(answer->remarks, ElementsAre(HasSubstr("is recorded, and not signed yet")));
  EXPECT_EQ(count(*town, "brown")->number, 2U);
  EXPECT_LT(town->checkpointed(), size());
  ASSERT_TRUE(add_contact(*town, wishes));
  EXPECT_EQ(town->checkpointed(), size()) << "the next command signs it";
}

TEST_F(WhatIsRecorded, OfASearchStands) {
  index_is_full();
  const auto record = record_search(*town, "brown", "FOI-1", "Ines Calloway");
  ASSERT_TRUE(record) << record.error().what;
  EXPECT_EQ(record->hits, 1U);
  EXPECT_THAT(record->remarks, ElementsAre(kNotFoundYet));
}

TEST_F(WhatIsRecorded, OfADecisionStands) {
  index_is_full();
  const auto decided = decide(*town, {item, true, "she asks for a report", "Ines Calloway"});
  ASSERT_TRUE(decided) << decided.error().what;
  EXPECT_THAT(decided->remarks, ElementsAre(kNotFoundYet));
}

TEST_F(WhatIsRecorded, OfACaseFileStands) {
  index_is_full();
  const auto made = make_case_file(*town, {"Water", {item}, "Ines Calloway", town.folder / "case"});
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_THAT(made->remarks, ElementsAre(kNotFoundYet));
}

TEST_F(WhatIsRecorded, OfADisclosureStands) {
  index_is_full();
  ReleaseWishes release_wishes;
  release_wishes.request = "FOI-2026-031";
  release_wishes.actor = "Ines Calloway";
  release_wishes.selection.records = {item};
  release_wishes.selection.withhold = {"author.*=s40(2)"};
  release_wishes.folder = town.folder / "answer";
  const auto released = release(*town, release_wishes);
  ASSERT_TRUE(released) << released.error().what;
  EXPECT_THAT(released->remarks, ElementsAre(kNotFoundYet));
  EXPECT_TRUE(std::filesystem::exists(release_wishes.folder / "manifest-sha256.txt"));
}

// Another program writes into the index; this one asks.
TEST_F(WhatIsRecorded, LatelyIsNotSaidToBeUnknownWhileTheIndexLacksIt) {
  records::BodyBuilder body;
  body.add("platform", "contact").add("id", "counter/7").add("type", "counter");
  body.add_text("text", "The gate is open.");
  const auto seq = town.add(ledger::kind::kContact, body.build());
  ASSERT_TRUE(index->execute("BEGIN IMMEDIATE"));
  for (const auto& asked : {std::string("counter/7"), std::to_string(seq)}) {
    const auto story = show(*town, asked);
    ASSERT_FALSE(story) << asked;
    EXPECT_EQ(story.error().code, Code::kUnavailable) << story.error().what;
  }
  EXPECT_TRUE(show(*town, item)) << "what the index has is shown";
  ASSERT_TRUE(index->execute("ROLLBACK"));
  const auto story = show(*town, "counter/7");
  ASSERT_TRUE(story) << story.error().what;
  EXPECT_THAT(story->remarks, IsEmpty());
}

}  // namespace
}  // namespace muniment::app
