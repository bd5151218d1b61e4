// Words in a row that belong to needles, and where they stand in a text: one pass, whatever their number.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "bundle/words.hpp"

namespace muniment::bundle {

class Rows {
 public:
  static constexpr std::size_t kLongest = 6;  // words

  struct Found {
    std::size_t needle = 0;
    std::size_t first = 0;  // index of the first and of the last word
    std::size_t last = 0;
  };

  // By which of its hashes a word is compared.
  explicit Rows(std::uint64_t Word::*compared)
      : compared_(compared), begins_(std::size_t{1} << kFilterBits) {}

  // 1 to kLongest words.  A row that is there already keeps its needle, unless this one is an account's name.
  void add(std::span<const Word> row, std::size_t needle, bool account);

  std::vector<Found> find(std::span<const Word> words) const;

  // What stands in `words` is a row no more.  An account's name stays one in addresses.
  void allow(std::span<const Word> words);

  // The needles that have a row left, with repetitions.
  std::vector<std::size_t> needles() const;

 private:
  struct Row {
    std::size_t needle = 0;
    bool account = false;
    bool address_only = false;
  };
  static constexpr unsigned kFilterBits = 20;

  std::uint64_t Word::*compared_;
  std::unordered_map<std::uint64_t, Row> rows_[kLongest + 1];  // by how many words
  std::vector<bool> begins_;                                   // one before rows_, by the first word
};

}  // namespace muniment::bundle
