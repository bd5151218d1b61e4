// A clock whose hands only the test moves.
#pragma once

#include "base/seams.hpp"

namespace muniment::support {

class FakeClock final : public base::Clock {
 public:
  explicit FakeClock(base::Time start = base::Time{std::chrono::milliseconds{1'790'000'000'000}})
      : now_(start) {}
  base::Time now() override { return now_; }
  void sleep(std::chrono::milliseconds duration) override {
    now_ += duration;
    slept_ += duration;
  }
  void set(base::Time now) { now_ = now; }
  void advance(std::chrono::milliseconds duration) { now_ += duration; }
  std::chrono::milliseconds slept() const { return slept_; }

 private:
  base::Time now_;
  std::chrono::milliseconds slept_{0};
};

}  // namespace muniment::support
