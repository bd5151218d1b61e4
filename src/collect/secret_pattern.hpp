// What a secret looks like in a text: for each of its characters those that may stand for it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret_text.hpp"

namespace muniment::collect {

// What base64 is broken with.
constexpr bool breaks_base64(char c) {
  return c == '\n' || c == '\r' || c == ' ' || c == '\t';
}

class SecretPattern {
 public:
  using Word = std::uint64_t;
  static constexpr std::size_t kBits = 64;

  explicit SecretPattern(std::string_view secret);  // not empty; itself
  // Within what was written in base64, standard or for addresses.  `before`: how many bytes stand before the
  // secret there, but for multiples of three.  Characters that are the secret's in part are its, too.
  static SecretPattern in_base64(std::string_view secret, std::size_t before);

  SecretPattern(SecretPattern&&) noexcept = default;
  SecretPattern& operator=(SecretPattern&&) = delete;
  ~SecretPattern();

  std::string_view secret() const { return secret_.reveal(); }
  std::size_t size() const { return size_; }  // in characters of the text
  // Ends of lines, and blanks, may stand between its characters, and mean nothing.
  bool may_be_broken() const { return may_be_broken_; }
  std::size_t words() const { return words_; }  // enough for a bit of each length, from none to all of it
  // Bit i of a row of words: the pattern's character i may be this one.
  std::span<const Word> places_of(char c) const {
    return std::span(places_).subspan(rows_[static_cast<unsigned char>(c)] * words_, words_);
  }
  bool may_be(std::size_t place, char c) const {
    return (places_of(c)[place / kBits] >> (place % kBits) & 1) != 0;
  }

 private:
  SecretPattern(std::string_view secret, std::size_t size);
  void allow(std::size_t place, char c);

  base::SecretText secret_;
  std::size_t size_;
  std::size_t words_;
  bool may_be_broken_ = false;
  std::array<std::uint16_t, 256> rows_{};  // of each byte; the first row is of those that it has not
  std::vector<Word> places_;               // says what the secret is: overwritten when it goes
};

}  // namespace muniment::collect
