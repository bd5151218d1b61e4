// Bytes that look random, are the same in every run, and never repeat within one.
#pragma once

#include <random>

#include "base/seams.hpp"

namespace muniment::support {

class FakeEntropy final : public base::Entropy {
 public:
  explicit FakeEntropy(std::uint64_t seed = 20261122) : random_(seed) {}
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out) byte = static_cast<std::uint8_t>(random_());
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace muniment::support
