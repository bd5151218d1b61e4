#include "cage/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdio>
#include <cstdlib>

#include "support/temp_folder.hpp"

namespace muniment::cage {
namespace {

using std::chrono::milliseconds;
using testing::IsEmpty;

constexpr milliseconds kLong{30'000};

class Run : public testing::Test {
 protected:
  std::filesystem::path script(const std::string& does) const {
    const auto path = folder.write("program", "#!/bin/sh\n" + does + "\n");
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
  }
  Ended ended(const std::string& does, std::string_view input = {}, milliseconds within = kLong) const {
    const auto out = run(script(does), input, 1'000, within);
    EXPECT_TRUE(out) << out.error().what;
    return out.value_or(Ended{});
  }
  support::TempFolder folder;
};

TEST_F(Run, GivesTheProgramItsInputAndTakesItsOutput) {
  const auto out = ended("cat; exit 7", "the pier\n");
  EXPECT_EQ(out.output, "the pier\n");
  EXPECT_EQ(out.code, 7);
  EXPECT_EQ(out.signal, 0);
}

TEST_F(Run, AProgramThatDoesNotReadItsInputHoldsNobodyUp) {
  EXPECT_EQ(ended("echo done", std::string(1 << 20, 'x')).output, "done\n");
}

TEST_F(Run, AProgramThatHangsIsKilled) {
  const auto out = ended("echo half; exec sleep 600", "", milliseconds{300});
  EXPECT_TRUE(out.late);
  EXPECT_THAT(out.output, IsEmpty());
  EXPECT_EQ(out.code, -1);
  EXPECT_EQ(out.signal, SIGKILL);
}

TEST_F(Run, AProgramThatClosesItsOutputAndHangsIsKilled) {
  const auto out = ended("exec sleep 600 >/dev/null", "", milliseconds{300});
  EXPECT_TRUE(out.late);
  EXPECT_EQ(out.signal, SIGKILL);
}

TEST_F(Run, AProgramThatTalksWithoutEndIsKilled) {
  const auto out = ended("exec cat /dev/zero");
  EXPECT_TRUE(out.loud);
  EXPECT_THAT(out.output, IsEmpty());
}

TEST_F(Run, AProgramIsToldOfASignalThatEndedIt) {
  const auto out = ended("kill -SEGV $$");
  EXPECT_EQ(out.code, -1);
  EXPECT_EQ(out.signal, SIGSEGV);
}

TEST_F(Run, AProgramHasNothingOfOurs) {
  ::setenv("MUNIMENT_TEST_SECRET", "open sesame", 1);
  const auto environment = ended("tr '\\0' '\\n' </proc/$$/environ");
  ::unsetenv("MUNIMENT_TEST_SECRET");
  EXPECT_THAT(environment.output, IsEmpty());
  EXPECT_EQ(ended("/bin/pwd").output, "/\n");
  const auto kept = folder.write("kept", "ours");
  auto* file = std::fopen(kept.c_str(), "r");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(ended("cd /proc/$$/fd; for fd in *; do readlink $fd; done | grep kept").output, "");
  std::fclose(file);
}

TEST_F(Run, AProgramThatIsNotThereIsSaidToBeMissing) {
  EXPECT_EQ(run(folder / "none", "", 10, kLong).error().code, Code::kNotFound);
  EXPECT_EQ(run(folder.write("plain", "text"), "", 10, kLong).error().code, Code::kNotFound);
}

}  // namespace
}  // namespace muniment::cage
