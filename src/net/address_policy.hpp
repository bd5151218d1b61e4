// Which addresses may be contacted.  Pure: no names are resolved here.
//
// The tables follow the IANA special-purpose registries (RFC 6890 and what updates it).  An IPv6 address
// that only carries an IPv4 address (mapped, 6to4, NAT64) is judged by the one it carries.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace muniment::net {

// IPv4 uses the first four bytes.
struct Address {
  bool v6 = false;
  std::array<std::uint8_t, 16> bytes{};
};

enum class Reach {
  kPublic,   // the open Internet
  kPrivate,  // this machine or its own network: only for a source that says so
  kNever,    // no public body's pages live there, not even with permission: metadata services
             // (169.254.169.254), multicast, 0.0.0.0, documentation and reserved ranges
};

struct Judgement {
  Reach reach = Reach::kNever;
  std::string_view range;  // "loopback", "link-local": for the sentence a person reads
};

Judgement judge(const Address& address);

// What to do about a source whose address is private, and was not to be asked.
inline constexpr char kAllowPrivate[] =
    "if the source is meant to be on your own network, `muniment source remove` it and add it again with "
    "--allow-private; what was captured stays";
bool is_loopback(const Address& address);

// Dotted decimal with four parts, or IPv6 without a zone; nothing else.
std::optional<Address> parse_address(std::string_view text);
std::string to_text(const Address& address);

}  // namespace muniment::net
