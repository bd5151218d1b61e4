#include "net/address_policy.hpp"

#include <arpa/inet.h>

#include <algorithm>

namespace muniment::net {
namespace {

struct Range4 {
  std::uint32_t base;
  int bits;
  Reach reach;
  std::string_view name;
};

constexpr std::uint32_t v4(unsigned a, unsigned b, unsigned c, unsigned d) {
  return (a << 24) | (b << 16) | (c << 8) | d;
}

constexpr Range4 kRanges4[] = {
    {v4(0, 0, 0, 0), 8, Reach::kNever, "this-network"},
    {v4(10, 0, 0, 0), 8, Reach::kPrivate, "private"},
    {v4(100, 64, 0, 0), 10, Reach::kPrivate, "carrier-grade NAT"},
    {v4(127, 0, 0, 0), 8, Reach::kPrivate, "loopback"},
    {v4(169, 254, 0, 0), 16, Reach::kNever, "link-local"},
    {v4(172, 16, 0, 0), 12, Reach::kPrivate, "private"},
    {v4(192, 0, 0, 0), 24, Reach::kNever, "protocol assignments"},
    {v4(192, 0, 2, 0), 24, Reach::kNever, "documentation"},
    {v4(192, 88, 99, 0), 24, Reach::kNever, "6to4 relay"},
    {v4(192, 168, 0, 0), 16, Reach::kPrivate, "private"},
    {v4(198, 18, 0, 0), 15, Reach::kPrivate, "benchmarking"},
    {v4(198, 51, 100, 0), 24, Reach::kNever, "documentation"},
    {v4(203, 0, 113, 0), 24, Reach::kNever, "documentation"},
    {v4(224, 0, 0, 0), 4, Reach::kNever, "multicast"},
    {v4(240, 0, 0, 0), 4, Reach::kNever, "reserved"},
};

struct Range6 {
  std::array<std::uint8_t, 16> base;
  int bits;
  Reach reach;
  std::string_view name;
};

// First match wins; what none of them names is outside the space given out so far (2000::/3).
constexpr Range6 kRanges6[] = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, Reach::kPrivate, "loopback"},
    {{0x00, 0x64, 0xff, 0x9b, 0, 1}, 48, Reach::kNever, "local NAT64"},
    {{0x20, 0x01, 0x0d, 0xb8}, 32, Reach::kNever, "documentation"},
    {{0x20, 0x01, 0x00, 0x00}, 32, Reach::kNever, "Teredo"},
    {{0x20, 0x01, 0x00, 0x00}, 23, Reach::kNever, "protocol assignments"},
    {{0x3f, 0xff}, 20, Reach::kNever, "documentation"},
    {{0x20}, 3, Reach::kPublic, "public"},
    {{0xfc}, 7, Reach::kPrivate, "unique local"},
    {{0xfe, 0x80}, 10, Reach::kNever, "link-local"},
    {{0xfe, 0xc0}, 10, Reach::kPrivate, "site-local"},
    {{0xff}, 8, Reach::kNever, "multicast"},
};

bool within(const std::array<std::uint8_t, 16>& bytes, const std::array<std::uint8_t, 16>& base, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(base.begin(), base.begin() + static_cast<std::ptrdiff_t>(whole), bytes.begin()))
    return false;
  if (bits % 8 == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xFF << (8 - bits % 8));
  return (bytes[whole] & mask) == (base[whole] & mask);
}

Judgement judge4(const std::uint8_t* bytes) {
  const std::uint32_t address = v4(bytes[0], bytes[1], bytes[2], bytes[3]);
  for (const auto& range : kRanges4)
    if ((address >> (32 - range.bits)) == (range.base >> (32 - range.bits))) return {range.reach, range.name};
  return {Reach::kPublic, "public"};
}

// Where an IPv6 address carries an IPv4 address: its offset, or nothing.
std::optional<std::size_t> carried_at(const std::array<std::uint8_t, 16>& bytes) {
  constexpr std::array<std::uint8_t, 16> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  constexpr std::array<std::uint8_t, 16> kNat64 = {0x00, 0x64, 0xff, 0x9b};
  constexpr std::array<std::uint8_t, 16> k6to4 = {0x20, 0x02};
  if (within(bytes, kMapped, 96) || within(bytes, kNat64, 96)) return 12;
  if (within(bytes, k6to4, 16)) return 2;
  return std::nullopt;
}

}  // namespace

Judgement judge(const Address& address) {
  if (!address.v6) return judge4(address.bytes.data());
  if (const auto at = carried_at(address.bytes)) return judge4(address.bytes.data() + *at);
  for (const auto& range : kRanges6)
    if (within(address.bytes, range.base, range.bits)) return {range.reach, range.name};
  return {Reach::kNever, "reserved"};
}

bool is_loopback(const Address& address) {
  return judge(address).range == "loopback";
}

std::optional<Address> parse_address(std::string_view text) {
  const std::string copy(text.substr(0, 64));
  Address out;
  if (inet_pton(AF_INET, copy.c_str(), out.bytes.data()) == 1) return out;
  out.v6 = true;
  if (inet_pton(AF_INET6, copy.c_str(), out.bytes.data()) == 1) return out;
  return std::nullopt;
}

std::string to_text(const Address& address) {
  char out[INET6_ADDRSTRLEN] = {};
  inet_ntop(address.v6 ? AF_INET6 : AF_INET, address.bytes.data(), out, sizeof out);
  return out;
}

}  // namespace muniment::net
