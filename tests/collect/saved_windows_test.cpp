// What takes much memory to unpack, and what came by standard input.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "collect/saved_parts.hpp"
#include "support/made_archive.hpp"
#include "support/temp_folder.hpp"

namespace muniment::collect {
namespace {

namespace fs = std::filesystem;
using support::Made;
using support::made_archive;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct Taken {
  std::vector<sources::Item> items;
  std::vector<LeftFile> left;
};

class LargeWindow : public testing::Test {
 protected:
  static Taken take(const std::vector<fs::path>& paths, SavedWishes wishes = {}) {
    Taken out;
    std::vector<SavedPath> saved;
    for (const auto& path : paths) saved.push_back({path, true});
    SavedFiles files(std::move(saved), std::move(wishes));
    while (auto part = files.next()) {
      auto reading = files.read(*part);
      if (!reading) ADD_FAILURE() << reading.error().what;
      if (reading)
        for (auto& item : reading->items) out.items.push_back(std::move(item));
    }
    out.left = files.take_left();
    return out;
  }

  support::TempFolder folder_;
};

constexpr std::string_view kComment =
    R"({"id":"a1","body":"Is the quay open?","author":"ann","created_utc":1577836800,"link_id":"t3_q","parent_id":"t3_q","subreddit":"wexcombe","subreddit_type":"public"})"
    "\n";

TEST_F(LargeWindow, IsRefusedAndSaidHowItIsRead) {
  const auto taken = take({folder_.write("RC_2020-01.zst", support::made_zstd(kComment, 31))});
  EXPECT_THAT(taken.items, IsEmpty());
  ASSERT_THAT(taken.left, SizeIs(1));
  EXPECT_EQ(taken.left[0].why.what,
            "it was packed with a window of 2 GiB (`zstd --long`), and to read it takes that much memory");
  EXPECT_EQ(taken.left[0].why.hint,
            "Where the machine has 2 GiB to spare, `muniment import --large-window` reads it.");
}

TEST_F(LargeWindow, IsTakenWhereItWasGranted) {
  SavedWishes wishes;
  wishes.limits.window = 2ULL << 30;
  const auto taken = take({folder_.write("RC_2020-01.zst", support::made_zstd(kComment, 31))}, wishes);
  ASSERT_THAT(taken.items, SizeIs(1));
  EXPECT_EQ(taken.items[0].interaction.text, "Is the quay open?");
  EXPECT_THAT(taken.left, IsEmpty());
}

TEST_F(LargeWindow, IsGrantedOnceAtATime) {
  SavedWishes wishes;
  wishes.limits.window = 2ULL << 30;
  const auto dump = support::made_zstd(kComment, 31);
  const auto packed = made_archive(Made::kTar, {{"RC.zst", dump}});
  EXPECT_THAT(take({folder_.write("a.tar", packed)}, wishes).items, SizeIs(1));
  const auto twice = take({folder_.write("a.tar.zst", support::made_zstd(packed, 31))}, wishes);
  EXPECT_THAT(twice.items, IsEmpty());
  ASSERT_THAT(twice.left, SizeIs(1));
  EXPECT_THAT(twice.left[0].why.what, HasSubstr("window of 2 GiB"));
}

using SpooledFile = LargeWindow;

TEST_F(SpooledFile, IsReadUnderTheNameThatItWasGiven) {
  const auto path = folder_.write("comments.jsonl", kComment);
  const int from = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  auto spool = base::Spool::take(from, folder_.path(), 1U << 20);
  ::close(from);
  ASSERT_TRUE(spool);
  fs::remove(path);
  SavedFiles files({{"standard input", true, *spool}}, {});
  const auto part = files.next();
  ASSERT_TRUE(part);
  EXPECT_EQ(part->name, "standard input");
  EXPECT_THAT(part->records, SizeIs(1));
  EXPECT_FALSE(files.next());
  EXPECT_THAT(files.take_left(), IsEmpty());
}

}  // namespace
}  // namespace muniment::collect
