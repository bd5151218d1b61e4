// One secret in one text, whichever of its characters the text writes otherwise (spellings.hpp).
//
// Each byte of the text is looked at once for each partial match that may be there: all lengths of partial
// matches are bits of words, so that no text and no secret makes it slower than bytes of the text times
// words.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "collect/secret_pattern.hpp"
#include "collect/spellings.hpp"

namespace muniment::collect {

struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class SecretScan {
 public:
  // All three outlive it.
  SecretScan(const SecretPattern& pattern, std::string_view text, Spellings& spellings);

  // Looks on from a place until nothing is matched in part; answers from where to look on.  What can be read
  // in several ways, or begins before the secret ended, is one stretch: the longest.
  std::size_t run(std::size_t from, std::vector<Stretch>& out);

 private:
  using Word = SecretPattern::Word;
  using Words = std::span<Word>;

  // For each place of the text nearby, which beginnings of the secret (or, going back, which ends) lead
  // there.
  Words slot(std::size_t at) { return Words(slots_).subspan((at % count_) * words_, words_); }
  template <class Visit>
  void each_reading(std::size_t at, Visit visit);
  std::size_t begin_of(std::size_t from, std::size_t end);
  bool forward(std::span<const Word> lengths, std::string_view bytes, Words to);
  bool backward(std::span<const Word> lengths, std::string_view bytes, Words to);
  // What stands within a match, and not around it.
  bool pass_over(Words to);
  bool add_step(Words to) const;

  const SecretPattern& pattern_;
  std::string_view text_;
  Spellings& spellings_;
  std::size_t words_;
  std::size_t count_;  // of slots
  std::vector<Word> slots_;
  std::vector<Word> step_;
  std::vector<Word> inside_;  // the lengths but none and all
};

}  // namespace muniment::collect
