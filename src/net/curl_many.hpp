// The real transport for many requests at a time: libcurl's multi interface over epoll, on the caller's
// thread.
//
// Each request is the same as with curl_transport.hpp: net/fetch.hpp says its hops, net/curl_hop.hpp makes
// them. Two pools of connections, those to public addresses and those opened with permission, are never
// mixed. Names are resolved on threads of libcurl's.  Mailboxes are asked on a thread of their own.
#pragma once

#include <array>
#include <map>
#include <memory>

#include "net/fetch.hpp"
#include "net/mailbox_desk.hpp"
#include "net/many_transport.hpp"

namespace muniment::net {

// One thread.
class CurlMany final : public ManyTransport {
 public:
  // The clock must outlive it.
  CurlMany(base::Clock& clock, FetchSettings settings);
  ~CurlMany() override;

  void send(Ticket ticket, Request request) override;
  void drop(Ticket ticket) override;
  std::vector<Arrival> wait(std::chrono::milliseconds longest) override;

 private:
  struct Flight;
  struct Pool;

  void next_hop(Ticket ticket, Flight& flight);
  void land(Ticket ticket, Result<Response> answer);
  void collect(Pool& pool);

  base::Clock& clock_;
  FetchSettings settings_;
  int epoll_;
  std::array<std::unique_ptr<Pool>, 2> pools_;  // public, with permission
  std::map<Ticket, std::unique_ptr<Flight>> flights_;
  std::vector<Arrival> ready_;
  MailboxDesk mailboxes_;
};

}  // namespace muniment::net
