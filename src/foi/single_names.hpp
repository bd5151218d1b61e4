// Single words of withheld names in a text, and which of them may be the name.
//
// People call themselves "Not Today" and "The Anglers": most such words say nothing in another text, and the
// one that does must not be hidden among them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_set>

#include "bundle/needles.hpp"
#include "foi/found.hpp"
#include "foi/passages.hpp"
#include "foi/plan.hpp"

namespace muniment::foi {

class SingleNames {
 public:
  // The plan's names, without those of the surroundings (foi/vocabulary.hpp).  `use` must outlive this.
  SingleNames(const Plan& plan, const WordUse& use);

  // The first that is written as a name is, with a capital.  An everyday word is one only after a title, or
  // inside a sentence where it is all of somebody's name.
  std::optional<Found> find(std::string_view text) const;

  // The first that is less sure: written small in a hurry; or at the beginning of a sentence, where these
  // records write the word small as a rule.  None that many of them say.
  std::optional<Found> find_less_sure(std::string_view text) const;

 private:
  enum class Sureness { kNone, kLess, kSure };
  Sureness sureness_of(std::string_view text, const bundle::Match& match) const;
  std::optional<Found> first(std::string_view text, Sureness wanted) const;

  const WordUse& use_;
  bundle::Needles names_;
  std::unordered_set<std::uint64_t> whole_;  // bundle::Word::hash of names that are one word
};

}  // namespace muniment::foi
