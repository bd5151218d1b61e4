#include "base/secret_text.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstring>
#include <utility>

#include "base/check.hpp"

namespace muniment::base {

void wipe(std::string& text) {
  text.resize(text.capacity());
  ::explicit_bzero(text.data(), text.size());
  text.clear();
}

SecretText::SecretText(std::string_view text)
    : bytes_(std::make_unique<char[]>(text.size() + 1)), size_(text.size()) {
  std::memcpy(bytes_.get(), text.data(), text.size());
}

SecretText::SecretText(SecretText&& other) noexcept
    : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}

SecretText& SecretText::operator=(SecretText&& other) noexcept {
  if (this == &other) return *this;
  forget();
  bytes_ = std::move(other.bytes_);
  size_ = std::exchange(other.size_, 0);
  return *this;
}

SecretText::~SecretText() {
  forget();
}

void SecretText::forget() {
  if (bytes_) ::explicit_bzero(bytes_.get(), size_);
  size_ = 0;
}

void keep_memory_private() {
  const rlimit none{0, 0};
  MUNIMENT_CHECK(::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0, "the kernel lets a process refuse core dumps");
  MUNIMENT_CHECK(::setrlimit(RLIMIT_CORE, &none) == 0, "a limit may always be lowered");
}

}  // namespace muniment::base
