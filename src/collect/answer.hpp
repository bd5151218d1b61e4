// Between the platform's terms and the network's: a question as a request, an answer as an exchange's facts.
#pragma once

#include <string>

#include "collect/catalogue.hpp"
#include "collect/credential.hpp"
#include "collect/exchange.hpp"
#include "net/transport.hpp"
#include "sources/source.hpp"

namespace muniment::collect {

struct SourceSettings {
  std::string name;
  std::string platform;
  std::string url;
  bool allow_private = false;   // for the host and port of `url`, and no other
  std::string credential = {};  // its name; empty: none
};

// `fresh`: past every cache, and never conditional.
net::Request request_for(const SourceSettings& source, const sources::Ask& ask, const Validators& validators,
                         bool fresh);

// May the source's credential be shown to this address?  Only at the source's own scheme, host and port, and
// at the hosts that its platform's row names, over https.
bool is_meant_for(const SourceSettings& source, const std::string& url);

// Puts into the request what the question is to show of the credential (null: there is none).  kDenied, and
// the request must not be sent: there is none, or it is not meant for that address.
Status show_credential(const SourceSettings& source, Credential* credential, const sources::Ask& ask,
                       net::Request& request);

ExchangeFacts facts_of(const SourceSettings& source, const sources::Ask& ask, const net::Response& response);

// Takes what the answer teaches, and every secret out of it: page, headers, addresses.  Answers in how many
// places of the page.  A page that cannot be searched for what it teaches is emptied, which is remarked upon.
std::size_t take_secrets_out(Credential& credential, const sources::Ask& ask, net::Response& response,
                             std::vector<std::string>& remarks);

// Takes what the platform marks private out of the page and of the reading, and notes where it stood.
// kDenied: it cannot be parted from the rest; the page is emptied.
Status leave_private_out(std::string& page, sources::Reading& reading, ExchangeFacts& facts);

// "name: value" lines, without cookies, tokens and what else would let somebody in.
std::string kept_headers(const net::Headers& headers);

}  // namespace muniment::collect
