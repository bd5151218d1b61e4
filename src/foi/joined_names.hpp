// Names that are written together inside a longer word: "#JusticeForTobiasAchterberg", "@tobiasachterberg84".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bundle/needles.hpp"

namespace muniment::foi {

class JoinedNames {
 public:
  struct Found {
    std::size_t begin = 0;  // byte of the word in the text
    std::string from;       // Needle::from
  };

  // Of the needles those of two or three words with eight letters and more; shorter ones are found by chance.
  explicit JoinedNames(const std::vector<bundle::Needle>& needles);

  // The first.  Time grows with the letters of the text, not with the names.
  std::optional<Found> find(std::string_view text) const;

 private:
  struct Name {
    std::u32string letters;
    std::string from;
  };
  std::unordered_map<std::uint64_t, std::vector<Name>> names_;  // by how they begin
};

}  // namespace muniment::foi
