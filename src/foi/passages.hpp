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
#include <unordered_set>
#include <vector>

#include "foi/plan.hpp"

namespace muniment::foi {

constexpr std::size_t kLongestName = 3;  // words; a stretch of more is a passage

// In how many items of a plan a word is shown in a text, and whether anybody wrote it with a small letter.
class WordUse {
 public:
  explicit WordUse(const Plan& plan);

  bool is_ever_small(std::uint64_t word) const { return small_.contains(word); }
  std::size_t items(std::uint64_t word) const;
  // In so many items that it points at none of them.
  bool is_common(std::uint64_t word) const;

 private:
  struct Count {
    std::size_t items = 0;
    std::size_t last = 0;
  };
  std::unordered_set<std::uint64_t> small_;
  std::unordered_map<std::uint64_t, Count> shown_;
  std::size_t items_ = 0;
};

// `out` gets the passage's telling words; `runs` each name of two words and more, and each four words in a
// row of which two tell something.
void weigh_passage(std::string_view run, const std::string& from, const WordUse& use, Passage& out,
                   std::vector<bundle::Needle>& runs);

}  // namespace muniment::foi
