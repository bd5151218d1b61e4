// The seam to the outside world: one HTTP exchange.  Real: net/curl_transport.hpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/seams.hpp"
#include "muniment/result.hpp"

namespace muniment::net {

using Headers = std::vector<std::pair<std::string, std::string>>;  // in order; names as sent

// The first value of a header, by case-insensitive name; empty when absent.
std::string_view header(const Headers& headers, std::string_view name);

struct Request {
  std::string url;
  Headers headers;              // beyond what the transport itself sends
  bool allow_private = false;   // loopback and private addresses may be contacted for this request
  Headers secret_headers = {};  // let somebody in: sent to the scheme, host and port of `url` only
  bool post = false;            // POST with `body`; a redirect of it is handed on, never followed
  std::string body = {};
};

// Overwrites what lets somebody in: the secret headers, the address, the body.
void forget(Request& request);

struct Limits {
  std::uint64_t body_bytes = 32U << 20;  // after decompression
  std::uint64_t header_bytes = 64U << 10;
  std::chrono::milliseconds connect{15'000};
  std::chrono::milliseconds total{120'000};
  std::uint32_t least_bytes_per_second = 50;  // slower than this …
  std::chrono::seconds slow_for{30};          // … for so long is given up
  int redirects = 5;
};

struct Response {
  int status = 0;
  Headers headers;
  std::string body;                    // decompressed
  std::string final_url;               // after redirects
  std::string peer;                    // address and port that answered
  std::string tls;                     // "TLSv1.3 …, certificate of …, verified", or empty for plain HTTP
  std::vector<std::string> redirects;  // each address passed through
  base::Time started{};
  base::Time finished{};
};

class Transport {
 public:
  virtual ~Transport() = default;
  // Asks, with GET or POST as the request says.  A response with any status is a success.  Errors say what
  // was received, if anything, and that nothing of it was kept: kDenied (address policy, too many redirects,
  // bad certificate), kInvalid (not an http(s) address; the answer is larger than a limit), kUnavailable (no
  // connection, time-out, cut off), kIo.
  virtual Result<Response> get(const Request& request) = 0;
};

}  // namespace muniment::net
