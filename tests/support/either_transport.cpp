#include "support/either_transport.hpp"

#include "net/curl_many.hpp"
#include "net/curl_transport.hpp"

namespace muniment::support {
namespace {

class OneOfMany final : public net::Transport {
 public:
  OneOfMany(base::Clock& clock, net::FetchSettings settings) : many_(clock, std::move(settings)) {}

  Result<net::Response> get(const net::Request& request) override {
    many_.send(++ticket_, request);
    for (;;)
      for (auto& arrival : many_.wait(std::chrono::seconds{1}))
        if (arrival.ticket == ticket_) return std::move(arrival.answer);
  }

 private:
  net::CurlMany many_;
  net::Ticket ticket_ = 0;
};

}  // namespace

std::ostream& operator<<(std::ostream& out, Wire wire) {
  return out << (wire == Wire::kWaits ? "Waits" : "OneOfMany");
}

std::unique_ptr<net::Transport> either_transport(Wire wire, base::Clock& clock, net::FetchSettings settings) {
  if (wire == Wire::kWaits) return std::make_unique<net::CurlTransport>(clock, std::move(settings));
  return std::make_unique<OneOfMany>(clock, std::move(settings));
}

}  // namespace muniment::support
