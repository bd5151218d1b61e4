#include "net/address_policy.hpp"

#include <gtest/gtest.h>

namespace muniment::net {
namespace {

Reach reach_of(std::string_view text) {
  const auto address = parse_address(text);
  EXPECT_TRUE(address) << text;
  return address ? judge(*address).reach : Reach::kNever;
}

TEST(AddressPolicy, LetsPublicAddressesThrough) {
  for (const auto* text :
       {"1.1.1.1",          "9.255.255.255",   "11.0.0.0",        "100.63.255.255",       "100.128.0.0",
        "126.255.255.255",  "128.0.0.1",       "169.253.255.255", "169.255.0.0",          "172.15.255.255",
        "172.32.0.0",       "192.167.255.255", "192.169.0.0",     "198.17.255.255",       "198.20.0.0",
        "223.255.255.255",  "2606:4700::1111", "2a01:4f8::1",     "2001:4860:4860::8888", "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8", "2002:808:808::1"})
    EXPECT_EQ(reach_of(text), Reach::kPublic) << text;
}

TEST(AddressPolicy, KeepsItsOwnMachineAndNetworkForThoseWithPermission) {
  for (const auto* text : {"127.0.0.1",       "127.255.255.254",   "10.0.0.1",        "10.255.255.255",
                           "172.16.0.0",      "172.31.255.255",    "192.168.0.1",     "100.64.0.0",
                           "100.127.255.255", "198.18.0.1",        "198.19.255.255",  "::1",
                           "fc00::1",         "fdff::1",           "fec0::1",         "::ffff:127.0.0.1",
                           "::ffff:10.1.2.3", "64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1",
                           "2002:c0a8:101::"})
    EXPECT_EQ(reach_of(text), Reach::kPrivate) << text;
}

TEST(AddressPolicy, NeverContactsMetadataMulticastOrReservedAddresses) {
  for (const auto* text : {"0.0.0.0",
                           "0.1.2.3",
                           "169.254.169.254",
                           "169.254.0.1",
                           "192.0.0.8",
                           "192.0.2.1",
                           "192.88.99.1",
                           "198.51.100.1",
                           "203.0.113.1",
                           "224.0.0.1",
                           "239.255.255.250",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::169.254.169.254",
                           "::7f00:1",
                           "::ffff:169.254.169.254",
                           "::ffff:0.0.0.0",
                           "64:ff9b::169.254.169.254",
                           "64:ff9b:1::1",
                           "2002:a9fe:a9fe::1",
                           "2001::1",
                           "2001:20::1",
                           "2001:db8::1",
                           "3fff::1",
                           "fe80::1",
                           "febf::1",
                           "ff02::1",
                           "100::1",
                           "4000::1",
                           "::ffff:0:127.0.0.1"})
    EXPECT_EQ(reach_of(text), Reach::kNever) << text;
}

TEST(AddressPolicy, ReadsOnlyPlainSpellings) {
  for (const auto* text : {"", "127.1", "0x7f.0.0.1", "2130706433", "127.0.0.1.", " 127.0.0.1",
                           "fe80::1%eth0", "[::1]", "localhost", "1.2.3.256", "1.2.3.4.5"})
    EXPECT_FALSE(parse_address(text)) << text;
  EXPECT_EQ(to_text(*parse_address("2001:DB8:0:0::1")), "2001:db8::1");
  EXPECT_EQ(to_text(*parse_address("192.0.2.1")), "192.0.2.1");
}

TEST(AddressPolicy, NamesTheRangeForTheSentence) {
  EXPECT_EQ(judge(*parse_address("169.254.169.254")).range, "link-local");
  EXPECT_TRUE(is_loopback(*parse_address("::ffff:127.0.0.1")));
  EXPECT_FALSE(is_loopback(*parse_address("10.0.0.1")));
}

}  // namespace
}  // namespace muniment::net
