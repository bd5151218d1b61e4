#include "support/many_hosts_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace muniment::support {
namespace {

constexpr int kTick = 20;  // milliseconds between looks at whether it is closing

std::string local_address(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  std::array<char, INET_ADDRSTRLEN> text{};
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
      inet_ntop(AF_INET, &address.sin_addr, text.data(), text.size()) == nullptr)
    return {};
  return text.data();
}

bool watch(int epoll, int socket) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = socket;
  return epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event) == 0;
}

// Answers are small: they fit into the socket's buffer.
bool say(int socket, const std::string& bytes) {
  return send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

}  // namespace

struct ManyHostsServer::Talk {
  std::string host;
  std::string heard;
};

ManyHostsServer::ManyHostsServer(Site site) : site_(std::move(site)) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  epoll_ = epoll_create1(EPOLL_CLOEXEC);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  socklen_t size = sizeof address;
  if (listener_ < 0 || epoll_ < 0 || bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(listener_, 1024) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0 || !watch(epoll_, listener_))
    throw std::runtime_error("the test's server could not listen");
  port_ = ntohs(address.sin_port);
}

ManyHostsServer::~ManyHostsServer() {
  closing_ = true;
  if (thread_.joinable()) thread_.join();
  close(listener_);
  close(epoll_);
}

void ManyHostsServer::start() {
  thread_ = std::thread([this] { serve(); });
}

std::string ManyHostsServer::host(unsigned number) {
  return "127.0." + std::to_string(number / 250) + "." + std::to_string(number % 250 + 1);
}

std::string ManyHostsServer::url(unsigned number, const std::string& path) const {
  return "http://" + host(number) + ":" + std::to_string(port_) + path;
}

std::map<std::string, ManyHostsServer::Asked> ManyHostsServer::asked() {
  const std::lock_guard hold(lock_);
  std::map<std::string, Asked> out;
  for (const auto& [host, noted] : asked_) out[host] = noted.first;
  return out;
}

void ManyHostsServer::serve() {
  std::map<int, Talk> talks;
  std::array<epoll_event, 256> events{};
  while (!closing_) {
    const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), kTick);
    for (int i = 0; i < count; ++i) {
      const int socket = events[static_cast<std::size_t>(i)].data.fd;
      if (socket == listener_) {
        accept_all(talks);
      } else if (!hear(socket, talks[socket])) {
        talks.erase(socket);
        close(socket);
      }
    }
  }
  for (const auto& [socket, talk] : talks) close(socket);
}

// Nobody but this machine is answered.
void ManyHostsServer::accept_all(std::map<int, Talk>& talks) {
  for (;;) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (socket < 0) return;
    const auto host = local_address(socket);
    if (host.starts_with("127.") && watch(epoll_, socket))
      talks[socket].host = host;
    else
      close(socket);
  }
}

// False: the talk is over.
bool ManyHostsServer::hear(int socket, Talk& talk) {
  std::array<char, 8192> bytes{};
  const auto got = recv(socket, bytes.data(), bytes.size(), 0);
  if (got <= 0) return false;
  talk.heard.append(bytes.data(), static_cast<std::size_t>(got));
  for (;;) {
    const auto end = talk.heard.find("\r\n\r\n");
    if (end == std::string::npos) return true;
    note(talk.host);
    const auto begin = talk.heard.find(' ') + 1;
    const auto answer = site_(talk.host, talk.heard.substr(begin, talk.heard.find(' ', begin) - begin));
    talk.heard.erase(0, end + 4);
    if (!say(socket, "HTTP/1.1 " + std::to_string(answer.status) + " As Asked\r\n" + answer.head +
                         "Content-Length: " + std::to_string(answer.body.size()) + "\r\n\r\n" + answer.body))
      return false;
  }
}

void ManyHostsServer::note(const std::string& host) {
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard hold(lock_);
  auto& [asked, last] = asked_[host];
  if (asked.requests++ > 0) asked.fastest = std::min(asked.fastest, now - last);
  last = now;
}

}  // namespace muniment::support
