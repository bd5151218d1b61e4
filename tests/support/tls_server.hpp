// A web server on 127.0.0.1 that speaks TLS with the certificate and the versions a test gives it.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/test_authority.hpp"

namespace muniment::support {

class TlsServer {
 public:
  struct Versions {
    int oldest = 0;  // as OpenSSL numbers them (TLS1_2_VERSION); 0: any
    int newest = 0;
  };
  explicit TlsServer(const TlsIdentity& identity);
  TlsServer(const TlsIdentity& identity, Versions versions);
  ~TlsServer();
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  // `head`: further header lines, each ending in CRLF.  What was not told of is answered 404.
  void answer(const std::string& path, int status, const std::string& body, const std::string& head = {});
  std::string url(const std::string& path, const std::string& host = "127.0.0.1") const;
  // The requests that came through: none before the client was content with the certificate.
  std::vector<std::string> requests();

 private:
  struct Context;
  void accept_all();
  void serve(int socket);

  std::unique_ptr<Context> context_;
  std::uint16_t port_ = 0;
  int listener_ = -1;
  std::atomic<bool> closing_{false};
  std::mutex lock_;
  std::map<std::string, std::string> answers_;
  std::vector<std::string> requests_;
  std::thread acceptor_;
};

}  // namespace muniment::support
