// A certificate authority of a test's own, and the certificates it signs.  Keys are P-256, made afresh.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace muniment::support {

// A certificate and its private key, as PEM.
struct TlsIdentity {
  std::string certificate;
  std::string key;
};

class TestAuthority {
 public:
  explicit TestAuthority(const std::string& name = "Wexcombe Test Authority");
  ~TestAuthority();
  TestAuthority(const TestAuthority&) = delete;
  TestAuthority& operator=(const TestAuthority&) = delete;

  // Good for `names`, as OpenSSL writes alternative names ("IP:127.0.0.1,DNS:town.example"), from `from_days`
  // to `to_days` after now.
  TlsIdentity sign(const std::string& names, int from_days = -1, int to_days = 30) const;
  // Its own, signed by itself: its certificate is what a client that believes it is given.
  const TlsIdentity& own() const { return own_; }

 private:
  struct State;
  std::unique_ptr<State> state_;
  TlsIdentity own_;
};

}  // namespace muniment::support
