#include "support/loopback_server.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/plain_listener.hpp"

namespace muniment::support {
namespace {

constexpr int kTick = 20;  // milliseconds between looks at whether the server is closing

bool ready(int socket, short events, const std::atomic<bool>& closing) {
  while (!closing) {
    pollfd watched{socket, events, 0};
    const int n = poll(&watched, 1, kTick);
    if (n < 0) return false;
    if (n > 0) return (watched.revents & events) != 0;
  }
  return false;
}

}  // namespace

bool LoopbackServer::Wire::say(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!ready(socket_, POLLOUT, closing_)) return false;
    const auto n = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool LoopbackServer::Wire::pause(int milliseconds) {
  for (int left = milliseconds; left > 0 && !closing_; left -= kTick) {
    pollfd watched{socket_, POLLIN | POLLRDHUP, 0};
    if (poll(&watched, 1, left < kTick ? left : kTick) > 0) return false;
  }
  return !closing_;
}

LoopbackServer::LoopbackServer() : listener_(listen_on_loopback(port_)) {
  acceptor_ = std::thread([this] { accept_all(); });
}

LoopbackServer::~LoopbackServer() {
  closing_ = true;
  acceptor_.join();
  for (auto& conversation : conversations_) conversation.join();
  close(listener_);
}

void LoopbackServer::on(const std::string& path, Script script) {
  const std::lock_guard hold(lock_);
  scripts_[path] = std::move(script);
}

void LoopbackServer::answer(const std::string& path, int status, const std::string& body,
                            const std::string& head) {
  const auto whole = "HTTP/1.1 " + std::to_string(status) + " As Asked\r\n" + head +
                     "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
                     body;
  on(path, [whole](Wire& wire) { wire.say(whole); });
}

std::string LoopbackServer::url(const std::string& path, const std::string& host) const {
  return "http://" + host + ":" + std::to_string(port_) + path;
}

std::vector<std::string> LoopbackServer::requests() {
  const std::lock_guard hold(lock_);
  return requests_;
}

void LoopbackServer::accept_all() {
  while (ready(listener_, POLLIN, closing_)) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket >= 0) conversations_.emplace_back([this, socket] { serve(socket); });
  }
}

// Has the request come whole, with the body that a Content-Length announces?
bool LoopbackServer::is_whole(const std::string& request) {
  constexpr std::string_view kLength = "Content-Length: ";
  const auto end = request.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  const auto length = request.find(kLength);
  if (length == std::string::npos || length > end) return true;
  return request.size() - end - 4 >= std::stoul(request.substr(length + kLength.size()));
}

void LoopbackServer::serve(int socket) {
  std::string head;
  while (!is_whole(head) && ready(socket, POLLIN, closing_)) {
    char bytes[4096];
    const auto n = recv(socket, bytes, sizeof bytes, 0);
    if (n <= 0) break;
    head.append(bytes, static_cast<std::size_t>(n));
  }
  Script script = [](Wire& wire) {
    wire.say("HTTP/1.1 404 Not Here\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  };
  {
    const std::lock_guard hold(lock_);
    requests_.push_back(head);
    const auto path_begin = head.find(' ') + 1;
    auto found = scripts_.find(head.substr(path_begin, head.find(' ', path_begin) - path_begin));
    if (found == scripts_.end())
      found = scripts_.find(head.substr(path_begin, head.find_first_of(" ?", path_begin) - path_begin));
    if (found != scripts_.end()) script = found->second;
  }
  Wire wire(socket, closing_);
  if (!head.empty()) script(wire);
  shutdown(socket, SHUT_WR);
  close(socket);
}

}  // namespace muniment::support
