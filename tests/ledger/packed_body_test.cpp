#include "ledger/packed_body.hpp"

#include <gtest/gtest.h>

#include <random>

#include "support/small_ledger.hpp"

namespace muniment::ledger {
namespace {

std::string packed(const records::Body& body) {
  std::string out;
  pack(body, out);
  return out;
}

bool same(const records::Body& a, const records::Body& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].name != b[i].name || a[i].value != b[i].value || a[i].cuts != b[i].cuts) return false;
  return true;
}

TEST(PackedBody, ComesBackAsItWas) {
  const auto body = support::small_draft(7).body;
  const auto back = unpack(packed(body));
  ASSERT_TRUE(back);
  EXPECT_TRUE(same(*back, body));
}

TEST(PackedBody, IsReadInOneWayOnly) {
  const std::string whole = packed(support::small_draft(7).body);
  EXPECT_FALSE(unpack(whole + "x"));
  for (std::size_t cut = 0; cut < whole.size(); ++cut) EXPECT_FALSE(unpack(whole.substr(0, cut)));
}

TEST(PackedBody, SurvivesAnyBytesWithoutHarm) {
  std::mt19937 random(1);
  const std::string whole = packed(support::small_draft(7).body);
  for (int round = 0; round < 20000; ++round) {
    std::string damaged = whole;
    for (int i = 0; i < 3; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
    if (const auto body = unpack(damaged)) EXPECT_EQ(packed(*body), damaged);
  }
}

TEST(BodySealer, OpensOnlyWithTheSecretAndTheNumberItWasSealedUnder) {
  BodySealer sealer;
  const auto body = support::small_draft(7).body;
  base::Secret secret{};
  const std::string sealed = sealer.seal(secret, 3, body);
  ASSERT_TRUE(sealer.open(secret, 3, sealed));
  EXPECT_TRUE(same(*sealer.open(secret, 3, sealed), body));
  EXPECT_EQ(sealer.open(secret, 4, sealed).error().code, Code::kCorrupt);
  secret[31] = 1;
  EXPECT_EQ(sealer.open(secret, 3, sealed).error().code, Code::kCorrupt);
}

TEST(BodySealer, HidesTheWords) {
  BodySealer sealer;
  const std::string sealed = sealer.seal({}, 3, support::small_draft(7).body);
  EXPECT_EQ(sealed.find("water"), std::string::npos);
  EXPECT_EQ(sealed.find("author"), std::string::npos);
}

}  // namespace
}  // namespace muniment::ledger
