#include "base/ed25519.hpp"

#include <openssl/evp.h>

#include <memory>

namespace muniment::base {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Key private_key(const Ed25519Seed& seed) {
  return {EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()), EVP_PKEY_free};
}

Error unusable() {
  return {Code::kInternal, "the cryptographic library refused an Ed25519 key"};
}

}  // namespace

Ed25519Seed new_ed25519_seed(Entropy& entropy) {
  Ed25519Seed seed;
  entropy.fill(seed);
  return seed;
}

Result<Ed25519Public> ed25519_public(const Ed25519Seed& seed) {
  const Key key = private_key(seed);
  Ed25519Public out;
  std::size_t size = out.size();
  if (!key || EVP_PKEY_get_raw_public_key(key.get(), out.data(), &size) != 1 || size != out.size())
    return unusable();
  return out;
}

Result<Ed25519Signature> ed25519_sign(const Ed25519Seed& seed, std::string_view message) {
  const Key key = private_key(seed);
  const Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  Ed25519Signature out;
  std::size_t size = out.size();
  const auto bytes = span_of(message);
  if (!key || !context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), out.data(), &size, bytes.data(), bytes.size()) != 1 || size != out.size())
    return unusable();
  return out;
}

bool ed25519_verify(const Ed25519Public& public_key, std::string_view message, std::string_view signature) {
  const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(), public_key.size()),
                EVP_PKEY_free);
  const Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  if (!key || !context || signature.size() != std::tuple_size_v<Ed25519Signature>) return false;
  if (EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1) return false;
  const auto sig = span_of(signature);
  const auto bytes = span_of(message);
  return EVP_DigestVerify(context.get(), sig.data(), sig.size(), bytes.data(), bytes.size()) == 1;
}

}  // namespace muniment::base
