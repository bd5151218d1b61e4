#include "support/plain_listener.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

namespace muniment::support {

int listen_on_loopback(std::uint16_t& port) {
  constexpr int kMayWait = 1024;  // callers beyond these are kept waiting for seconds by the system
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (listener < 0 || bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(listener, kMayWait) != 0 ||
      getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("the test's server could not listen on 127.0.0.1");
  port = ntohs(address.sin_port);
  return listener;
}

int next_caller(int listener) {
  constexpr int kTick = 20;  // milliseconds between looks at whether the server is closing
  pollfd watched{listener, POLLIN, 0};
  return poll(&watched, 1, kTick) > 0 ? accept4(listener, nullptr, nullptr, SOCK_CLOEXEC) : -1;
}

PlainListener::PlainListener(std::string bytes, Then then)
    : bytes_(std::move(bytes)), then_(then), listener_(listen_on_loopback(port_)) {
  acceptor_ = std::thread([this] {
    while (!closing_) {
      const int caller = next_caller(listener_);
      if (caller < 0) continue;
      serve(caller);
    }
  });
}

void PlainListener::serve(int caller) {
  constexpr int kTick = 20;
  (void)send(caller, bytes_.data(), bytes_.size(), MSG_NOSIGNAL);
  for (char ignored[4'096]; then_ == Then::kStays && !closing_;) {
    pollfd watched{caller, POLLIN, 0};
    if (poll(&watched, 1, kTick) > 0 && recv(caller, ignored, sizeof ignored, 0) <= 0) break;
  }
  close(caller);
}

PlainListener::~PlainListener() {
  closing_ = true;
  acceptor_.join();
  close(listener_);
}

}  // namespace muniment::support
