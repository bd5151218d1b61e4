#include "base/spool.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <thread>

#include "support/temp_folder.hpp"

namespace muniment::base {
namespace {

// What a program would write into ours.
class Pipe {
 public:
  explicit Pipe(std::string bytes) {
    std::signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    from_ = ends[0];
    writer_ = std::thread([to = ends[1], bytes = std::move(bytes)] {
      for (std::size_t at = 0; at < bytes.size();) {
        const auto count = ::write(to, bytes.data() + at, bytes.size() - at);
        if (count <= 0) break;
        at += static_cast<std::size_t>(count);
      }
      ::close(to);
    });
  }
  ~Pipe() {
    ::close(from_);
    writer_.join();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int from() const { return from_; }

 private:
  int from_ = -1;
  std::thread writer_;
};

std::string rest_of(ByteStream& stream) {
  std::string out(1U << 20, '\0');
  out.resize(read_fully(stream, out).value_or(0));
  return out;
}

constexpr std::uint64_t kPlenty = 1U << 30;

TEST(Spool, CanBeReadAgainAndFromAnyPlace) {
  const support::TempFolder folder;
  std::string bytes;
  for (int i = 0; i < 60'000; ++i) bytes += std::to_string(i);
  const Pipe pipe(bytes);
  const auto spool = Spool::take(pipe.from(), folder.path(), kPlenty);
  ASSERT_TRUE(spool) << spool.error().what;
  EXPECT_EQ((*spool)->size(), bytes.size());
  const auto one = (*spool)->open();
  const auto other = (*spool)->open();
  EXPECT_EQ(rest_of(*one), bytes);
  EXPECT_EQ(rest_of(*other), bytes);
  ASSERT_TRUE(one->seek(100));
  EXPECT_EQ(rest_of(*one), bytes.substr(100));
  EXPECT_EQ(one->size(), bytes.size());
}

TEST(Spool, HasNoNameInTheFolder) {
  const support::TempFolder folder;
  const Pipe pipe("I live at Quay Cottage");
  const auto spool = Spool::take(pipe.from(), folder.path(), kPlenty);
  ASSERT_TRUE(spool);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Spool, TakesNoMoreThanIsAllowed) {
  const support::TempFolder folder;
  const Pipe enough("12345");
  EXPECT_TRUE(Spool::take(enough.from(), folder.path(), 5));
  const Pipe pipe("123456");
  const auto spool = Spool::take(pipe.from(), folder.path(), 5);
  ASSERT_FALSE(spool);
  EXPECT_EQ(spool.error().code, Code::kInvalid);
  EXPECT_EQ(spool.error().what, "there are more than 5 bytes; nothing was kept");
}

TEST(Spool, EndsWhenItIsTold) {
  const support::TempFolder folder;
  const Pipe pipe("123456");
  const std::atomic<bool> stop = true;
  EXPECT_EQ(Spool::take(pipe.from(), folder.path(), kPlenty, &stop).error().code, Code::kUnavailable);
}

TEST(Spool, InAFolderThatIsNotThereSaysSo) {
  const support::TempFolder folder;
  const Pipe pipe("x");
  const auto spool = Spool::take(pipe.from(), folder.path() / "none", kPlenty);
  ASSERT_FALSE(spool);
  EXPECT_EQ(spool.error().code, Code::kIo);
}

}  // namespace
}  // namespace muniment::base
