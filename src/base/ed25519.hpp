// Ed25519 (RFC 8032), by OpenSSL.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/seams.hpp"
#include "muniment/result.hpp"

namespace muniment::base {

using Ed25519Seed = std::array<std::uint8_t, 32>;  // the private key of RFC 8032; a secret
using Ed25519Public = std::array<std::uint8_t, 32>;
using Ed25519Signature = std::array<std::uint8_t, 64>;

Ed25519Seed new_ed25519_seed(Entropy& entropy);
Result<Ed25519Public> ed25519_public(const Ed25519Seed& seed);
Result<Ed25519Signature> ed25519_sign(const Ed25519Seed& seed, std::string_view message);

// False for a wrong signature, a key that is no point, and a signature of the wrong length alike.
bool ed25519_verify(const Ed25519Public& key, std::string_view message, std::string_view signature);

}  // namespace muniment::base
