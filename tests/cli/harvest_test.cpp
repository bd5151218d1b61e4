// `muniment harvest --follow` as a process: what signals do to it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "app/sources.hpp"
#include "cli/command.hpp"
#include "cli/progress.hpp"
#include "support/loopback_server.hpp"
#include "support/town_archive.hpp"

namespace muniment::cli {
namespace {

using testing::HasSubstr;

class FollowCommand : public testing::Test {
 protected:
  // Runs the command in a process of its own.
  pid_t start(std::vector<std::string> more) {
    std::vector<std::string> words = {"muniment", "-A", town.path().string(), "harvest", "--follow"};
    words.insert(words.end(), more.begin(), more.end());
    const pid_t child = ::fork();
    if (child != 0) return child;
    std::vector<const char*> argv;
    for (const auto& word : words) argv.push_back(word.c_str());
    std::ofstream out(town.folder / "out"), err(town.folder / "err");
    Terminal terminal{out, err};
    const int code = run(static_cast<int>(argv.size()), argv.data(), terminal);
    out.close();
    ::_exit(code);
  }
  static int exit_of(pid_t child) {
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  support::TownArchive town;
};

TEST_F(FollowCommand, EndsCleanlyOnASignalWithAnAnswerOnItsWay) {
  auto server = std::make_unique<support::LoopbackServer>();
  ASSERT_TRUE(app::add_source(*town, {"town", "feed", server->url("/feed"), true, "clerk"}));
  town.close();
  server->on("/feed", [](support::LoopbackServer::Wire& wire) { wire.pause(600'000); });
  const pid_t child = start({"--json"});
  while (server->requests().empty()) ::usleep(1000);
  ASSERT_EQ(::kill(child, SIGTERM), 0);
  EXPECT_EQ(exit_of(child), 0);
  EXPECT_THAT(support::contents(town.folder / "out"), HasSubstr("\"interrupted\":true"));
  const auto last = town->reader().head()->size - 1;
  EXPECT_EQ(town.field(last, "outcome"), "partial");
  EXPECT_THAT(town.field(last, "remarks"), HasSubstr("stopped on request"));
  EXPECT_EQ(town->checkpointed(), last + 1);
}

TEST_F(FollowCommand, WhatIsForFollowingIsRefusedWithoutIt) {
  std::ostringstream out, err;
  Terminal terminal{out, err};
  const auto path = town.path().string();
  const char* argv[] = {"muniment", "-A", path.c_str(), "harvest", "--metrics", "figures"};
  EXPECT_EQ(run(6, argv, terminal), 12);
  EXPECT_THAT(err.str(), HasSubstr("are for --follow"));
}

}  // namespace
}  // namespace muniment::cli
