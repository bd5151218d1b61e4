// One request on its way through redirects: which hop is made next, and what its answer makes of it.  Speaks
// to nobody but the resolver: both transports, the one that waits and the one that does not, are driven by
// it, so that the rules in curl_transport.hpp hold for either.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>

#include "net/curl_hop.hpp"
#include "net/proxy.hpp"
#include "net/transport.hpp"

namespace muniment::net {

struct FetchSettings {
  std::string user_agent;
  Limits limits{};
  const std::atomic<bool>* stop = nullptr;  // when it becomes true, a running request ends with kUnavailable
  Environment environment = process_environment();
};

class Fetch {
 public:
  // All must outlive it.
  Fetch(const Request& request, const FetchSettings& settings, base::Clock& clock);

  // The hop to make now.  Its headers may let somebody in: wipe them when it was made.  Errors as
  // Transport::get, and then the fetch is over.
  Result<Hop> hop();

  // What came of the hop.  nullopt: it was a redirect, and hop() says what follows.
  std::optional<Result<Response>> take(Result<HopAnswer> answer);

 private:
  Result<Response> whole(HopAnswer answer);
  Status redirect(const HopAnswer& answer);
  Error of_a_redirect(const Error& error) const;

  const Request& request_;
  const FetchSettings& settings_;
  base::Clock& clock_;
  std::chrono::steady_clock::time_point deadline_;
  std::optional<Url> first_;
  std::optional<Url> url_;
  Response response_;
};

// Overwrites the headers of a hop that was made.
void forget(Hop& hop);

}  // namespace muniment::net
