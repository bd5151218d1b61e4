#include "base/zstd.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>

namespace muniment::base {
namespace {

// nullopt: refused.
std::optional<std::string> unpacked(Zstd& zstd, std::string_view frame, std::size_t most) {
  std::string out = "what was there before";
  return zstd.decompress(frame, most, out) ? std::optional(out) : std::nullopt;
}

std::string words(std::mt19937& random, std::size_t count) {
  const char* const some[] = {"harbour ", "water ", "outage ", "council ", "again ", "sorry "};
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += some[random() % 6];
  return text;
}

TEST(Zstd, WhatIsCompressedComesBack) {
  const ZstdDictionary none("");
  Zstd zstd(none);
  std::mt19937 random(1);
  for (std::size_t count = 0; count < 60; ++count) {
    const std::string plain = words(random, count * count);
    std::string frame = "kept";
    zstd.compress(plain, frame);
    ASSERT_EQ(frame.substr(0, 4), "kept") << "a frame is appended";
    EXPECT_EQ(unpacked(zstd, std::string_view(frame).substr(4), plain.size()), plain);
  }
}

TEST(Zstd, ALimitHoldsBeforeAnythingIsUnpacked) {
  const ZstdDictionary none("");
  Zstd zstd(none);
  std::string bomb;
  zstd.compress(std::string(64U << 20, '0'), bomb);
  ASSERT_LT(bomb.size(), 100'000U);
  EXPECT_EQ(unpacked(zstd, bomb, (64U << 20) - 1), std::nullopt);
  EXPECT_EQ(unpacked(zstd, bomb, 1000), std::nullopt);
}

TEST(Zstd, CutTrailedAndBentFramesAreRefused) {
  const ZstdDictionary none("");
  Zstd zstd(none);
  std::mt19937 random(2);
  const std::string plain = words(random, 200);
  std::string frame;
  zstd.compress(plain, frame);
  for (std::size_t size = 0; size < frame.size(); ++size)
    EXPECT_EQ(unpacked(zstd, std::string_view(frame).substr(0, size), 1 << 20), std::nullopt) << size;
  EXPECT_EQ(unpacked(zstd, frame + "x", 1 << 20), std::nullopt);
  EXPECT_EQ(unpacked(zstd, frame + frame, 1 << 20), std::nullopt);
  EXPECT_EQ(unpacked(zstd, "not a frame at all", 1 << 20), std::nullopt);
  EXPECT_EQ(unpacked(zstd, frame, 1 << 20), plain) << "a refusal must not spoil the next call";
}

TEST(Zstd, ADictionaryMakesShortTextsSmaller) {
  std::mt19937 random(3);
  const std::string shared = words(random, 500);
  const ZstdDictionary none("");
  const ZstdDictionary known(shared);
  Zstd without(none);
  Zstd with(known);
  const std::string plain = shared.substr(100, 300);
  std::string long_frame;
  std::string short_frame;
  without.compress(plain, long_frame);
  with.compress(plain, short_frame);
  EXPECT_LT(short_frame.size(), long_frame.size());
  EXPECT_EQ(unpacked(with, short_frame, 1000), plain);
  EXPECT_NE(unpacked(without, short_frame, 1000), plain);
}

}  // namespace
}  // namespace muniment::base
