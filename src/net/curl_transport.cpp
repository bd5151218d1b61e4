#include "net/curl_transport.hpp"

#include <algorithm>

namespace muniment::net {

std::string user_agent(const std::string& authority, const std::string& contact) {
  auto out = "muniment/0.1 (+records archive of " + authority +
             (contact.empty() ? "" : "; contact " + contact) + ")";
  std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  return out;
}

CurlTransport::CurlTransport(base::Clock& clock, Settings settings)
    : clock_(clock), settings_(std::move(settings)), mailboxes_(clock, settings_) {}

Result<Response> CurlTransport::get(const Request& request) {
  if (is_mailbox(request.url)) return mailboxes_.get(request);
  for (Fetch fetch(request, settings_, clock_);;) {
    auto hop = fetch.hop();
    if (!hop) return hop.error();
    auto answer = (hop->allow_private ? private_ : public_).get(*hop);
    forget(*hop);
    if (auto done = fetch.take(std::move(answer))) return *std::move(done);
  }
}

}  // namespace muniment::net
