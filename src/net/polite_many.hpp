// Many requests with manners: those to one host stand in line, and each host is asked no faster than its
// pace.
#pragma once

#include <deque>
#include <map>
#include <string>

#include "net/many_transport.hpp"
#include "net/politeness.hpp"
#include "net/url.hpp"

namespace muniment::net {

inline constexpr std::size_t kMostUnderWay = 64;  // requests, to all hosts

// Of the requests to one host one is under way at a time, in the order they came; the pace runs from its
// answer, so that the host never sees two that lie closer together, however long the way was.  Retries,
// pauses and closed hosts as react() says; a host's patience is whole again after a good answer, for this may
// run for years. One thread.
class PoliteMany final : public ManyTransport {
 public:
  // Both must outlive it.
  PoliteMany(ManyTransport& inner, base::Clock& clock, Manners manners = {});

  void send(Ticket ticket, Request request) override;
  void drop(Ticket ticket) override;
  std::vector<Arrival> wait(std::chrono::milliseconds longest) override;

  // As Pace::closed_until, of the host of an address.
  std::optional<base::Time> closed_until(const std::string& url);

 private:
  struct Waiting {
    Ticket ticket = 0;
    Request request;
    bool this_machine = false;
    int attempt = 0;  // so often it was asked again
  };
  struct Line {
    std::deque<Waiting> waiting;
    bool under_way = false;  // the first of them
  };
  using Lines = std::map<std::string, Line>;

  // Sends what may go now; answers how long until something else may.
  std::chrono::milliseconds send_those_free(std::chrono::milliseconds longest);
  void turn_away(Line& line, const Error& error);
  void take(Arrival arrival);

  ManyTransport& inner_;
  base::Clock& clock_;
  Pace pace_;
  Lines lines_;                          // by host; none is empty
  std::map<Ticket, std::string> hosts_;  // in whose line a ticket stands
  std::size_t under_way_ = 0;
  std::vector<Arrival> ready_;
};

}  // namespace muniment::net
