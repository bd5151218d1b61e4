// Puts a Disclosure together from a plan: what is shown with its seeds, what is withheld as digests.
#pragma once

#include "bundle/gate.hpp"
#include "foi/plan.hpp"
#include "foi/regime.hpp"
#include "muniment/disclosure.hpp"

namespace muniment::foi {

// Everything but entries, checkpoint and release.
Disclosure frame_of(const Regime& regime, const Occasion& occasion, const std::string& origin);

// An entry as the bundle shows it; proofs are left empty.
Result<DisclosedEntry> disclosed_entry(ledger::Reader& reader, const PlannedEntry& entry);

// Inclusion and consistency with the checkpoint over `size` entries.
Status add_proofs(ledger::Reader& reader, ledger::Seq size, DisclosedEntry& entry);

// The exemptions the plan uses, each once, with their titles.
std::vector<Exemption> exemptions_used(const Plan& plan, const Regime& regime);

// The hashes, seeds and signatures that belong into the bundle, as they are spelled there.
bundle::Opaque opaque_tokens(const Disclosure& disclosure);

}  // namespace muniment::foi
