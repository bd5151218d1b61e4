// A secret that is looked for in a text, whichever of its characters the text writes otherwise
// (spellings.hpp).
//
// Each byte of the text is looked at once for each partial match that may be there: all lengths of partial
// matches are bits of words, so that no text and no secret makes it slower than bytes of the text times
// words.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/secret_text.hpp"
#include "collect/spellings.hpp"

namespace muniment::collect {

struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class SecretPattern {
 public:
  explicit SecretPattern(std::string_view secret);  // not empty
  SecretPattern(SecretPattern&&) noexcept = default;
  SecretPattern& operator=(SecretPattern&&) = delete;
  ~SecretPattern();

  std::string_view reveal() const { return secret_.reveal(); }

 private:
  using Word = std::uint64_t;
  class Scan;
  friend std::vector<Stretch> find_secrets(std::span<const SecretPattern>, std::string_view);

  // Bit i of a row of words: the secret's byte i is this one.
  std::span<const Word> places_of(char c) const;
  // `spelt`: what may stand at that place, where a spelling may begin there.
  bool may_begin(std::string_view text, std::size_t at, const std::optional<Spellings>& spelt) const;

  base::SecretText secret_;
  std::size_t words_;                // enough for a bit of each length, from none to all of it
  std::vector<std::uint16_t> rows_;  // of each byte; the first row is of those that the secret has not
  std::vector<Word> places_;         // says what the secret is: overwritten when it goes
};

// Where any of them stands, in order and clear of one another.  Of a place that can be read in several ways
// the longest stretch.
std::vector<Stretch> find_secrets(std::span<const SecretPattern> patterns, std::string_view text);

}  // namespace muniment::collect
