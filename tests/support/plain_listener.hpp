// Says the same bytes to whoever connects on 127.0.0.1, whatever is said to it.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

namespace muniment::support {

class PlainListener {
 public:
  enum class Then { kHangsUp, kStays };  // kStays: until the caller leaves
  explicit PlainListener(std::string bytes, Then then = Then::kHangsUp);
  ~PlainListener();
  PlainListener(const PlainListener&) = delete;
  PlainListener& operator=(const PlainListener&) = delete;
  std::uint16_t port() const { return port_; }

 private:
  void serve(int caller);

  std::string bytes_;
  Then then_;
  std::uint16_t port_ = 0;
  int listener_ = -1;
  std::atomic<bool> closing_{false};
  std::thread acceptor_;
};

// A socket listening on a free port of 127.0.0.1.  Ends the test when there is none.
int listen_on_loopback(std::uint16_t& port);
// The next caller, or -1 when nobody has come for a moment.
int next_caller(int listener);

}  // namespace muniment::support
