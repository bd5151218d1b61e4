#include "bench/measure.hpp"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace muniment::bench {
namespace {

std::vector<char*> arguments_of(const std::vector<std::string>& command) {
  std::vector<char*> out;
  for (const auto& word : command) out.push_back(const_cast<char*>(word.c_str()));
  out.push_back(nullptr);
  return out;
}

[[noreturn]] void become(const std::vector<std::string>& command, int out, int cores) {
  if (cores > 0) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int core = 0; core < cores; ++core) CPU_SET(static_cast<std::size_t>(core), &set);
    ::sched_setaffinity(0, sizeof set, &set);
  }
  ::dup2(out, STDOUT_FILENO);
  auto arguments = arguments_of(command);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

int exit_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

void write_out() {
  ::sync();
}

double ThreadClock::now() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double mean(const std::vector<double>& samples) {
  if (samples.empty()) return 0;
  return std::accumulate(samples.begin(), samples.end(), 0.0) / static_cast<double>(samples.size());
}

double percentile(std::vector<double> samples, double share) {
  if (samples.empty()) return 0;
  std::sort(samples.begin(), samples.end());
  const auto at = static_cast<std::size_t>(std::ceil(share * static_cast<double>(samples.size())));
  return samples[std::min(at == 0 ? 0 : at - 1, samples.size() - 1)];
}

Run run(const std::vector<std::string>& command, int cores) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  Run result;
  const Stopwatch watch;
  const pid_t pid = ::fork();
  if (pid < 0) throw std::runtime_error("cannot start " + command[0]);
  if (pid == 0) become(command, ends[1], cores);
  ::close(ends[1]);
  char buffer[65536];
  for (ssize_t n; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
    if (result.first_byte == 0) result.first_byte = watch.seconds();
    if (result.out.size() < 1U << 20) result.out.append(buffer, static_cast<std::size_t>(n));
  }
  ::close(ends[0]);
  int status = 0;
  rusage usage{};
  ::wait4(pid, &status, 0, &usage);
  result.seconds = watch.seconds();
  result.exit = exit_of(status);
  result.peak_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  return result;
}

Background::Background(const std::vector<std::string>& command) {
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  pid_ = ::fork();
  if (pid_ == 0) become(command, nowhere, 0);
  ::close(nowhere);
  if (pid_ < 0) throw std::runtime_error("cannot start " + command[0]);
}

bool Background::running() {
  if (pid_ < 0) return false;
  int status = 0;
  if (::waitpid(pid_, &status, WNOHANG) == 0) return true;
  exit_ = exit_of(status);
  pid_ = -1;
  return false;
}

int Background::stop() {
  if (pid_ < 0) return exit_;
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return exit_ = exit_of(status);
}

Background::~Background() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGTERM);
  (void)stop();
}

}  // namespace muniment::bench
