#include "base/aead.hpp"

#include <gtest/gtest.h>

#include "base/sha256.hpp"

namespace muniment::base {
namespace {

// McGrew and Viega's GCM test cases 13 and 14: zero key, zero nonce, no associated data.
TEST(Aead, AgreesWithThePublishedCasesOfAes256Gcm) {
  Aead aead;
  const Hash zero{};
  EXPECT_EQ(to_hex(aead.seal(zero, "")), "530f8afbc74536b9a963b4f1c4cb738b");
  EXPECT_EQ(to_hex(aead.seal(zero, std::string(16, '\0'))),
            "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
}

TEST(Aead, OpensWhatItSealed) {
  Aead aead;
  for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 1000U, 100'000U}) {
    const std::string plain(size, 'p');
    EXPECT_EQ(aead.open(sha256("key"), aead.seal(sha256("key"), plain)), plain);
  }
}

TEST(Aead, AnotherKeyOpensNothing) {
  Aead aead;
  EXPECT_EQ(aead.open(sha256("another"), aead.seal(sha256("key"), "the minutes of the meeting")),
            std::nullopt);
}

TEST(Aead, AnyFlippedBitIsNoticed) {
  Aead aead;
  const std::string sealed = aead.seal(sha256("key"), "the minutes");
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    std::string bent = sealed;
    bent[bit / 8] = static_cast<char>(bent[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_EQ(aead.open(sha256("key"), bent), std::nullopt) << bit;
  }
  EXPECT_EQ(aead.open(sha256("key"), sealed), "the minutes") << "a refusal must not spoil the next call";
}

TEST(Aead, TooShortToHoldATagIsRefused) {
  Aead aead;
  for (std::size_t size = 0; size < 16; ++size)
    EXPECT_EQ(aead.open(sha256("key"), std::string(size, 'x')), std::nullopt);
}

}  // namespace
}  // namespace muniment::base
