#include "app/supervisor.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstring>

namespace muniment::app {
namespace {

std::int64_t number(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  return wrong == std::errc{} && end == text.data() + text.size() ? value : 0;
}

}  // namespace

Supervisor::Supervisor(const net::Environment& environment) : socket_(environment("NOTIFY_SOCKET")) {
  const auto whom = environment("WATCHDOG_PID");
  if (whom.empty() || number(whom) == ::getpid())
    watchdog_ = std::chrono::microseconds{number(environment("WATCHDOG_USEC"))};
}

void Supervisor::ready() {
  say("READY=1");
}

void Supervisor::stopping() {
  say("STOPPING=1");
}

void Supervisor::status(const std::string& sentence) {
  say("STATUS=" + sentence);
}

void Supervisor::alive() {
  if (watchdog_.count() <= 0) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - told_ < watchdog_ / 4) return;
  told_ = now;
  say("WATCHDOG=1");
}

// Nothing depends on its arrival.
void Supervisor::say(const std::string& words) const {
  sockaddr_un address{};
  if (socket_.empty() || socket_.size() >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  std::memcpy(&address.sun_path[0], socket_.data(), socket_.size());
  if (socket_.front() == '@') address.sun_path[0] = '\0';  // in the abstract name space
  const int out = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (out < 0) return;
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  (void)::sendto(out, words.data(), words.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                 reinterpret_cast<const sockaddr*>(&address), length);
  ::close(out);
}

}  // namespace muniment::app
