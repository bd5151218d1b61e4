#include "app/thumbnail.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/attachments.hpp"
#include "app/contacts.hpp"
#include "db/database.hpp"
#include "index/thumbnails.hpp"
#include "support/made_pictures.hpp"
#include "support/town_archive.hpp"

namespace muniment::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ThumbnailTest : public testing::Test {
 protected:
  // A call with a picture of the harbour; answers its entry.
  ledger::Seq call(const std::string& bytes) {
    ContactWishes wishes;
    wishes.contact.channel = "phone";
    wishes.contact.actor = "Ines Calloway";
    wishes.contact.text = "The water is brown.";
    wishes.happened = "2026-03-03 14:30";
    wishes.files = {folder.write("picture", bytes)};
    town.at("2026-03-03T15:00:00Z");
    const auto answer = add_contact(*town, wishes);
    EXPECT_TRUE(answer) << answer.error().what;
    return answer ? answer->seq : 0;
  }
  Result<ThumbnailAnswer> ask(ledger::Seq entry) {
    return thumbnail_of(*town, std::to_string(entry), 0, program);
  }
  std::vector<ledger::Seq> kept() {
    auto thumbnails = index::Thumbnails::open(town.path() / "index.db", support::kTownOrigin);
    EXPECT_TRUE(thumbnails) << thumbnails.error().what;
    return *thumbnails->entries();
  }
  void tamper(const std::string& file, const std::string& statement) {
    auto database = db::Database::open(town.path() / file, db::Open::kWrite);
    ASSERT_TRUE(database);
    const auto done = database->execute(statement);
    ASSERT_TRUE(done) << done.error().what;
  }
  std::string file_of(ledger::Seq entry) { return town.field(entry, "media.0.file"); }

  support::TempFolder folder;
  support::TownArchive town;
  ThumbnailProgram program{MUNIMENT_BINARY_DIR "/bin/muniment-thumbnail"};
  const std::string picture =
      support::made_jpeg(support::four_fields(600, 400), support::camera_note(1, "50.1N"));
};

TEST_F(ThumbnailTest, IsMadeOnceAndKeptInTheIndex) {
  const auto entry = call(picture);
  const auto first = ask(entry);
  ASSERT_TRUE(first) << first.error().what;
  EXPECT_FALSE(first->was_kept);
  EXPECT_THAT(first->remarks, IsEmpty());
  EXPECT_TRUE(is_plain_thumbnail(first->png));
  EXPECT_THAT(kept(), ElementsAre(entry));
  program.path = "/nowhere";
  const auto second = ask(entry);
  ASSERT_TRUE(second) << second.error().what;
  EXPECT_TRUE(second->was_kept);
  EXPECT_EQ(second->png, first->png);
}

TEST_F(ThumbnailTest, IsGoneWithTheIndexAndMadeAgain) {
  const auto entry = call(picture);
  const auto first = ask(entry);
  ASSERT_TRUE(first);
  ASSERT_TRUE(town->renew_index());
  ASSERT_TRUE(town->projection());
  EXPECT_THAT(kept(), IsEmpty());
  const auto again = ask(entry);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->was_kept);
  EXPECT_EQ(again->png, first->png);
}

TEST_F(ThumbnailTest, StandsInNoByteOfTheIndexAsItIs) {
  const auto entry = call(picture);
  ASSERT_TRUE(ask(entry));
  town.close();
  for (const auto* name : {"index.db", "index.db-wal"})
    if (std::filesystem::exists(town.path() / name))
      EXPECT_EQ(support::contents(town.path() / name).find("IHDR"), std::string::npos) << name;
}

TEST_F(ThumbnailTest, OfWhatWasDisposedOfIsNeitherShownNorKept) {
  const auto entry = call(picture), other = call(support::made_png(support::four_fields(30, 20)));
  ASSERT_TRUE(ask(entry));
  ASSERT_TRUE(ask(other));
  town.close();
  tamper("keys.db", "DELETE FROM secret WHERE seq = " + std::to_string(entry));
  const auto gone = ask(entry);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, Code::kNotFound) << gone.error().what;
  EXPECT_THAT(kept(), ElementsAre(other));
  EXPECT_TRUE(ask(other)->was_kept);
}

TEST_F(ThumbnailTest, OfAFileThatIsGoneIsNeitherShownNorKept) {
  const auto entry = call(picture);
  ASSERT_TRUE(ask(entry));
  std::filesystem::remove(town.path() / "media" / file_of(entry));
  const auto gone = ask(entry);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, Code::kNotFound);
  EXPECT_THAT(kept(), IsEmpty());
}

TEST_F(ThumbnailTest, ThatSomebodyPutIntoTheIndexIsNotShown) {
  const auto entry = call(picture), other = call(support::made_png(support::four_fields(30, 20)));
  const auto right = ask(entry);
  ASSERT_TRUE(right);
  ASSERT_TRUE(ask(other));
  tamper("index.db", "UPDATE thumbnail SET sealed = (SELECT sealed FROM thumbnail WHERE entry = " +
                         std::to_string(other) + ") WHERE entry = " + std::to_string(entry));
  const auto again = ask(entry);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->was_kept) << "it was made anew";
  EXPECT_EQ(again->png, right->png);
  EXPECT_TRUE(ask(entry)->was_kept);
}

TEST_F(ThumbnailTest, OfAPictureThatCannotBeReadKeepsNothing) {
  const auto entry = call(picture.substr(0, picture.size() / 2));
  const auto answer = ask(entry);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Code::kInvalid);
  EXPECT_THAT(answer.error().what, HasSubstr("damaged"));
  EXPECT_THAT(kept(), IsEmpty());
}

TEST_F(ThumbnailTest, IsAnsweredThoughTheIndexTakesNothingAndSaysSo) {
  const auto entry = call(picture);
  ASSERT_TRUE(town->projection());
  town.close();
  tamper("index.db",
         "CREATE TRIGGER full BEFORE INSERT ON thumbnail BEGIN SELECT RAISE(ABORT, 'no room'); END");
  const auto answer = ask(entry);
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_THAT(answer->remarks, ElementsAre(HasSubstr("made again the next time")));
}

}  // namespace
}  // namespace muniment::app
