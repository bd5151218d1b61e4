// A mail server on 127.0.0.1 that speaks plainly until it is told STARTTLS, and remembers what it heard how.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/test_authority.hpp"

namespace muniment::support {

class StarttlsServer {
 public:
  // kInjects: says more than it should before the connection is secured.
  enum class Does { kSecures, kOffersNothing, kRefuses, kInjects };
  StarttlsServer(const TlsIdentity& identity, Does does);
  ~StarttlsServer();
  StarttlsServer(const StarttlsServer&) = delete;
  StarttlsServer& operator=(const StarttlsServer&) = delete;

  std::uint16_t port() const { return port_; }
  // Lines, without what ends them; those that came over TLS begin with "secured: ".
  std::vector<std::string> heard();

 private:
  struct Context;
  void accept_all();
  void turn_to(int caller);
  void serve(int caller);
  std::string answer_to(const std::string& line);

  std::unique_ptr<Context> context_;
  Does does_;
  std::uint16_t port_ = 0;
  int listener_ = -1;
  std::atomic<bool> closing_{false};
  std::mutex serving_;
  int caller_ = -1;  // being served
  std::mutex lock_;
  std::vector<std::string> heard_;
  std::thread acceptor_;
};

}  // namespace muniment::support
