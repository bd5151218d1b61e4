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

  // As the inner transport, and asked again or told to come back as react() says; a host that wants to be
  // left alone for longer than the patience is not asked, by this and each later request, before that time.
  Result<Response> get(const Request& request) override;

  // As Pace::closed_until, of the host of an address.
  std::optional<base::Time> closed_until(const std::string& url);

 private:
  Result<Response> one_turn(const Request& request, const Url& url);
  Status await_turn(const Url& url);
  Status sleep(std::chrono::milliseconds length, const Url& url);
  bool stopped() const { return stop_ != nullptr && stop_->load(); }

  Transport& inner_;
  base::Clock& clock_;
  Pace pace_;
  const std::atomic<bool>* stop_;
};

}  // namespace muniment::net
