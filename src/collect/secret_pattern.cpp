#include "collect/secret_pattern.hpp"

#include <cstring>

namespace muniment::collect {
namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kSixBits = 6, kByteBits = 8;

// Bit `at` of the secret, counted from `before` bytes ahead of it; -1: it is not the secret's.
int bit_of(std::string_view secret, std::size_t before, std::size_t at) {
  const auto byte = at / kByteBits;
  if (byte < before || byte - before >= secret.size()) return -1;
  return static_cast<unsigned char>(secret[byte - before]) >> (kByteBits - 1 - at % kByteBits) & 1;
}

}  // namespace

SecretPattern::SecretPattern(std::string_view secret, std::size_t size)
    : secret_(secret), size_(size), words_(size / kBits + 1), places_(words_, 0) {
  places_.reserve((rows_.size() + 1) * words_);  // so that nothing of it is left behind elsewhere
}

SecretPattern::SecretPattern(std::string_view secret) : SecretPattern(secret, secret.size()) {
  for (std::size_t i = 0; i < secret.size(); ++i) allow(i, secret[i]);
}

SecretPattern SecretPattern::in_base64(std::string_view secret, std::size_t before) {
  const auto first = before * kByteBits / kSixBits;
  const auto last = ((before + secret.size()) * kByteBits + kSixBits - 1) / kSixBits;
  SecretPattern out(secret, last - first);
  out.may_be_broken_ = true;
  for (std::size_t i = first; i < last; ++i)
    for (std::size_t value = 0; value < kBase64.size(); ++value) {
      const auto agrees = [&](std::size_t bit) {
        const auto wanted = bit_of(secret, before, i * kSixBits + bit);
        return wanted < 0 || static_cast<std::size_t>(wanted) == (value >> (kSixBits - 1 - bit) & 1);
      };
      bool may_be = true;
      for (std::size_t bit = 0; bit < kSixBits; ++bit) may_be = may_be && agrees(bit);
      if (!may_be) continue;
      out.allow(i - first, kBase64[value]);
      if (kBase64[value] == '+') out.allow(i - first, '-');
      if (kBase64[value] == '/') out.allow(i - first, '_');
    }
  return out;
}

void SecretPattern::allow(std::size_t place, char c) {
  auto& row = rows_[static_cast<unsigned char>(c)];
  if (row == 0) {
    row = static_cast<std::uint16_t>(places_.size() / words_);
    places_.resize(places_.size() + words_, 0);
  }
  places_[row * words_ + place / kBits] |= Word{1} << (place % kBits);
}

SecretPattern::~SecretPattern() {
  if (!places_.empty()) ::explicit_bzero(places_.data(), places_.size() * sizeof(Word));
  ::explicit_bzero(rows_.data(), rows_.size() * sizeof(rows_[0]));
}

}  // namespace muniment::collect
