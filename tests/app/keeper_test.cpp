// Root may work on another account's archive (docs/running.md): what it leaves there is that account's.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/contacts.hpp"
#include "app/find.hpp"
#include "support/town_archive.hpp"

namespace muniment::app {
namespace {

constexpr uid_t kKeeper = 65534;

TEST(TheKeepersArchive, IsAllItsKeepersAfterRootWorkedOnIt) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can work on another account's archive";
  support::TownArchive town;
  ASSERT_EQ(::chown(town.path().c_str(), kKeeper, kKeeper), 0);
  for (const auto& one : std::filesystem::recursive_directory_iterator(town.path()))
    ASSERT_EQ(::chown(one.path().c_str(), kKeeper, kKeeper), 0);
  ContactWishes wishes;
  wishes.contact.channel = "phone";
  wishes.contact.actor = "Ines Calloway";
  wishes.contact.person = "Dunstan Pike";
  wishes.contact.text = "He says that the water is brown.";
  wishes.happened = "2026-03-01 07:30";
  wishes.files = {town.folder.write("letter.txt", "The water is brown.")};
  const auto added = add_contact(*town, wishes);
  ASSERT_TRUE(added) << added.error().what;
  ASSERT_EQ(count(*town, "brown")->number, 1U);
  std::size_t files = 0;
  for (const auto& one : std::filesystem::recursive_directory_iterator(town.path())) {
    struct stat info {};
    ASSERT_EQ(::lstat(one.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_uid, kKeeper) << one.path();
    ++files;
  }
  EXPECT_GE(files, 10U);
}

}  // namespace
}  // namespace muniment::app
