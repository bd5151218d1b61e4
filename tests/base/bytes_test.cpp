#include "base/bytes.hpp"

#include <gtest/gtest.h>

#include <random>

namespace muniment::base {
namespace {

TEST(Bytes, HexIsLowerCaseTwoDigitsAByte) {
  EXPECT_EQ(to_hex(std::string("\x00\x0f\xff", 3)), "000fff");
  EXPECT_EQ(to_hex(std::string_view{}), "");
}

TEST(Bytes, Base64AgreesWithTheExamplesOfRfc4648) {
  const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                          {"f", "Zg=="},
                                                          {"fo", "Zm8="},
                                                          {"foo", "Zm9v"},
                                                          {"foob", "Zm9vYg=="},
                                                          {"fooba", "Zm9vYmE="},
                                                          {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, text] : examples) {
    EXPECT_EQ(to_base64(plain), text);
    EXPECT_EQ(from_base64(text), plain);
  }
}

TEST(Bytes, Base64HasExactlyOneSpelling) {
  for (const char* text :
       {"Zg=", "Zg", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm-v", "Zm_v", "====", "Z===", "Zg==Zg==", "Zm9v="})
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
}

TEST(Bytes, WhateverIsEncodedComesBack) {
  std::mt19937 random(20261122);
  for (std::size_t size = 0; size < 200; ++size) {
    std::string bytes(size, '\0');
    for (auto& c : bytes) c = static_cast<char>(random());
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
  }
}

TEST(Bytes, AnyOtherSpellingThatIsAcceptedEncodesBackToItself) {
  std::mt19937 random(7);
  const std::string letters = "AZaz09+/=-_ \n";
  int accepted = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text(4 + 4 * (random() % 2), 'A');
    for (auto& c : text) c = letters[random() % letters.size()];
    if (const auto bytes = from_base64(text)) {
      ++accepted;
      EXPECT_EQ(to_base64(*bytes), text);
    }
  }
  EXPECT_GT(accepted, 100);
}

TEST(Bytes, AHashHasThirtyTwoBytesAndNoOther) {
  EXPECT_EQ(as_hash(std::string(31, 'x')), std::nullopt);
  EXPECT_EQ(as_hash(std::string(33, 'x')), std::nullopt);
  ASSERT_TRUE(as_hash(std::string(32, 'x')));
  EXPECT_EQ(view(*as_hash(std::string(32, 'x'))), std::string(32, 'x'));
  EXPECT_EQ(hash_from_base64(to_base64(std::string(31, 'x'))), std::nullopt);
}

TEST(Bytes, NumbersAreBigEndian) {
  std::string out;
  append_u16(out, 0x0102);
  append_u32(out, 0x03040506);
  append_u64(out, 0x0708090a0b0c0d0e);
  EXPECT_EQ(to_hex(out), "0102030405060708090a0b0c0d0e");
}

}  // namespace
}  // namespace muniment::base
