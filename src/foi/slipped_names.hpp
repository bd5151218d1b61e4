// Names with a slip of the pen, and with digits in place of letters: "Achtenberg" for Achterberg, "Sm1th".
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bundle/needles.hpp"
#include "bundle/words.hpp"
#include "foi/found.hpp"

namespace muniment::foi {

class SlippedNames {
 public:
  // Of `singles` those of people (is_person_field): with a slip of seven letters and more, with digits of
  // four.
  explicit SlippedNames(const std::vector<bundle::Needle>& singles);

  // The first: a word that begins as the name does and has one letter more, fewer, another, or two of them in
  // the other order, and that `may_be_name`; or one with digits that is the name when they are read as
  // letters.
  std::optional<Found> find(std::string_view text,
                            const std::function<bool(const bundle::Word&)>& may_be_name) const;

 private:
  struct Name {
    std::u32string letters;
    std::string from;
  };
  const Name* with_a_slip(const std::u32string& letters) const;
  const Name* with_digits(const std::u32string& letters) const;

  std::vector<Name> names_;
  std::unordered_map<std::uint64_t, std::size_t> whole_;                  // by all letters
  std::unordered_multimap<std::uint64_t, std::size_t> without_a_letter_;  // by all but one, and by all
};

}  // namespace muniment::foi
