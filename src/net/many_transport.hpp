// The seam to the outside world for many requests at a time, on one thread.  Real: net/curl_many.hpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "net/transport.hpp"

namespace muniment::net {

using Ticket = std::uint64_t;  // whose request it is; the asker's to choose, one at a time under each

struct Arrival {
  Ticket ticket = 0;
  Result<Response> answer;  // as Transport::get answers
};

class ManyTransport {
 public:
  virtual ~ManyTransport() = default;
  // Takes a request; what comes of it, also that it could not be sent, comes out of wait().  The request is
  // forgotten (net::forget) when it was answered or dropped.
  virtual void send(Ticket ticket, Request request) = 0;
  // Gives a request up, wherever it is; nothing comes of it any more.
  virtual void drop(Ticket ticket) = 0;
  // Waits until something arrives, at most so long, and hands over what did.  A signal ends the waiting.
  virtual std::vector<Arrival> wait(std::chrono::milliseconds longest) = 0;
};

}  // namespace muniment::net
