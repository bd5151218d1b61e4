// Names and words inside a longer word: "#JusticeForTobiasAchterberg", "@tobiasachterberg84", "the
// Achterbergs", "#LeukaemiaSupport".
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bundle/needles.hpp"
#include "foi/found.hpp"

namespace muniment::foi {

class JoinedNames {
 public:
  // Of `runs` those of two or three words with eight letters and more; of `singles` those of six letters and
  // more; shorter ones are found by chance, but for the plural: four letters and an s.
  // Of plain words, those among the singles and `plain`, of five letters and more, the plural of a singular
  // and the other way round, and where capitals set them off in a longer word ("LeukaemiaSupport"); of seven
  // letters and more, those among the singles, also the beginning and the end of a longer word.
  JoinedNames(const std::vector<bundle::Needle>& runs, const std::vector<bundle::Needle>& singles,
              const std::vector<bundle::Needle>& plain);

  // The first.  Time grows with the letters of the text, not with the names.
  std::optional<Found> find(std::string_view text) const;

 private:
  struct Name {
    std::string from;
    bool at_an_end = false;  // of the longer word
  };
  struct Apart {
    std::string from;
    bool alone = false;  // one word is it already, without its digits
  };
  void add(std::u32string_view letters, const std::string& from, bool at_an_end = false);
  void add_apart(const bundle::Needle& needle, const std::vector<bundle::Word>& words);
  std::optional<Found> find_apart(std::string_view text, const std::vector<bundle::Word>& words) const;
  void add_plain(const bundle::Needle& needle, const bundle::Word& word);
  std::optional<std::string> inside(std::u32string_view letters) const;
  std::optional<std::string> in_plural(std::u32string_view letters) const;
  std::optional<std::string> set_off(std::string_view word) const;
  std::unordered_map<std::uint64_t, Name> names_;                     // by all letters
  std::unordered_map<std::uint64_t, std::set<std::size_t>> lengths_;  // of these, by how they begin
  std::unordered_map<std::uint64_t, Apart> apart_;            // by all letters, without digits at the end
  std::unordered_map<std::uint64_t, std::string> plurals_;    // from, by all letters of the singular
  std::unordered_map<std::uint64_t, std::string> singulars_;  // likewise, of plain words that are plurals
};

}  // namespace muniment::foi
