// A mailbox asked over IMAP4rev1 (RFC 3501); its questions are in imap_address.hpp.
//
// Nothing in the mailbox changes: it is opened with EXAMINE and read with BODY.PEEK, so that no message
// counts as read.  A server's bytes are hostile: lines and messages are bounded, and the end of a message is
// where its announced length says, whatever stands in it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "net/imap_address.hpp"
#include "net/transport.hpp"

namespace muniment::net {

// A connection that somebody else opened, secured and gives up in time.
class Channel {
 public:
  virtual ~Channel() = default;
  virtual Status send(std::string_view bytes) = 0;
  // At least one byte.  kUnavailable: the other side closed, or took too long.
  virtual Result<std::string> receive() = 0;
};

// Whom a session is for.  A password is shown by SASL's PLAIN (RFC 4616); an access token, which another
// service handed out, by OAUTHBEARER (RFC 7628) where the server offers it, else by XOAUTH2, as Google and
// Microsoft do.
struct ImapLogin {
  enum class By { kPassword, kToken };
  By by = By::kPassword;
  std::string_view user;
  std::string_view secret;  // the caller wipes it
};

inline constexpr std::size_t kMostImapLine = 8U << 20;  // a list of a million messages

// One login, used for any number of questions about one server.
class ImapSession {
 public:
  // `greeted`: the server's first line was read by whoever opened the channel.
  ImapSession(std::unique_ptr<Channel> channel, std::uint64_t most_bytes, bool greeted = false)
      : channel_(std::move(channel)), most_bytes_(most_bytes), greeted_(greeted) {}

  // 200: `body` is the server's lines about the search, or the message; the header `uidvalidity` tells the
  // epoch.  401: not let in.  404: no such mailbox, or the message is not there any more.  412: the mailbox
  // has another epoch: numbers mean other messages now.  413: the message is larger than `most_bytes`; it was
  // not read.  Errors: kUnavailable, kInvalid (not IMAP); the session is of no use any more then, nor after
  // 413.  kDenied: the server takes no tokens; nothing of the login was sent.
  Result<Response> ask(const ImapQuestion& question, const ImapLogin& login);
  bool is_usable() const { return usable_; }

 private:
  // All that came between a command and its end.
  struct Reply {
    enum class End { kOk, kNo, kBad };
    End end = End::kBad;
    std::string words;            // the server's own, at the end
    std::string lines;            // untagged, CRLF after each, without literals
    std::string literal;          // the only one
    std::uint64_t too_large = 0;  // bytes of a literal that was not read; nothing after it was
  };

  Result<Response> ask_in_turn(const ImapQuestion& question, const ImapLogin& login);
  Status greet();
  Result<Reply> log_in(const ImapLogin& login);
  Result<Reply> log_in_with_token(const ImapLogin& login);
  Result<Reply> authenticate(std::string_view mechanism, std::string shown, std::string_view give_up);
  Result<Reply> open(const ImapQuestion& question);
  Result<Reply> command(const std::string& words);
  // `give_up`: what is said, once, when the server asks on.
  Result<Reply> finish(const std::string& tag, std::string_view give_up = {});
  Result<std::string> line();
  Status take_literal(std::uint64_t size, std::string& into);
  Status more();

  std::unique_ptr<Channel> channel_;
  std::uint64_t most_bytes_;
  std::string held_;  // received, not yet read
  std::size_t at_ = 0;
  unsigned tags_ = 0;
  bool greeted_;
  bool logged_in_ = false;
  bool usable_ = true;
  std::string mailbox_;  // that is open
  std::uint64_t epoch_ = 0;
};

}  // namespace muniment::net
