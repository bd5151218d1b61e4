// One request and its answer over libcurl, without following anything.  Belongs to curl_transport.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "net/transport.hpp"
#include "net/url.hpp"

namespace muniment::net {

struct Hop {
  Url url;
  Headers headers;
  std::string user_agent;
  std::string proxy;        // empty: direct.  Where it leads is configuration, so its address is not policed
  std::string authorities;  // file of the certificates that are believed; empty: the system's list
  bool allow_private = false;
  Limits limits;
  std::chrono::milliseconds remaining{0};   // of limits.total
  const std::atomic<bool>* stop = nullptr;  // true: give up now; may be null
  bool post = false;
  std::string_view body = {};  // of a POST; must outlive the hop
};

struct HopAnswer {
  int status = 0;
  Headers headers;
  std::string body;
  std::string peer;
  std::string tls;
};

// A libcurl handle and the connections it keeps open.  A kept connection is not policed again, so
// requests that may reach private addresses and those that may not never share one of these.
class CurlHandle {
 public:
  CurlHandle();
  ~CurlHandle();
  CurlHandle(const CurlHandle&) = delete;
  CurlHandle& operator=(const CurlHandle&) = delete;

  // Errors as Transport::get.
  Result<HopAnswer> get(const Hop& hop);

 private:
  std::string tls_facts(const Url& url, const std::string& agreed);

  void* easy_;                                    // CURL*
  std::map<std::string, std::string> tls_known_;  // host:port of kept connections: libcurl tells only once
};

}  // namespace muniment::net
