// Appends what must not be in the ledger twice, however often the disk makes us try.
#pragma once

#include <functional>

#include "base/seams.hpp"
#include "ledger/appender.hpp"
#include "ledger/reader.hpp"

namespace muniment::collect {

// Recognises the first of the drafts in the ledger.
using IsOurs = std::function<bool(const ledger::Entry& entry, const records::Body& body)>;

// As Appender::append.  After kIo the entries MAY be there, and after kUnavailable somebody was in the way:
// both are tried again, up to three times with a pause, and a try begins by looking whether the one before
// arrived after all.  Answers the number of the first entry.  On an error nothing is known to be written.
Result<ledger::Seq> append_once(ledger::Appender& appender, ledger::Reader& reader, base::Clock& clock,
                                const ledger::Appender::Compose& compose, const IsOurs& is_ours);

}  // namespace muniment::collect
