// Many requests answered at once by a transport that answers one; waiting moves the clock's hands.
#pragma once

#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "net/many_transport.hpp"
#include "support/fake_clock.hpp"

namespace muniment::support {

class FakeMany final : public net::ManyTransport {
 public:
  FakeMany(net::Transport& inner, base::Clock& clock) : inner_(inner), clock_(clock) {}

  void send(net::Ticket ticket, net::Request request) override {
    sent.emplace_back(clock_.now(), request.url);
    under_way.emplace(ticket, std::move(request));
    most_under_way = std::max(most_under_way, under_way.size());
  }
  void drop(net::Ticket ticket) override { dropped += under_way.erase(ticket); }

  // Answers come after `takes`, all at one moment.
  std::vector<net::Arrival> wait(std::chrono::milliseconds longest) override {
    ++waits;
    if (meanwhile) meanwhile();
    std::vector<net::Arrival> out;
    if (under_way.empty() || takes > longest) {
      clock_.sleep(longest);
      return out;
    }
    clock_.sleep(takes);
    for (auto& [ticket, request] : std::exchange(under_way, {})) out.push_back({ticket, inner_.get(request)});
    return out;
  }

  std::chrono::milliseconds takes{0};
  std::function<void()> meanwhile;                       // what else happens in the world, at each wait
  std::vector<std::pair<base::Time, std::string>> sent;  // when, and the address
  std::map<net::Ticket, net::Request> under_way;
  std::size_t most_under_way = 0;
  std::size_t dropped = 0;
  std::size_t waits = 0;

 private:
  net::Transport& inner_;
  base::Clock& clock_;
};

}  // namespace muniment::support
