#include "base/sha256.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <random>

namespace muniment::base {
namespace {

Hash by_openssl(std::string_view message) {
  Hash out;
  unsigned size = 0;
  EXPECT_EQ(EVP_Digest(message.data(), message.size(), out.data(), &size, EVP_sha256(), nullptr), 1);
  EXPECT_EQ(size, out.size());
  return out;
}

TEST(Sha256, AgreesWithTheExamplesOfFips180) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(to_hex(sha256("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                          "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu")),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(to_hex(sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, AgreesWithOpenSslAtEveryLengthAroundTheBlockBorders) {
  std::mt19937 random(20261122);
  for (std::size_t size = 0; size <= 300; ++size) {
    std::string message(size, '\0');
    for (auto& c : message) c = static_cast<char>(random());
    ASSERT_EQ(sha256(message), by_openssl(message)) << size;
  }
}

TEST(Sha256, DoesNotCareHowAMessageIsCut) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    std::string message(random() % 400, '\0');
    for (auto& c : message) c = static_cast<char>(random());
    Sha256 parts;
    for (std::string_view rest = message; !rest.empty();) {
      const std::size_t take = 1 + random() % rest.size();
      parts.bytes(rest.substr(0, take));
      rest.remove_prefix(take);
    }
    ASSERT_EQ(parts.finish(), by_openssl(message)) << message.size();
  }
}

TEST(Sha256, StartsAfreshAfterFinish) {
  Sha256 hash;
  hash.bytes("something else");
  (void)hash.finish();
  hash.bytes("abc");
  EXPECT_EQ(hash.finish(), sha256("abc"));
}

TEST(Sha256, NumbersGoInBigEndian) {
  Sha256 hash;
  hash.byte(0x20);
  hash.u16(0x0102);
  hash.u32(0x03040506);
  hash.u64(0x0708090a0b0c0d0e);
  EXPECT_EQ(hash.finish(), sha256("\x20\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e"));
}

TEST(Sha256, LeavesAndNodesOfATreeAreToldApart) {
  const Hash left = sha256("left");
  const Hash right = sha256("right");
  EXPECT_EQ(leaf_hash("abc"), sha256(std::string("\0abc", 4)));
  EXPECT_EQ(node_hash(left, right), sha256("\x01" + std::string(view(left)) + std::string(view(right))));
  EXPECT_NE(node_hash(left, right), node_hash(right, left));
}

}  // namespace
}  // namespace muniment::base
