// Mailboxes over IMAP (imap.hpp), on connections that libcurl opens and secures: the address policy, the
// authorities that are believed and the limits are those of curl_transport.hpp.  No proxy is used.
//
// A connection is kept for the next question to the same server by the same login.  With imap:// a public
// address is asked for STARTTLS, and without it nothing of the login is sent; an address that is not public,
// which only a source that may ask one reaches, is spoken with as it is.
#pragma once

#include <memory>
#include <string>

#include "net/fetch.hpp"
#include "net/transport.hpp"

namespace muniment::net {

bool is_mailbox(const std::string& url);

// One thread at a time.
class MailboxTransport final : public Transport {
 public:
  MailboxTransport(base::Clock& clock, FetchSettings settings);
  ~MailboxTransport() override;
  // The login comes as a secret header "Authorization": "Basic " or, of one by token, "Bearer ", and base64
  // of "USER:SECRET".  Answers as ImapSession::ask; `final_url` of a list names the epoch:
  // imaps://HOST/MAILBOX;UIDVALIDITY=77.
  Result<Response> get(const Request& request) override;

 private:
  class Channel;
  struct Connection;

  Hop hop_to(const Url& url, const Request& request) const;
  Result<std::unique_ptr<Connection>> connect(const Url& url, const Request& request) const;

  base::Clock& clock_;
  FetchSettings settings_;
  std::unique_ptr<Connection> kept_;
};

}  // namespace muniment::net
