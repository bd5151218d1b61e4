// The edges of the world that tests replace: clock and entropy.  (Transport is in net, the disk
// is SQLite's VFS in db.)  Fakes live in tests/support.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>

namespace muniment::base {

// Milliseconds since 1970-01-01T00:00:00Z.
using Time = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() = 0;
  // Waits at least this long; a fake only moves its own hands.
  virtual void sleep(std::chrono::milliseconds duration) = 0;
};

class Entropy {
 public:
  virtual ~Entropy() = default;
  // Fills all of `out` from the system CSPRNG, or ends the program: there is no safe way on without.
  virtual void fill(std::span<std::uint8_t> out) = 0;
};

Clock& system_clock();
Entropy& system_entropy();

}  // namespace muniment::base
