// Addresses, read by the same parser that will connect to them: two parsers that disagree about
// where the host ends are how a request is led astray.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "muniment/result.hpp"

namespace muniment::net {

struct Url {
  std::string whole;  // as it will be asked for; no fragment
  std::string scheme;
  std::string host;  // lower case; no brackets round an IPv6 address, no final dot
  std::uint16_t port = 0;
};

// kInvalid: not an http(s) or imap(s) address, or it carries a user name or password.
Result<Url> read_url(std::string_view text);

// Where a Location header points, seen from the address that sent it: HTTP only.  Errors as read_url.
Result<Url> follow(const Url& from, std::string_view location);

// The same scheme, host and port: what may see headers meant for the other.
bool same_origin(const Url& a, const Url& b);

// Permission to contact a private host holds for that host and port only, and for its move from plain
// HTTP to HTTPS on the usual ports.  Without the port, one permission would open every service beside it.
bool permission_covers(const Url& permitted, const Url& other);

// localhost or an address of the machine itself, by name alone.
bool names_this_machine(const Url& url);

// "%41" becomes "A"; what only looks like an escape stays.
std::string percent_decoded(std::string_view text);

// The first field of the address's query that looks like a credential and holds something: its name, fit for
// errors; empty: there is none.
std::string secret_field(std::string_view url);

// An address fit for errors, logs and the ledger: no user info, no fragment, the values of query fields
// that look like credentials (access_token, key, signature …) replaced by "withheld", control characters
// spelled out.  Takes any text.
std::string shown_url(std::string_view url);

}  // namespace muniment::net
