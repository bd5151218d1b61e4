// Of what a plan withholds, what is looked for in that which it shows.
//
// Words that are lawfully shown are not looked for.  Texts make a word so; so do, of words of a passage, the
// names of accounts and the hosts of the platforms' own addresses, and what is everywhere: the bundle's own
// pages, keys and the like in raw bytes, a plain word that stands in three other items.  What else a field
// says excuses nothing: it may be the very thing that must not be shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bundle/needles.hpp"
#include "foi/plan.hpp"

namespace muniment::foi {

bundle::Needles needles_to_look_for(const Plan& plan);

// The same for the finished bundle, with `more` (secrets, hashes), and without what is kept.
bundle::Needles needles_for_gate(const Plan& plan, std::vector<bundle::Needle> more);

// The telling words of the passages of one item, for the other fields of that item: of words that are shown
// only its own author's are not looked for.
bundle::Needles needles_within(const Plan& plan, const std::vector<const Passage*>& passages);

// Empty when none of the needles is said in `value`, behind whatever escapes (bundle/gate.hpp); else where
// the first is withheld.
std::string said_in(std::string_view value, const bundle::Needles& needles);

// The bundle's own words, and numbers of its entries.
void allow_frame(bundle::Needles& needles, const Plan& plan);

}  // namespace muniment::foi
