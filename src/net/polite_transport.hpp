// A transport with manners: one request a second to a host, Retry-After obeyed, failures retried slowly.
#pragma once

#include <atomic>

#include "net/politeness.hpp"
#include "net/transport.hpp"
#include "net/url.hpp"

namespace muniment::net {

// One run's worth: patience is counted from construction.  One thread at a time.
class PoliteTransport final : public Transport {
 public:
  // All must outlive it.  When `stop` becomes true, a wait ends within a quarter of a second.
  PoliteTransport(Transport& inner, base::Clock& clock, Manners manners = {},
                  const std::atomic<bool>* stop = nullptr);

  // As the inner transport, and:
  //   429, or 503 with Retry-After   waited for and asked again, within the patience; beyond it kUnavailable,
  //   or a rate limit's reset        naming the time to come back, for this and each later request to that
  //                                  host
  //   a rate limit that is used up   handed on; the next request to that host waits for the reset, likewise
  //   other 5xx, kUnavailable, kIo   asked again up to `retries` times with doubling pauses; then handed on
  Result<Response> get(const Request& request) override;

 private:
  Result<Response> one_turn(const Request& request, const Url& url);
  Status await_turn(const Url& url);
  Status sleep(std::chrono::milliseconds length, const Url& url);
  bool stopped() const { return stop_ != nullptr && stop_->load(); }
  Error come_back(const Url& url, base::Time when) const;

  Transport& inner_;
  base::Clock& clock_;
  Pace pace_;
  const std::atomic<bool>* stop_;
};

}  // namespace muniment::net
