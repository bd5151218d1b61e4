// What a plan withholds, as needles: for looking through other fields, and through the finished bundle.
#pragma once

#include <string>
#include <vector>

#include "bundle/gate.hpp"
#include "bundle/needles.hpp"
#include "foi/plan.hpp"

namespace muniment::foi {

// Of what is withheld now.  Of fields that only repeat others (raw) and of vocabulary (platform, type,
// language) there are none.
WithheldWords withheld_words(const Plan& plan);

// plan.words as they may be looked for in what the plan shows: without the words that are lawfully shown.
// Words of shown texts and of the bundle's own pages are; the host in a shown address makes a single word so,
// and any shown value a single word of a long stretch.
bundle::Needles needles_to_look_for(const Plan& plan, std::vector<bundle::Needle> more = {});

// Plain hashes (MD5, SHA-1, SHA-256, SHA-512) of every withheld value, run and word.
std::vector<bundle::Needle> withheld_hashes(const Plan& plan, const WithheldWords& words);

// Seeds of fields not shown whole, salts of what is withheld, and the secrets of the entries themselves.
// kNotFound: an entry was disposed of meanwhile.
Result<std::vector<bundle::Needle>> withheld_secrets(ledger::Reader& reader, const Plan& plan);

std::string label(const PlannedEntry& entry, std::string_view field);

}  // namespace muniment::foi
