// The words of a text as the release gate compares them.
//
// A word is a maximal run of letters, marks and digits, compared after Unicode's NFKC_Casefold: case,
// compatibility forms and invisible characters (soft hyphen, joiners) make no difference; and by its plain
// letters, in which accents and look-alike letters make none either.  Scripts written without spaces (Han,
// Kana, Thai, Lao, Khmer, Burmese) and symbols (emoji) give a word a code point, so that a sequence of them
// is found wherever it stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace muniment::bundle {

struct Word {
  std::uint64_t hash = 0;   // of the folded word; equal words have equal hashes
  std::uint64_t plain = 0;  // of its plain letters, where they are three or more; else the same as `hash`
  std::size_t begin = 0;    // bytes in the text
  std::size_t end = 0;
  std::uint32_t length = 0;  // code points before folding
  bool digits = false;       // nothing but digits
  bool letters = false;      // nothing but letters and marks
  bool unspaced = false;     // one letter of a script that is written without spaces
  bool address = false;      // stands where a name stands in an address: after @ / ~ = or before @
  bool mention = false;      // after an @ that is not that of an e-mail
};

// Bytes that are not UTF-8 separate words.
std::vector<Word> words_of(std::string_view text);

// The `plain` of a word of these letters, put together letter by letter.
class PlainHash {
 public:
  std::uint64_t add(char32_t letter);
  std::uint64_t add(std::u32string_view letters);

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325U;
};

// The plain letters of a word that words_of gave.
std::u32string letters_of(std::string_view text, const Word& word);

// The hash of words in a row, in their order, put together word by word; of one word it is the word's own.
class SequenceHash {
 public:
  // The hash with this word added: its `hash`, or its `plain`.
  std::uint64_t add(std::uint64_t word);

 private:
  std::uint64_t rest_ = 0;
  std::size_t count_ = 0;
};

// The hash `text` would have as one word with everything that is not part of a word taken out:
// "Jane Doe" gives that of "janedoe".  No word when nothing is left.
std::optional<Word> joined_word(std::string_view text);

}  // namespace muniment::bundle
