#include "base/file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "support/temp_folder.hpp"

namespace muniment::base {
namespace {

namespace fs = std::filesystem;
using support::contents;
using support::TempFolder;

std::ptrdiff_t files_in(const fs::path& folder) {
  return std::distance(fs::directory_iterator(folder), fs::directory_iterator{});
}

TEST(File, IsReadWhole) {
  const TempFolder folder;
  const std::string bytes("one\0two\n", 8);
  const auto path = folder.write("a", bytes);
  const auto read = read_file(path, 8);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, bytes);
}

TEST(File, LargerThanTheLimitIsNotReadAtAll) {
  const TempFolder folder;
  const auto read = read_file(folder.write("a", "nine byte"), 8);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Code::kInvalid);
  EXPECT_NE(read.error().what.find("9 bytes"), std::string::npos) << read.error().what;
}

TEST(File, WhatIsNoPlainFileIsRefusedWithoutWaiting) {
  const TempFolder folder;
  const std::string pipe = (folder / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  for (const fs::path& path : {folder.path(), fs::path(pipe), fs::path("/dev/zero")}) {
    const auto read = read_file(path, 100);
    ASSERT_FALSE(read) << path;
    EXPECT_EQ(read.error().code, Code::kInvalid) << path;
  }
}

TEST(File, ThatIsMissingIsNotFound) {
  const TempFolder folder;
  EXPECT_EQ(read_file(folder / "nothing", 100).error().code, Code::kNotFound);
  EXPECT_EQ(read_file(folder.write("a", "") / "beneath a file", 100).error().code, Code::kNotFound);
}

TEST(File, WrittenDurablyReplacesTheOldWholeAndLeavesNothingElse) {
  const TempFolder folder;
  const auto path = folder.write("last", "the old state, which is rather longer");
  ASSERT_TRUE(write_durably(path, "new"));
  EXPECT_EQ(contents(path), "new");
  EXPECT_EQ(files_in(folder.path()), 1);
}

TEST(File, PrivateMeansForTheOwnerAlone) {
  const TempFolder folder;
  ASSERT_TRUE(write_durably(folder / "log.key", "seed", Mode::kPrivate));
  struct stat info {};
  ASSERT_EQ(::stat((folder / "log.key").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  ASSERT_TRUE(create_folder(folder / "keys", Mode::kPrivate));
  ASSERT_EQ(::stat((folder / "keys").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700U);
}

TEST(File, AWriteThatFailsLeavesTheOldAndNoRemains) {
  const TempFolder folder;
  fs::create_directory(folder / "taken");
  folder.write("taken/inside", "x");
  const auto done = write_durably(folder / "taken", "a file cannot take a folder's place");
  EXPECT_FALSE(done);
  EXPECT_TRUE(fs::is_directory(folder / "taken"));
  EXPECT_EQ(files_in(folder.path()), 1);
  EXPECT_EQ(write_durably(folder / "no such folder" / "a", "x").error().code, Code::kNotFound);
}

TEST(File, ALinkLeftWhereTheTemporaryFileGoesIsNotFollowed) {
  const TempFolder folder;
  const auto victim = folder.write("victim", "untouched");
  fs::create_symlink(victim, folder / ("a.part" + std::to_string(::getpid())));
  EXPECT_FALSE(write_durably(folder / "a", "x"));
  EXPECT_EQ(contents(victim), "untouched");
}

// Root may work in another account's folder; no other account can give its files away.
class FileOfRoot : public testing::Test {
 protected:
  static constexpr uid_t kKeeper = 65534;
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can make what is another account's";
    ASSERT_EQ(::chown(folder.path().c_str(), kKeeper, kKeeper), 0);
  }
  static uid_t owner(const fs::path& path) {
    struct stat info {};
    EXPECT_EQ(::lstat(path.c_str(), &info), 0) << path;
    return info.st_uid;
  }
  const TempFolder folder;
};

TEST_F(FileOfRoot, IsGivenToTheOwnerOfItsFolderWhereThatIsWanted) {
  ASSERT_TRUE(write_durably(folder / "last", "x", Mode::kPrivate, Owner::kOfTheFolder));
  EXPECT_EQ(owner(folder / "last"), kKeeper);
  ASSERT_TRUE(create_folder(folder / "media", Mode::kShared, Owner::kOfTheFolder));
  EXPECT_EQ(owner(folder / "media"), kKeeper);
  ASSERT_TRUE(write_durably(folder / "ours", "x", Mode::kPrivate));
  EXPECT_EQ(owner(folder / "ours"), 0U);
  give_to_owner_of_folder(folder / "ours");
  EXPECT_EQ(owner(folder / "ours"), kKeeper);
}

TEST_F(FileOfRoot, ThatHasAnotherNameElsewhereIsNotGivenAway) {
  const TempFolder roots;
  const auto secret = roots.write("secret", "x");
  fs::create_hard_link(secret, folder / "planted");
  give_to_owner_of_folder(folder / "planted");
  fs::create_symlink(secret, folder / "pointing");
  give_to_owner_of_folder(folder / "pointing");
  EXPECT_EQ(owner(secret), 0U);
}

TEST(File, AFolderIsCreatedOnce) {
  const TempFolder folder;
  ASSERT_TRUE(create_folder(folder / "archive"));
  EXPECT_TRUE(fs::is_directory(folder / "archive"));
  EXPECT_EQ(create_folder(folder / "archive").error().code, Code::kConflict);
  EXPECT_EQ(create_folder(folder / "no" / "parent").error().code, Code::kNotFound);
}

}  // namespace
}  // namespace muniment::base
