#include "foi/assemble.hpp"

#include <gtest/gtest.h>

namespace muniment::foi {
namespace {

constexpr std::string_view kHash = "YFSKn0yVQkKcL1Vx3yq4m4o7w1Zt5m8s2c9d0e1fIWA=";
constexpr std::string_view kSignature =
    "ZGZYn0yVQkKcL1Vx3yq4m4o7w1Zt5m8s2c9d0e1fIWAYFSKn0yVQkKcL1Vx3yq4m4o7w1Zt5m8s2c9d0e1fIWAabcdef";
constexpr std::string_view kKey = "3afdb227+AblwwOGGYwvbi2tylZCKs/PemGZxTQdOqbasDcYVVDL5";

TEST(OpaqueTokens, AreHashesKeysAndSignaturesAndNoWordOfTheLogsName) {
  Disclosure disclosure;
  disclosure.checkpoint = "archive.wexcombe.example/muniment/1\n319\n" + std::string(kHash) +
                          "\n\n— archive.wexcombe.example/muniment/1 " + std::string(kSignature) + "\n";
  DisclosedEntry genesis;
  genesis.fields.push_back(
      {"log.vkey", Whole{"seed", {"archive.wexcombe.example/muniment/1+" + std::string(kKey)}}});
  disclosure.entries.push_back(std::move(genesis));
  const auto opaque = opaque_tokens(disclosure);
  EXPECT_TRUE(opaque.contains(std::string(kHash)));
  EXPECT_TRUE(opaque.contains(std::string(kSignature)));
  EXPECT_TRUE(opaque.contains("example/muniment/1+" + std::string(kKey)));
  EXPECT_FALSE(opaque.contains("wexcombe"));
  EXPECT_FALSE(opaque.contains("example/muniment/1"));
}

}  // namespace
}  // namespace muniment::foi
