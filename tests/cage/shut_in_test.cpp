// Each of these runs in a process of its own, which is shut in as muniment-thumbnail is.
#include "cage/shut_in.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

#include "support/temp_folder.hpp"

namespace muniment::cage {
namespace {

constexpr Bounds kBounds{1U << 30, 5, 1U << 20};
constexpr int kGotThrough = 42, kNoCage = 43;

// How a process ends that is shut in and then does this.
template <typename Deed>
int after(const Deed& deed) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (!shut_in(kBounds)) ::_exit(kNoCage);
    deed();
    ::syscall(SYS_exit_group, kGotThrough);
  }
  int state = 0;
  EXPECT_EQ(::waitpid(child, &state, 0), child);
  return state;
}

bool refused(int state) {
  return WIFSIGNALED(state) && WTERMSIG(state) == SIGSYS;
}

TEST(ShutIn, AProcessCanStillReadItsInputWriteItsOutputAndUseItsMemory) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const int state = after([&] {
    char byte = 0;
    (void)!::read(STDIN_FILENO, &byte, 0);
    std::vector<std::string> much;
    for (int i = 0; i < 200; ++i) much.emplace_back(100'000, 'x');
    (void)!::write(STDOUT_FILENO, much.back().data(), 0);
  });
  ASSERT_TRUE(WIFEXITED(state)) << "ended by signal " << WTERMSIG(state);
  EXPECT_EQ(WEXITSTATUS(state), kGotThrough);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(ShutIn, AProcessOpensNoFile) {
  const support::TempFolder folder;
  const auto path = folder.write("secret", "the keys");
  EXPECT_TRUE(refused(after([&] { (void)!::open(path.c_str(), O_RDONLY); })));
  EXPECT_TRUE(refused(after([&] { (void)!::open((folder / "new").c_str(), O_CREAT | O_WRONLY, 0600); })));
  EXPECT_FALSE(std::filesystem::exists(folder / "new"));
  EXPECT_TRUE(refused(after([&] { (void)!::unlink(path.c_str()); })));
  EXPECT_EQ(support::contents(path), "the keys");
}

TEST(ShutIn, AProcessReadsAndWritesNoOtherDescriptor) {
  const support::TempFolder folder;
  const auto path = folder.write("open", "before");
  const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_GE(file, 0);
  char byte = 0;
  EXPECT_TRUE(refused(after([&] { (void)!::read(file, &byte, 1); })));
  EXPECT_TRUE(refused(after([&] { (void)!::write(file, "x", 1); })));
  EXPECT_TRUE(refused(after([&] { (void)!::write(STDERR_FILENO, "x", 1); })));
  ::close(file);
  EXPECT_EQ(support::contents(path), "before");
}

TEST(ShutIn, AProcessSpeaksToNobodyAndStartsNothing) {
  EXPECT_TRUE(refused(after([] { (void)!::socket(AF_INET, SOCK_STREAM, 0); })));
  EXPECT_TRUE(refused(after([] { (void)!::socket(AF_UNIX, SOCK_STREAM, 0); })));
  EXPECT_TRUE(refused(after([] { ::syscall(SYS_fork); })));
  EXPECT_TRUE(refused(after([] { ::execl("/bin/true", "true", nullptr); })));
  EXPECT_TRUE(refused(after([] { ::kill(::getppid(), 0); })));
}

TEST(ShutIn, AProcessExecutesNothingThatItWasGiven) {
  EXPECT_TRUE(refused(after([] {
    ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  })));
  EXPECT_TRUE(refused(after([] {
    auto* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ::mprotect(page, 4096, PROT_READ | PROT_EXEC);
  })));
}

TEST(ShutIn, AProcessThatWorksWithoutEndIsEnded) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (!shut_in({1U << 30, 1, 0})) ::_exit(kNoCage);
    for (volatile unsigned i = 0;;) i = i + 1;
  }
  int state = 0;
  ASSERT_EQ(::waitpid(child, &state, 0), child);
  EXPECT_TRUE(WIFSIGNALED(state));
}

}  // namespace
}  // namespace muniment::cage
