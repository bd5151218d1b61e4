// Of what a plan withholds, what is looked for in that which it shows.
//
// Words that are lawfully shown are not looked for.  Texts make a word so; so do, of words of a passage, the
// names of accounts and the hosts of the platforms' own addresses, and what is everywhere: the law and the
// authority, keys and the like in raw bytes, a plain word that stands in three other items.  What else a
// field says excuses nothing: it may be the very thing that must not be shown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bundle/needles.hpp"
#include "foi/plan.hpp"

namespace muniment::foi {

bundle::Needles needles_to_look_for(const Plan& plan);

// The same for the finished bundle, with `more` (secrets, hashes), and without what is kept and the words of
// the bundle's own pages.
bundle::Needles needles_for_gate(const Plan& plan, std::vector<bundle::Needle> more);

// The telling words of passages (Telling::hash) that are looked for in the other fields of their own item:
// all but the surroundings and the hosts of platforms.  True: as they are spelt only.
std::unordered_map<std::uint64_t, bool> telling_within(const Plan& plan);

// Of these, those of the passages of one item, without the names of its own author that are shown.
bundle::Needles needles_within(const Plan& plan, const std::unordered_map<std::uint64_t, bool>& telling,
                               const std::vector<const Passage*>& passages);

// Empty when none of the needles is said in `value`, behind whatever escapes (bundle/gate.hpp); else where
// the first is withheld.
std::string said_in(std::string_view value, const bundle::Needles& needles);

// The words that are about the release itself (foi/vocabulary.hpp).
void allow_surroundings(bundle::Needles& needles, const Plan& plan);

// What texts show, but no row of words that goes on over something withheld.
void allow_shown_texts(bundle::Needles& needles, const Plan& plan);

// The hosts of the platforms' own addresses that are shown.
void allow_platform_hosts(bundle::Needles& needles, const Plan& plan);

}  // namespace muniment::foi
