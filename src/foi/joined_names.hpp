// Names inside a longer word: "#JusticeForTobiasAchterberg", "@tobiasachterberg84", "the Achterbergs".
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

  // Of `runs` those of two or three words with eight letters and more; of `singles` those of six letters and
  // more; shorter ones are found by chance, but for the plural: four letters and an s.
  JoinedNames(const std::vector<bundle::Needle>& runs, const std::vector<bundle::Needle>& singles);

  // The first.  Time grows with the letters of the text, not with the names.
  std::optional<Found> find(std::string_view text) const;

 private:
  struct Name {
    std::u32string letters;
    std::string from;
  };
  void add(Name name);
  std::unordered_map<std::uint64_t, std::vector<Name>> names_;  // by how they begin
  std::unordered_map<std::uint64_t, std::string> plurals_;      // from, by all their letters
};

}  // namespace muniment::foi
