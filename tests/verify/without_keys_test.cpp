// An archive whose secrets are there, and may not be read by whoever checks it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "support/small_archive.hpp"
#include "verify/archive.hpp"

namespace muniment::verify {
namespace {

using std::filesystem::perms;
using support::SmallArchive;

constexpr uid_t kNobody = 65534;
constexpr auto kForAll =
    perms::owner_all | perms::group_read | perms::group_exec | perms::others_read | perms::others_exec;

// Says what came of it on the error output, and ends with the answer's exit code.  Who may read everything
// becomes somebody else for it.
[[noreturn]] void verify_as_another(const SmallArchive& archive, const Policy& policy, bool deep) {
  if (::geteuid() == 0 && ::setuid(kNobody) != 0) std::_Exit(99);
  const auto report = verify_archive(archive.folder(), policy, {deep, 1});
  if (!report) std::_Exit(98);
  std::fputs(to_text(*report).c_str(), stderr);
  std::fflush(stderr);
  std::_Exit(exit_code(report->answer()));
}

TEST(VerifyWithoutKeys, TheChainIsVerifiedAndTheWordsAreNotWhereTheSecretsMayNotBeRead) {
  SmallArchive archive(3);
  const auto policy = archive.policy();
  const auto top = std::filesystem::temp_directory_path();
  for (auto folder = archive.folder(); folder != top && folder.has_relative_path();
       folder = folder.parent_path())
    std::filesystem::permissions(folder, kForAll);
  std::filesystem::permissions(archive.keys_db(), perms::none);
  EXPECT_EXIT(verify_as_another(archive, policy, false), testing::ExitedWithCode(0),
              "keys.db may not be read by this account: the chain was checked");
  EXPECT_EXIT(verify_as_another(archive, policy, true), testing::ExitedWithCode(3),
              "the words of the bodies: they are read with keys.db, which may not be read by this account");
}

}  // namespace
}  // namespace muniment::verify
