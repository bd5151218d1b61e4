// One request and its answer over libcurl, without following anything.  Belongs to curl_transport and
// curl_many.
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
  bool connect_only = false;   // nothing is asked: the caller speaks over easy() when the answer came
  bool starttls = false;  // likewise, of an imap:// address: greeted, and secured or an error, when it came
};

struct HopAnswer {
  int status = 0;
  Headers headers;
  std::string body;
  std::string peer;
  std::string tls;
};

// What was agreed for kept connections, by host and port: libcurl tells it only when they are made.  Handles
// that share connections share this.
using KnownTls = std::map<std::string, std::string>;

// A libcurl handle and the connections it keeps open.  A kept connection is not policed again, so
// requests that may reach private addresses and those that may not never share one of these.
class CurlHandle {
 public:
  explicit CurlHandle(std::shared_ptr<KnownTls> known = std::make_shared<KnownTls>());
  ~CurlHandle();
  CurlHandle(const CurlHandle&) = delete;
  CurlHandle& operator=(const CurlHandle&) = delete;

  // Errors as Transport::get.
  Result<HopAnswer> get(const Hop& hop);

  // The same in parts, for who performs many at once: begin() with a hop that outlives end(), perform easy(),
  // end() with the CURLcode that came of it.
  Status begin(const Hop& hop);
  void* easy() { return easy_; }
  Result<HopAnswer> end(int code);

 private:
  struct Flight;
  std::string tls_facts(const Url& url, const std::string& agreed);

  void* easy_;  // CURL*
  std::shared_ptr<KnownTls> tls_known_;
  std::unique_ptr<Flight> flight_;  // between begin() and end()
};

}  // namespace muniment::net
