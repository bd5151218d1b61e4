// Does this item look like a request for recorded information?  Rules are data (schema/spotter-en.toml, which
// says how they are written); each has a sentence for the officer, and no rule decides anything.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "muniment/result.hpp"

namespace muniment::foi {

struct SpotterRule {
  std::string id;
  std::string says;
  int weight = 0;
};

// What the rules make of a text.
struct Spotted {
  int score = 0;
  bool possible = false;  // the score reaches the threshold
  std::vector<const SpotterRule*>
      reasons;  // those found, in the order of the rules; good as long as the spotter
};

class Spotter {
 public:
  // kInvalid: not a file of rules; the line or the rule is named.
  static Result<Spotter> parse(std::string_view toml);
  Spotter(Spotter&&) noexcept = default;
  Spotter& operator=(Spotter&&) noexcept = default;

  // Time grows with the words of the text, of which the first kMostWords are read.
  Spotted look_at(std::string_view text) const;
  static constexpr std::size_t kMostWords = 20'000;

  int threshold() const { return threshold_; }
  const std::string& language() const { return language_; }
  std::int64_t version() const { return version_; }
  const std::vector<SpotterRule>& rules() const { return rules_; }

 private:
  Spotter() = default;

  // One place of a phrase: any of these words, or beginnings of words, or pairs of words; or a stretch of
  // others.
  struct Place {
    std::vector<std::string> words;
    std::vector<std::string> beginnings;
    std::vector<std::pair<std::string, std::string>> pairs;
    bool stretch = false;
  };
  using Phrase = std::vector<Place>;
  using Words = std::vector<std::string_view>;

  Result<Phrase> read_phrase(const std::string& text) const;
  static bool stands_at(const Phrase& phrase, std::size_t place, const Words& words, std::size_t at);

  std::string language_;
  std::int64_t version_ = 0;
  int threshold_ = 0;
  std::map<std::string, std::vector<std::string>> lists_;
  std::vector<SpotterRule> rules_;
  std::vector<std::vector<Phrase>> phrases_;  // of each rule
};

}  // namespace muniment::foi
