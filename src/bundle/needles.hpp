// What must not be found in a release, and where it is found in a piece of text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bundle/numbers.hpp"
#include "bundle/rows.hpp"

namespace muniment::bundle {

enum class NeedleKind {
  kWords,   // a withheld word, or several in a row; also joined, and any six in a row of more
  kHandle,  // the name of an account: like kWords, but still looked for in addresses when the same word is
            // lawfully shown elsewhere ("support")
  kUrl,     // an address, with or without its scheme, the telephones' host and what is put after it by who
            // passes it on
  kSecret,  // raw bytes of a seed or salt
  kHash,    // raw bytes of a plain hash of something withheld
};

struct Needle {
  NeedleKind kind = NeedleKind::kWords;
  std::string value;
  std::string from;       // where it is withheld: "record 12, field text"; never the words themselves
  bool as_spelt = false;  // not looked for in another spelling
};

struct Match {
  std::size_t needle = 0;  // index
  std::size_t begin = 0;   // bytes in the text
  std::size_t end = 0;
  bool respelt = false;  // found only in another spelling
};

// A set of needles, ready to be looked for: one pass over a text, whatever their number.
//
// A single letter, a single digit and a number of fewer than five digits are looked for only as part of
// several words in a row: they stand in every page, and say nothing alone.  As the name of an account they
// are looked for after an @, too ("@1984").
//
// Words are found as they are spelt (bundle/words.hpp), and respelt: in their plain letters, in pieces
// (bundle/pieces.hpp), and numbers however they are grouped (bundle/numbers.hpp).
class Needles {
 public:
  explicit Needles(std::vector<Needle> needles);

  // Words that stand in `text` are lawfully shown there: they stop being needles, alone or in a row.
  // Spellings are told apart: where "Zoe" is shown, "Zoë" is looked for as it is spelt only.  An account's
  // name goes on being looked for in addresses; where `text` has it in one ("town.example/archive"), after an
  // @. Secrets and hashes always stay.
  void allow(std::string_view text);

  // The needles of words that are still looked for, anywhere or in addresses; those of which no other
  // spelling is looked for are `as_spelt`.
  std::vector<Needle> live() const;

  // Is there a word, or a spelling of one, that these find and `other` does not?  Secrets and hashes aside.
  bool looks_for_more_than(const Needles& other) const;

  // kWords, kHandle, kUrl.
  std::vector<Match> find_words(std::string_view text) const;
  // kSecret, kHash, at any byte.
  std::vector<Match> find_bytes(std::string_view bytes) const;

  const Needle& operator[](std::size_t i) const { return needles_[i]; }
  std::size_t size() const { return needles_.size(); }

 private:
  void add_words(std::size_t needle);
  void add_row(std::span<const Word> row, std::size_t needle);
  void add_bytes(std::size_t needle);

  std::vector<Needle> needles_;
  Rows rows_;
  Numbers numbers_;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> bytes_;  // by the first eight bytes
  std::vector<bool> maybe_;                                            // a filter before bytes_
};

}  // namespace muniment::bundle
