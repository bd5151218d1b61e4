// The secrets of a credential, looked for in one pass over a text.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "collect/secret_scan.hpp"

namespace muniment::collect {

class SecretPatterns {
 public:
  SecretPatterns() = default;
  SecretPatterns(SecretPatterns&&) noexcept = default;
  SecretPatterns& operator=(SecretPatterns&&) noexcept = default;
  ~SecretPatterns();

  // What stands there by itself, and not in base64 either.  What is known already is not added again.
  void add_as_it_is(std::string_view form);
  // Also within anything that is written in base64.
  void add(std::string_view secret);

  // Where any of them stands, in order and clear of one another.
  std::vector<Stretch> find(std::string_view text) const;

 private:
  using Set = std::uint64_t;  // of patterns: bit i is that of pattern i, i + kSets, …

  bool knows(std::string_view secret) const;
  void put(SecretPattern pattern);
  // Which of them may begin at a place.
  Set may_begin(std::string_view text, std::size_t at, Spellings& spellings) const;

  std::vector<SecretPattern> patterns_;
  // By their first and second characters, so that few places are looked at slowly.
  std::array<Set, 256> firsts_{};
  std::array<Set, 256> seconds_{};
};

}  // namespace muniment::collect
