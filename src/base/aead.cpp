#include "base/aead.hpp"

#include <openssl/evp.h>

#include <new>

namespace muniment::base {
namespace {

constexpr std::size_t kTag = 16;
constexpr std::uint8_t kNonce[12] = {};

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

std::uint8_t* bytes_of(std::string& text) {
  return reinterpret_cast<std::uint8_t*>(text.data());
}

}  // namespace

struct Aead::Contexts {
  Context sealing{EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free};
  Context opening{EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free};
};

Aead::Aead() : contexts_(std::make_unique<Contexts>()) {
  // The cipher is fetched once here; each call then only changes the key.
  if (EVP_EncryptInit_ex(contexts_->sealing.get(), EVP_aes_256_gcm(), nullptr, nullptr, nullptr) != 1 ||
      EVP_DecryptInit_ex(contexts_->opening.get(), EVP_aes_256_gcm(), nullptr, nullptr, nullptr) != 1)
    throw std::bad_alloc();
}

Aead::~Aead() = default;

std::string Aead::seal(const Hash& key, std::string_view plain) {
  auto* context = contexts_->sealing.get();
  std::string out(plain.size() + kTag, '\0');
  int written = 0;
  int rest = 0;
  const auto in = span_of(plain);
  if (EVP_EncryptInit_ex(context, nullptr, nullptr, key.data(), kNonce) != 1 ||
      EVP_EncryptUpdate(context, bytes_of(out), &written, in.data(), static_cast<int>(in.size())) != 1 ||
      EVP_EncryptFinal_ex(context, bytes_of(out) + written, &rest) != 1 ||
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, kTag, bytes_of(out) + plain.size()) != 1)
    throw std::bad_alloc();  // AES-GCM on valid arguments fails only for want of memory
  return out;
}

std::optional<std::string> Aead::open(const Hash& key, std::string_view sealed) {
  if (sealed.size() < kTag) return std::nullopt;
  auto* context = contexts_->opening.get();
  std::string tag(sealed.substr(sealed.size() - kTag));
  const auto in = span_of(sealed.substr(0, sealed.size() - kTag));
  std::string out(in.size(), '\0');
  int written = 0;
  int rest = 0;
  if (EVP_DecryptInit_ex(context, nullptr, nullptr, key.data(), kNonce) != 1 ||
      EVP_DecryptUpdate(context, bytes_of(out), &written, in.data(), static_cast<int>(in.size())) != 1 ||
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, kTag, tag.data()) != 1 ||
      EVP_DecryptFinal_ex(context, bytes_of(out) + written, &rest) != 1)
    return std::nullopt;
  return out;
}

}  // namespace muniment::base
