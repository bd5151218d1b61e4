// AES-256-GCM (NIST SP 800-38D), by OpenSSL, for values sealed once under a key used once.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace muniment::base {

// Keeps OpenSSL's contexts between calls; one thread at a time.
//
// The nonce is twelve zero bytes: every key is derived from a fresh secret and seals exactly one
// value (docs/formats/archive.md), so a nonce has nothing to tell apart.  Sealing two values under
// one key would break both; callers draw a new secret for every attempt.
class Aead {
 public:
  Aead();
  ~Aead();
  Aead(const Aead&) = delete;
  Aead& operator=(const Aead&) = delete;

  // ciphertext ‖ 16-byte tag
  std::string seal(const Hash& key, std::string_view plain);
  // nullopt when the tag does not match: another key, or changed bytes.
  std::optional<std::string> open(const Hash& key, std::string_view sealed);

 private:
  struct Contexts;
  std::unique_ptr<Contexts> contexts_;
};

}  // namespace muniment::base
