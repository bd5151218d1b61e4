// What a clerk is told while the search index is made anew.
#include "cli/index_watch.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "support/town_archive.hpp"

namespace muniment::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Watched {
  support::TownArchive town;
  std::ostringstream out, err;
  Terminal terminal{out, err};

  Watched() {
    records::BodyBuilder body;
    body.add("name", "n").add("action", "added");
    town.add(ledger::kind::kSource, body.build());
    EXPECT_TRUE(town->projection());
    town.close();
  }
  void tamper(const std::string& sql) {
    auto database = db::Database::open(index(), db::Open::kWrite);
    ASSERT_TRUE(database);
    ASSERT_TRUE(database->execute(sql));
  }
  std::filesystem::path index() const { return app::Layout(town.path()).index(); }
  std::string said() {
    auto archive = app::Archive::open(town.path(), app::Access::kWrite, {town.clock, town.entropy},
                                      index_watch(terminal));
    EXPECT_TRUE(archive);
    const auto made = archive->projection();
    EXPECT_TRUE(made);
    EXPECT_EQ((*made)->position(), 2U);
    EXPECT_TRUE(archive->projection());
    return std::exchange(err, std::ostringstream()).str();
  }
};

TEST(IndexWatch, SaysThatAnIndexOfAnotherVersionIsMadeAnew) {
  Watched watched;
  watched.tamper("PRAGMA user_version = 5");
  EXPECT_EQ(
      watched.said(),
      "The search index was made by another version of muniment; it is being built anew from the ledger.  "
      "Nothing in the records changes.\n");
  EXPECT_THAT(watched.said(), IsEmpty()) << "once";
  EXPECT_THAT(watched.out.str(), IsEmpty());
}

TEST(IndexWatch, SaysThatAnIndexThatCannotBeUsedIsMadeAnew) {
  Watched watched;
  watched.tamper("DELETE FROM follower");
  EXPECT_THAT(watched.said(), HasSubstr("could not be used"));
}

TEST(IndexWatch, SaysNothingOfASoundIndexAndOfASmallOneThatIsMissing) {
  Watched watched;
  EXPECT_THAT(watched.said(), IsEmpty());
  std::filesystem::remove(watched.index());
  EXPECT_THAT(watched.said(), IsEmpty());
}

TEST(IndexWatch, SaysHowFarItIsOnATerminal) {
  std::ostringstream out, err;
  Terminal terminal{out, err, true, true};
  const auto watch = index_watch(terminal);
  watch(index::MadeAnew::kMissing, 0, 1'000'000);
  watch(index::MadeAnew::kMissing, 1'000'000, 1'000'000);
  EXPECT_THAT(err.str(), HasSubstr("There is no search index yet"));
  EXPECT_THAT(err.str(), HasSubstr("indexing: entry 0 of 1000000"));
}

}  // namespace
}  // namespace muniment::cli
