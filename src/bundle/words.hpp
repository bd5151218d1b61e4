// The words of a text as the release gate compares them.
//
// A word is a maximal run of letters, marks and digits, compared after Unicode's NFKC_Casefold: case,
// compatibility forms and invisible characters (soft hyphen, joiners) make no difference.  Scripts written
// without spaces (Han, Kana, Thai, Lao, Khmer, Burmese) and symbols (emoji) give a word a code point, so that
// a sequence of them is found wherever it stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace muniment::bundle {

struct Word {
  std::uint64_t hash = 0;  // of the folded word; equal words have equal hashes
  std::size_t begin = 0;   // bytes in the text
  std::size_t end = 0;
  std::uint32_t length = 0;  // code points before folding
  bool digits = false;       // nothing but digits
  bool letters = false;      // nothing but letters and marks
  bool address = false;      // stands where a name stands in an address: after @ / ~ = or before @
};

// Bytes that are not UTF-8 separate words.
std::vector<Word> words_of(std::string_view text);

// The hash of words in a row, in their order, put together word by word; of one word it is the word's own.
class SequenceHash {
 public:
  // The hash with this word added.
  std::uint64_t add(const Word& word);

 private:
  std::uint64_t rest_ = 0;
  std::size_t count_ = 0;
};

// The hash `text` would have as one word with everything that is not part of a word taken out:
// "Jane Doe" gives that of "janedoe".  0 when nothing is left.
std::uint64_t joined_hash(std::string_view text);

}  // namespace muniment::bundle
