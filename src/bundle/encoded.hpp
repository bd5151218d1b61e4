// Base64 and hexadecimal inside a text, behind which a word or a secret may hide.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace muniment::bundle {

// Hashes, seeds and signatures that belong into the bundle, spelled as they stand in it.  Words are not
// looked for in them (chance would find short ones); secrets are.
struct OpaqueHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view token) const { return std::hash<std::string_view>{}(token); }
};
using Opaque = std::unordered_set<std::string, OpaqueHash, std::equal_to<>>;

// Tokens of base64 (either alphabet) or hexadecimal; the latter also within one of base64.
struct Encoded {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool hex = false;
};
std::vector<Encoded> encoded_tokens(std::string_view text);
// What a token may say, at each place decoding could begin.
std::vector<std::string> decodings(std::string_view token, bool hex);

// `text` with every token that is in `opaque` overwritten by spaces; `taken` receives those tokens.
std::string without_opaque(std::string_view text, const Opaque& opaque, std::vector<std::string>& taken);

}  // namespace muniment::bundle
