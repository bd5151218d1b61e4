#include "base/seams.hpp"

#include <openssl/rand.h>

#include <cstdio>
#include <cstdlib>
#include <thread>

namespace muniment::base {
namespace {

class SystemClock final : public Clock {
 public:
  Time now() override {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
  void sleep(std::chrono::milliseconds duration) override { std::this_thread::sleep_for(duration); }
};

class SystemEntropy final : public Entropy {
 public:
  void fill(std::span<std::uint8_t> out) override {
    if (RAND_bytes(out.data(), static_cast<int>(out.size())) == 1) return;
    std::fputs("muniment: the system has no randomness to give; nothing was written\n", stderr);
    std::abort();
  }
};

}  // namespace

Clock& system_clock() {
  static SystemClock clock;
  return clock;
}

Entropy& system_entropy() {
  static SystemEntropy entropy;
  return entropy;
}

}  // namespace muniment::base
