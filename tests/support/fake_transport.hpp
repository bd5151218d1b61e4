// A transport that answers only what it was told, and fails the test for anything else.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "net/transport.hpp"

namespace muniment::support {

class FakeTransport final : public net::Transport {
 public:
  explicit FakeTransport(base::Clock& clock) : clock_(clock) {}

  // Answers for an address come in the order given; the last one is repeated.
  void serve(const std::string& url, net::Response response);
  void serve(const std::string& url, int status, const std::string& body, net::Headers headers = {});
  void fail(const std::string& url, Error error);
  // Forgets what was told about an address, so that it can be told anew.
  void forget(const std::string& url) { answers_.erase(url); }

  Result<net::Response> get(const net::Request& request) override;

  const std::vector<net::Request>& asked() const { return asked_; }
  std::vector<std::string> asked_urls() const;
  void forget_asked() { asked_.clear(); }

 private:
  base::Clock& clock_;
  std::map<std::string, std::deque<Result<net::Response>>> answers_;
  std::vector<net::Request> asked_;
};

}  // namespace muniment::support
