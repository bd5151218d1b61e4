// The real transport: libcurl.
//
// Certificates are verified, against the system's list of authorities or the file that the environment
// names in SSL_CERT_FILE, and TLS is 1.2 or newer.  Of the web only http and https are spoken, redirects
// included; from https never back to http.  Every address is judged when it is connected to
// (address_policy.hpp), on every hop, so that neither a redirect nor a name that changes its answer
// leads into the authority's own network.  Request::allow_private opens the host and port of
// Request::url only; a redirect elsewhere is judged without it.
//
// Proxies come from the environment (proxy.hpp).  Through a proxy the address connected to is the
// proxy's, so the target's name is resolved here first and refused when any of its addresses is not
// allowed.  A name that this machine cannot resolve is left to the proxy and its rules.
//
// Mailboxes are asked by mailbox_transport.hpp.
//
// No cookies, no .netrc, no credentials in addresses.
#pragma once

#include <string>

#include "net/curl_hop.hpp"
#include "net/fetch.hpp"
#include "net/mailbox_transport.hpp"
#include "net/transport.hpp"

namespace muniment::net {

// "muniment/0.1 (+records archive of AUTHORITY; contact CONTACT)"; what a header must not hold is left out.
std::string user_agent(const std::string& authority, const std::string& contact);

// One thread at a time.
class CurlTransport final : public Transport {
 public:
  using Settings = FetchSettings;
  CurlTransport(base::Clock& clock, Settings settings);
  Result<Response> get(const Request& request) override;

 private:
  base::Clock& clock_;
  Settings settings_;
  CurlHandle public_;   // kept connections to public addresses
  CurlHandle private_;  // … and those opened with permission; never mixed
  MailboxTransport mailboxes_;
};

}  // namespace muniment::net
