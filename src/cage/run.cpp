#include "cage/run.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

namespace muniment::cage {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kLook{2};

Error not_started(const std::string& program, const std::string& why) {
  return {Code::kUnavailable, program + " could not be started: " + why,
          "try again when the machine is less busy"};
}

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::lseek(fd, 0, SEEK_SET) == 0;
}

int start(const std::filesystem::path& program, int input, int output, pid_t& child) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  posix_spawn_file_actions_addchdir_np(&actions, "/");
  sigset_t none;  // a signal that we hold back must end it all the same
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  std::string name = program.string();
  const std::array<char*, 2> words = {name.data(), nullptr};
  const std::array<char*, 1> environment = {nullptr};
  const int wrong =
      ::posix_spawn(&child, name.c_str(), &actions, &attributes, words.data(), environment.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return wrong;
}

// All it writes, until it has no more to say.
void listen(int output, std::size_t most, Clock::time_point end, Ended& ended) {
  std::array<char, 65536> piece;
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd ready{output, POLLIN, 0};
    if (left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) == 0) {
      ended.late = true;
      return;
    }
    const auto got = ::read(output, piece.data(), piece.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0) return;
    ended.output.append(piece.data(), static_cast<std::size_t>(got));
    ended.loud = ended.output.size() > most;
    if (ended.loud) return;
  }
}

void wait_for(pid_t child, Clock::time_point end, Ended& ended) {
  int state = 0;
  pid_t gone = 0;
  while (!ended.late && !ended.loud && gone != child) {
    gone = ::waitpid(child, &state, WNOHANG);
    if (gone == child) break;
    ended.late = Clock::now() >= end;
    std::this_thread::sleep_for(kLook);
  }
  if (gone != child) {
    ::kill(child, SIGKILL);
    while (::waitpid(child, &state, 0) < 0 && errno == EINTR) {
    }
  }
  ended.code = WIFEXITED(state) ? WEXITSTATUS(state) : -1;
  ended.signal = WIFSIGNALED(state) ? WTERMSIG(state) : 0;
  if (ended.late || ended.loud) ended.output.clear();
}

}  // namespace

Result<Ended> run(const std::filesystem::path& program, std::string_view input, std::size_t most_output,
                  std::chrono::milliseconds within) {
  const auto name = program.string();
  if (::access(name.c_str(), X_OK) != 0)
    return Error{Code::kNotFound, name + " is not there, or may not be run", "install it beside muniment"};
  // A file in memory instead of a pipe: a program that does not read cannot hold us up.
  const Descriptor given(::memfd_create("input", MFD_CLOEXEC));
  if (given.get() < 0 || !write_all(given.get(), input))
    return not_started(name, "there is no memory for its input");
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return not_started(name, std::strerror(errno));
  const Descriptor from(ends[0]);
  Descriptor to(ends[1]);
  pid_t child = -1;
  if (const int wrong = start(program, given.get(), to.get(), child); wrong != 0)
    return not_started(name, std::strerror(wrong));
  to.close();
  const auto end = Clock::now() + within;
  Ended ended;
  listen(from.get(), most_output, end, ended);
  wait_for(child, end, ended);
  return ended;
}

}  // namespace muniment::cage
