// Numbers however they are grouped: 07700900123, 07700 900 123, (07700) 900-123, +44 7700 900123; also those
// with letters, such as national insurance numbers, postcodes and account numbers (QQ 12 34 56 C).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bundle/words.hpp"

namespace muniment::bundle {

// Numbers that belong to needles, and where they stand in a text.
//
// A number has six digits or more: fewer are found by chance in any list.  With letters it begins with one
// and has three digits, or two and a letter at its end (SW1A 1AA).  Groups that can be read as a date or as
// years (2026-11-24, 12/06/24, 2024/2025) are no such number: they are compared as they are grouped.
// Digits of all scripts are the same.
class Numbers {
 public:
  struct Found {
    std::size_t needle = 0;
    std::size_t first = 0;  // index of the first and of the last word
    std::size_t last = 0;
  };

  // The numbers in `text`, each as far as its groups go on.  Of one that is long enough for a telephone also
  // the forms with and without the prefix of its country.
  void add(std::string_view text, const std::vector<Word>& words, std::size_t needle);

  std::vector<Found> find(std::string_view text, const std::vector<Word>& words) const;

  // Numbers that stand in `text` are looked for no more, in none of their forms.
  void allow(std::string_view text, const std::vector<Word>& words);

  // Is there a number that these find and `other` does not?
  bool hold_more_than(const Numbers& other) const;

  // The needles that have a number left.
  std::vector<std::size_t> needles() const;

 private:
  void add_groups(std::string_view text, std::span<const Word> groups, std::size_t needle);

  struct Number {
    std::size_t needle = 0;
    bool live = true;
  };
  std::vector<Number> numbers_;
  std::unordered_map<std::uint64_t, std::size_t> forms_;  // the plain hash of a form -> in numbers_
};

}  // namespace muniment::bundle
