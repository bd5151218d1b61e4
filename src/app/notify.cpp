#include "app/notify.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <thread>

extern char** environ;

namespace muniment::app {
namespace {

constexpr std::chrono::milliseconds kLook{20};

Error failed(const std::string& how) {
  return {Code::kUnavailable, "the notify command " + how, "run it by hand with some text on its input"};
}

// A file in memory instead of a pipe: a command that does not read cannot hold us up.
class Message {
 public:
  explicit Message(const std::string& text) : fd_(::memfd_create("alarm", MFD_CLOEXEC)) {
    whole_ = fd_ >= 0 && ::write(fd_, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
             ::lseek(fd_, 0, SEEK_SET) == 0;
  }
  ~Message() {
    if (fd_ >= 0) ::close(fd_);
  }
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;
  bool whole() const { return whole_; }
  int get() const { return fd_; }

 private:
  int fd_;
  bool whole_ = false;
};

// In a process group of its own, so that all it started can be ended with it.
int start(const std::string& command, int input, pid_t& child) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  std::string shell = "/bin/sh", option = "-c", text = command;
  const std::array<char*, 4> words = {shell.data(), option.data(), text.data(), nullptr};
  const int wrong = ::posix_spawn(&child, "/bin/sh", &actions, &attributes, words.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return wrong;
}

}  // namespace

Notification::Notification(const std::string& command, const std::string& message,
                           std::chrono::milliseconds within)
    : within_(within), end_(std::chrono::steady_clock::now() + within) {
  const Message input(message);
  if (!input.whole())
    ended_ = failed("was not started: there is no memory for its input");
  else if (const int wrong = start(command, input.get(), child_); wrong != 0)
    ended_ = failed(std::string("could not be started: ") + std::strerror(wrong));
  if (!ended_) child_ = -1;
}

Notification::~Notification() {
  if (child_ < 0) return;
  ::kill(-child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
}

std::optional<Status> Notification::finished() {
  if (child_ < 0) return ended_;
  int state = 0;
  const pid_t ended = ::waitpid(child_, &state, WNOHANG);
  if (ended == 0 && std::chrono::steady_clock::now() < end_) return std::nullopt;
  if (ended < 0 && errno == EINTR) return std::nullopt;
  const auto child = std::exchange(child_, -1);
  if (ended < 0) {
    ended_ = failed(std::string("was lost: ") + std::strerror(errno));
  } else if (ended == 0) {
    ::kill(-child, SIGKILL);
    ::waitpid(child, &state, 0);
    ended_ = failed("took longer than " +
                    std::to_string(std::chrono::duration_cast<std::chrono::seconds>(within_).count()) +
                    " seconds and was ended");
  } else if (!WIFEXITED(state) || WEXITSTATUS(state) != 0) {
    ended_ = failed(WIFEXITED(state) ? "ended with code " + std::to_string(WEXITSTATUS(state))
                                     : "was ended by signal " + std::to_string(WTERMSIG(state)));
  }
  return ended_;
}

Status notify(const std::string& command, const std::string& message, std::chrono::milliseconds within) {
  for (Notification notification(command, message, within);;) {
    if (const auto ended = notification.finished()) return *ended;
    std::this_thread::sleep_for(kLook);
  }
}

}  // namespace muniment::app
