// `muniment status` as it is typed, on an archive whose sources were added years ago and never polled.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "app/sources.hpp"
#include "cli/command.hpp"
#include "support/town_archive.hpp"

namespace muniment::cli {
namespace {

using testing::HasSubstr;

class StatusCommand : public testing::Test {
 protected:
  StatusCommand() {
    const auto name =
        app::add_source(*town, {"town-feed", "feed", "https://blog.wexcombe.example/feed", false, "clerk"});
    EXPECT_TRUE(name) << name.error().what;
    town.close();
  }
  int status(std::vector<std::string> more = {}) {
    more.insert(more.begin(), "status");
    return type(more);
  }
  int type(const std::vector<std::string>& more) {
    std::vector<std::string> words = {"muniment", "-A", town.path().string()};
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

  support::TownArchive town{"2020-03-01T08:00:00Z"};
  std::string out, err;
};

TEST_F(StatusCommand, EndsWithOneWhenThereIsAnAlarmAndSaysItInASentence) {
  EXPECT_EQ(status(), 1);
  EXPECT_THAT(out, HasSubstr("ALARM  town-feed: nobody has polled it for "));
  EXPECT_THAT(out, HasSubstr("days, since 2020-03-01 08:00:00 GMT"));
  EXPECT_THAT(out, HasSubstr("1 gap was noted in the ledger"));
  EXPECT_EQ(status({"--json"}), 1);
  EXPECT_THAT(out, HasSubstr("\"kind\":\"silent\""));
  EXPECT_THAT(out, HasSubstr("\"gaps_noted\":0")) << "it was noted before";
}

TEST_F(StatusCommand, GivesTheAlarmToTheNotifyCommand) {
  const auto file = (town.folder / "told").string();
  EXPECT_EQ(status({"--notify-command", "cat > '" + file + "'"}), 1);
  const auto told = support::contents(file);
  EXPECT_THAT(told, HasSubstr("Wexcombe Harbour Town Council"));
  EXPECT_THAT(told, HasSubstr("ALARM  town-feed: nobody has polled it"));
}

TEST_F(StatusCommand, SaysSoWhenNobodyCouldBeTold) {
  EXPECT_EQ(status({"--notify-command", "exit 7"}), 1);
  EXPECT_THAT(err, HasSubstr("nobody was told: the notify command ended with code 7"));
}

TEST_F(StatusCommand, SomebodyIsToldAlsoWhenItCannotLook) {
  std::filesystem::remove(town.path() / "keys" / "last");
  const auto file = town.folder / "told";
  EXPECT_EQ(status({"--notify-command", "cat > '" + file.string() + "'"}), 11);
  const auto told = support::contents(file);
  EXPECT_THAT(told, HasSubstr("could not tell how the archive is"));
  EXPECT_THAT(told, HasSubstr("what was signed last"));
  EXPECT_THAT(told, HasSubstr("newest backup"));
}

TEST_F(StatusCommand, TheGapIsToldByCoverageWithItsCauseAndItsEntry) {
  EXPECT_EQ(status(), 1);
  EXPECT_EQ(type({"coverage"}), 0);
  EXPECT_THAT(out, HasSubstr("not captured at any time asked about"));
  EXPECT_THAT(out, HasSubstr("GAP       2020-03-01 08:00:00 GMT to now  nobody polled it  (entry 2)"));
  EXPECT_EQ(type({"coverage", "--from", "2020-03-02", "--to", "2020-03-02", "--json"}), 0);
  EXPECT_THAT(
      out,
      HasSubstr("\"gaps\":[{\"from\":\"2020-03-02T00:00:00.000Z\",\"to\":\"2020-03-03T00:00:00.000Z\","
                "\"open\":false,\"cause\":\"not-polled\",\"polls_failed\":0,\"error\":\"\",\"entry\":2}]"));
}

}  // namespace
}  // namespace muniment::cli
