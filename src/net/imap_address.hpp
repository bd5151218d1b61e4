// What a mailbox is asked, written as addresses (RFC 5092):
//
//   imaps://HOST/MAILBOX?UID%20FIRST:*                  which messages are there, by number (UID)
//   imaps://HOST/MAILBOX;UIDVALIDITY=EPOCH/;UID=NUMBER  one of them
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "muniment/result.hpp"
#include "net/url.hpp"

namespace muniment::net {

struct ImapQuestion {
  std::string mailbox;      // as the protocol spells it (modified UTF-7)
  std::uint64_t first = 0;  // a list, from this number on; 0: not a list, but …
  std::uint64_t epoch = 0;  // … the message of this UIDVALIDITY …
  std::uint64_t uid = 0;    // … and number
};

// kInvalid: an address of neither kind.
Result<ImapQuestion> read_imap_question(const Url& url);

// The mailbox's name as the protocol spells it.  kInvalid: it is not UTF-8, or has control characters.
Result<std::string> imap_mailbox(std::string_view name);

// A number of a message or an epoch: 1 … 2^32 - 1, and nothing else around it.
std::optional<std::uint64_t> imap_number(std::string_view text);

// Words of the protocol may come in either case; `what` is in capitals.
bool begins_in_capitals(std::string_view line, std::string_view what);

}  // namespace muniment::net
