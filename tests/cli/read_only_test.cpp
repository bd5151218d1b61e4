// The reading commands as they are typed, on an archive in which nothing can be written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <sstream>

#include "app/sources.hpp"
#include "cli/command.hpp"
#include "support/read_only.hpp"
#include "support/town_archive.hpp"

namespace muniment::cli {
namespace {

using testing::HasSubstr;

class ReadOnlyArchive : public testing::Test {
 protected:
  ReadOnlyArchive() {
    const auto name =
        app::add_source(*town, {"town-feed", "feed", "https://blog.wexcombe.example/feed", false, "clerk"});
    EXPECT_TRUE(name) << name.error().what;
    EXPECT_TRUE(town->catch_up());
    town.close();
  }
  void TearDown() override { seen.reset(); }
  // From here on nothing can be written; false: that cannot be arranged.
  bool close() {
    seen.emplace(town.path());
    return seen->arranged();
  }
  int type(const std::vector<std::string>& more) {
    std::vector<std::string> words = {"muniment", "-A", seen->path().string()};
    words.insert(words.end(), more.begin(), more.end());
    std::vector<const char*> argv;
    for (const auto& word : words) argv.push_back(word.c_str());
    std::ostringstream said, erred;
    Terminal terminal{said, erred};
    const int code = run(static_cast<int>(argv.size()), argv.data(), terminal);
    out = said.str();
    err = erred.str();
    return code;
  }

  support::TownArchive town;
  std::optional<support::ReadOnly> seen;
  std::string out, err;
};

constexpr char kNotArranged[] = "this account can neither mount nor be kept from writing";

TEST_F(ReadOnlyArchive, IsSearchedListedAndVerified) {
  if (!close()) GTEST_SKIP() << kNotArranged;
  EXPECT_EQ(type({"search", "harbour"}), 0) << err;
  EXPECT_EQ(type({"coverage"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("town-feed"));
  EXPECT_EQ(type({"source", "list"}), 0) << err;
  EXPECT_EQ(type({"verify", "--deep"}), 0) << out;
  EXPECT_EQ(type({"log"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("genesis"));
  (void)type({"status"});
  EXPECT_THAT(err, HasSubstr("gaps were not noted in the ledger: nothing can be written in"));
  EXPECT_THAT(out, HasSubstr("2 entries"));
}

TEST_F(ReadOnlyArchive, TakesNothingInAndSaysWhatCanBeDone) {
  if (!close()) GTEST_SKIP() << kNotArranged;
  EXPECT_EQ(type({"source", "pause", "town-feed"}), 16);
  EXPECT_THAT(err, HasSubstr("nothing can be written in"));
  EXPECT_THAT(err, HasSubstr("can be searched, shown and verified"));
}

TEST_F(ReadOnlyArchive, WithoutAnIndexSaysSoAndWhatToDo) {
  std::filesystem::remove(town.path() / "index.db");
  if (!close()) GTEST_SKIP() << kNotArranged;
  for (const std::string command : {"search", "coverage"}) {
    EXPECT_EQ(type(command == "search" ? std::vector<std::string>{command, "harbour"}
                                       : std::vector<std::string>{command}),
              16);
    EXPECT_THAT(err, HasSubstr("the search index is missing, and cannot be mended"));
    EXPECT_THAT(err, HasSubstr("copy the whole archive to a disk that can be written"));
  }
  EXPECT_EQ(type({"log"}), 0) << err;
  EXPECT_EQ(type({"verify", "--index"}), 3);
  EXPECT_THAT(out, HasSubstr("Could not be checked"));
}

TEST_F(ReadOnlyArchive, WhoseIndexIsBehindSaysWhichEntriesAreNotFound) {
  records::BodyBuilder body;
  body.add("name", "other").add("platform", "feed").add("url", "https://other.example/feed");
  body.add("action", "add").add("actor", "clerk");
  town.add(ledger::kind::kSource, body.build());
  town.close();
  if (!close()) GTEST_SKIP() << kNotArranged;
  EXPECT_EQ(type({"search", "harbour"}), 0) << err;
  EXPECT_THAT(err, HasSubstr("the newest 1 entry is not searchable here"));
  EXPECT_EQ(type({"coverage"}), 16) << "it would not know the source";
  EXPECT_THAT(err, HasSubstr("lacks the newest 1 entry"));
}

}  // namespace
}  // namespace muniment::cli
