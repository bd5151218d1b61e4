#include "base/sha256_many.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/sha256.hpp"
#include "support/messages.hpp"

namespace muniment::base {
namespace {

TEST(Sha256Many, AgreesWithTheLongWay) {
  support::expect_hashes_whatever_comes(sha256_many);
}

TEST(Sha256Many, AMessageMayHaveNoHead) {
  for (const std::size_t size : {0U, 1U, 55U, 56U, 63U, 64U, 65U, 128U, 1000U}) {
    const std::string text(size, 'x');
    Message message;
    message.empty();
    message.end(text);
    Hash out;
    sha256_many({&message, 1}, &out);
    EXPECT_EQ(out, sha256(text)) << size;
  }
}

TEST(Sha256Many, NumbersAreWrittenBigEndian) {
  Message message;
  message.start(1);
  message.big_endian(std::uint16_t{0x0203});
  message.big_endian(std::uint32_t{0x04050607});
  message.big_endian(std::uint64_t{0x08090a0b0c0d0e0f});
  message.end();
  Hash out;
  sha256_many({&message, 1}, &out);
  EXPECT_EQ(out, sha256("\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"));
}

TEST(Sha256Many, TwoNodesAreWhatEachIsAlone) {
  const Hash a = sha256("a"), b = sha256("b"), c = sha256("c"), d = sha256("d");
  const auto both = two_node_hashes(a, b, c, d);
  EXPECT_EQ(both.a, node_hash(a, b));
  EXPECT_EQ(both.b, node_hash(c, d));
}

}  // namespace
}  // namespace muniment::base
