// An archive that this account may not enter is not said to be none.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "app/archive.hpp"
#include "app/check.hpp"
#include "support/temp_folder.hpp"
#include "verify/archive.hpp"

namespace muniment::app {
namespace {

using std::filesystem::perms;

constexpr uid_t kNobody = 65534;

// Says what came of it, and ends with the error's code.  Who may enter everything becomes somebody else for
// it.
template <typename Open>
[[noreturn]] void as_another(const Open& open) {
  if (::geteuid() == 0 && ::setuid(kNobody) != 0) std::_Exit(99);
  const auto opened = open();
  if (opened) std::_Exit(0);
  std::fputs(opened.error().what.c_str(), stderr);
  std::fflush(stderr);
  std::_Exit(static_cast<int>(opened.error().code));
}

TEST(ClosedFolder, IsSaidToBeClosedAndNotToBeNoArchive) {
  const support::TempFolder temp;
  const auto town = temp / "town";
  std::filesystem::create_directory(town);
  std::filesystem::permissions(temp.path(), perms::owner_all | perms::others_exec | perms::others_read);
  std::filesystem::permissions(town, perms::none);
  const auto denied = testing::ExitedWithCode(static_cast<int>(Code::kDenied));
  EXPECT_EXIT(as_another([&] { return Archive::open(town, Access::kRead); }), denied,
              "town may not be entered by this account; nothing was changed");
  EXPECT_EXIT(as_another([&] { return check_archive(town, {}); }), denied,
              "town may not be entered by this account");
  EXPECT_EXIT(as_another([&] { return verify::verify_archive(town, {}); }), denied,
              "town may not be entered by this account");
  std::filesystem::permissions(town, perms::owner_all);
  const auto none = Archive::open(town, Access::kRead);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Code::kNotFound);
}

}  // namespace
}  // namespace muniment::app
