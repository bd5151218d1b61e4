// Words in a row that belong to needles, and where they stand in a text: one pass, whatever their number.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "bundle/words.hpp"

namespace muniment::bundle {

// Each row is there as it is spelt, by the `hash` of its words, and respelt, by their `plain`; either may be
// allowed without the other.
class Rows {
 public:
  static constexpr std::size_t kLongest = 6;  // words

  struct Found {
    std::size_t needle = 0;
    std::size_t first = 0;  // index of the first and of the last word
    std::size_t last = 0;
    bool respelt = false;
  };

  // Where a row is looked for, from the widest to the narrowest.
  enum class Where { kAnywhere, kAddresses, kMentions };

  // 1 to kLongest words.  A row that is there already keeps its needle, unless this one is an account's name
  // or is looked for in more places.
  void add(std::span<const Word> row, std::size_t needle, bool account, bool as_spelt_only,
           Where where = Where::kAnywhere);

  // A row that is found as it is spelt is mostly found respelt, too.
  std::vector<Found> find(std::span<const Word> words) const;

  // What stands in `words` is a row no more.  An account's name stays one in addresses, and where it stands
  // in an address here, after an @.
  void allow(std::span<const Word> words);

  // Is there a row that these find somewhere and `other` does not?
  bool hold_more_than(const Rows& other) const;

  // The needles that have a row left, with repetitions.
  std::vector<std::size_t> needles(bool respelt) const;

 private:
  struct Row {
    std::size_t needle = 0;
    bool account = false;
    Where where = Where::kAnywhere;
  };
  struct Table {
    std::uint64_t Word::*compared;
    std::unordered_map<std::uint64_t, Row> rows[kLongest + 1] = {};  // by how many words
    void find(std::span<const Word> words, std::size_t first, bool respelt, std::vector<Found>& found) const;
    void allow(std::span<const Word> words, std::size_t first);
    bool holds_more_than(const Table& other) const;
  };
  bool may_begin(const Word& word) const;

  Table spelt_{&Word::hash};
  Table plain_{&Word::plain};
  std::vector<bool> begins_ =
      std::vector<bool>(std::size_t{1} << 20U);  // before the tables, by the first word
};

}  // namespace muniment::bundle
