// The invented languages of the corpus.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace muniment::bench {

// splitmix64: small, and the same on every machine, which the distributions of <random> are not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  bool chance(unsigned percent) { return below(100) < percent; }
  double fraction() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

struct Language {
  std::string code;
  unsigned percent = 0;             // of posts
  bool spaced = true;               // words are set apart by blanks
  std::vector<std::string> words;   // by rank, commonest first
  std::vector<std::uint32_t> next;  // the word that likes to follow
};

const std::vector<Language>& languages();

// A rank drawn from Zipf's law, s = 1.1, over the ranks of every language (all have equally many).
std::size_t zipf(Dice& dice);

inline constexpr std::size_t kVocabulary = 40'000;

}  // namespace muniment::bench
