// What of a withheld passage tells of it elsewhere: its rarer words, the names in it, four of its words in a
// row.
//
// A passage is withheld for what it says, and most of its words say nothing: they stand in every post.  So
// its words are weighed first, by what the records of the plan show of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "foi/plan.hpp"

namespace muniment::foi {

constexpr std::size_t kLongestName = 3;  // words; a stretch of more is a passage

// In how many items of a plan a word is shown in a text, and how people write it.
class WordUse {
 public:
  explicit WordUse(const Plan& plan);

  // More often with a small letter than with a capital: then it is no name.
  bool is_mostly_small(std::uint64_t word) const;
  std::size_t items(std::uint64_t word) const;
  // In so many items that it points at none of them; a name, in so many that it is a place's.
  bool is_common(std::uint64_t word) const;
  bool is_common_name(std::uint64_t word) const;

 private:
  struct Count {
    std::size_t items = 0;
    std::size_t last = 0;
  };
  std::unordered_map<std::uint64_t, std::ptrdiff_t> small_;  // less those with a capital
  std::unordered_map<std::uint64_t, Count> shown_;
  std::size_t items_ = 0;
};

// `out` gets the passage's telling words, its addresses of e-mail, and, where Han or Katakana is written
// without spaces, each three characters in a row as one; `runs` each name of two words and more, and each
// four words in a row of which two tell something.
void weigh_passage(std::string_view run, const std::string& from, const WordUse& use, Passage& out,
                   std::vector<bundle::Needle>& runs);

}  // namespace muniment::foi
