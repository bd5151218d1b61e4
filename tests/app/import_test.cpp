#include "app/import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/find.hpp"
#include "db/database.hpp"
#include "support/town_archive.hpp"

namespace muniment::app {
namespace {

using testing::HasSubstr;

constexpr char kPage[] =
    R"([{"id":"1","created_at":"2026-03-01T06:30:00.000Z","url":"https://social.example/@a/1",
"uri":"https://social.example/users/a/statuses/1","visibility":"public","content":"<p>The pump is broken</p>",
"account":{"id":"9","username":"a","acct":"a","url":"https://social.example/@a"}}])";

class ImportIntoTown : public testing::Test {
 protected:
  Result<collect::ImportOutcome> import_page() {
    return import_files(*town, {{town.folder.write("page.json", kPage)}}, {}, nullptr);
  }
  void tell_index(const char* sql) {
    auto index = db::Database::open(town.path() / "index.db", db::Open::kWrite);
    ASSERT_TRUE(index) << index.error().what;
    ASSERT_TRUE(index->execute(sql));
  }
  support::TownArchive town;
};

TEST_F(ImportIntoTown, ThatFailsHalfWaySaysWhatStandsInTheLedgerAndGoesOnFromThere) {
  ASSERT_TRUE(search(*town, {"pump"}));  // makes the index
  tell_index("CREATE TRIGGER full BEFORE INSERT ON document BEGIN SELECT RAISE(ABORT, 'no room'); END");
  const auto failed = import_page();
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().what, HasSubstr("2 entries that came in before it stand in the ledger"));
  EXPECT_THAT(failed.error().hint, HasSubstr("the same import again adds only what is missing"));
  EXPECT_EQ(town->checkpointed(), town->reader().head()->size);

  tell_index("DROP TRIGGER full");
  const auto again = import_page();
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_EQ(again->counts.fresh, 0);
  EXPECT_EQ(again->counts.unchanged, 1);
  EXPECT_EQ(town.count("capture"), 1);
  EXPECT_EQ(search(*town, {"pump"})->found.size(), 1);
}

TEST_F(ImportIntoTown, ThatFailsAtOnceSpeaksOfNothingThatCameIn) {
  ImportRequest request;
  request.files = {town.folder.write("page.json", kPage)};
  request.format = "no such format";
  const auto failed = import_files(*town, request, {}, nullptr);
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().what, testing::Not(HasSubstr("came in before")));
}

TEST_F(ImportIntoTown, WhoseOriginBearsASecretIsRefused) {
  const auto imported = import_files(
      *town, {.files = {town.folder.write("page.json", kPage)}, .origin = "https://a.example/?token=SEKRET"},
      {}, nullptr);
  ASSERT_FALSE(imported);
  EXPECT_THAT(imported.error().what, HasSubstr("a field \"token\""));
  EXPECT_THAT(imported.error().what, testing::Not(HasSubstr("SEKRET")));
}

}  // namespace
}  // namespace muniment::app
