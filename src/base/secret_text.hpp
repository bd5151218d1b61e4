// Text that lets somebody in: it lives in one place, cannot be copied by accident, and is overwritten when it
// goes.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace muniment::base {

// Overwrites the bytes, also those kept in reserve, and leaves the text empty.
void wipe(std::string& text);

class SecretText {
 public:
  SecretText() = default;
  explicit SecretText(std::string_view text);
  SecretText(SecretText&&) noexcept;
  SecretText& operator=(SecretText&&) noexcept;
  ~SecretText();

  bool empty() const { return size_ == 0; }
  // For where it must be used.  Whoever copies it wipes the copy.
  std::string_view reveal() const { return {bytes_.get(), size_}; }

 private:
  void forget();
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
};

// From now on this process leaves no core dump, and no other process of the same user can read its memory.
void keep_memory_private();

}  // namespace muniment::base
