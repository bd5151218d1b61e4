// Entries as an earlier disclosure left them.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "foi/planned.hpp"

namespace muniment::foi {

using Fields = std::vector<PlannedField>;  // of an entry

// The words of an entry; nullopt where they were disposed of since.  Other errors as the reader's.
Result<std::optional<records::Body>> held_body(ledger::Reader& reader, ledger::Seq seq);

// Of the records and searches of a disclosure (the body of such an entry) those that are `wanted`.  What was
// disposed of since has no fields.
Result<std::map<ledger::Seq, Fields>> as_disclosed(ledger::Reader& reader, const records::Body& disclosure,
                                                   const std::function<bool(ledger::Seq)>& wanted);

// "the disclosure of entry 45 (request FOI-2026-014)"
std::string disclosure_in_words(ledger::Seq seq, const records::Body& disclosure);

}  // namespace muniment::foi
