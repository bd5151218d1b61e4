// What a plan withholds, as needles.
#pragma once

#include <string>
#include <vector>

#include "bundle/needles.hpp"
#include "foi/passages.hpp"
#include "foi/plan.hpp"

namespace muniment::foi {

// Of what is withheld now.  Of fields that only repeat others (raw) and of vocabulary (platform, type,
// language) there are none.
WithheldWords withheld_words(const Plan& plan, const WordUse& use);

// A field that was withheld because of another: when it is an account or an address, that is looked for as
// well, so that an address of a post does not stay in a text.  Words are not, or they would spread without
// end. False: nothing was added.
bool add_followed(const PlannedEntry& entry, const PlannedField& planned, WithheldWords& words);

// Plain hashes (MD5, SHA-1, SHA-256, SHA-512) of every withheld value, run and word.
std::vector<bundle::Needle> withheld_hashes(const Plan& plan, const WithheldWords& words);

// Seeds of fields not shown whole, salts of what is withheld, and the secrets of the entries themselves.
// kNotFound: an entry was disposed of meanwhile.
Result<std::vector<bundle::Needle>> withheld_secrets(ledger::Reader& reader, const Plan& plan);

// Needle::from, and the field and the record that it names.
std::string label(const PlannedEntry& entry, std::string_view field);
std::string_view field_of(std::string_view label);
ledger::Seq record_of(std::string_view label);

}  // namespace muniment::foi
