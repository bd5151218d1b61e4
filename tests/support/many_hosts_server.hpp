// One small web server that is a thousand hosts: it answers at every address of this machine's own network,
// 127.0.0.0/8, on one port and one thread, and notes how fast each host was asked.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace muniment::support {

class ManyHostsServer {
 public:
  struct Answer {
    int status = 200;
    std::string body;
    std::string head = {};  // further header lines, each ending in CRLF
  };
  using Site = std::function<Answer(const std::string& host, const std::string& path)>;

  // Listens at once; answers from start() on.
  explicit ManyHostsServer(Site site);
  ~ManyHostsServer();
  ManyHostsServer(const ManyHostsServer&) = delete;
  ManyHostsServer& operator=(const ManyHostsServer&) = delete;

  void start();
  // "127.0.1.7" and the like; each number below 60,000 is another host.
  static std::string host(unsigned number);
  std::string url(unsigned number, const std::string& path) const;

  struct Asked {
    std::uint64_t requests = 0;
    std::chrono::steady_clock::duration fastest = std::chrono::hours{24};  // between two to the same host
  };
  std::map<std::string, Asked> asked();  // by host

 private:
  struct Talk;
  void serve();
  void accept_all(std::map<int, Talk>& talks);
  bool hear(int socket, Talk& talk);
  void note(const std::string& host);

  Site site_;
  std::uint16_t port_ = 0;
  int listener_ = -1;
  int epoll_ = -1;
  std::atomic<bool> closing_{false};
  std::mutex lock_;
  std::map<std::string, std::pair<Asked, std::chrono::steady_clock::time_point>> asked_;
  std::thread thread_;
};

}  // namespace muniment::support
