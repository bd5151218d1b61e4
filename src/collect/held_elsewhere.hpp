// Feeds repeat each other's entries under the identifiers that these have, and anybody may claim one.  So
// what one source says is no new version of what another source said.
#pragma once

#include <string>
#include <vector>

#include "collect/catalogue.hpp"
#include "collect/exchange.hpp"
#include "ledger/reader.hpp"
#include "sources/source.hpp"

namespace muniment::collect {

// Items of an answer to a source that may have a name of their own (Item::own_scope): one whose newest
// version came from another source, at another address, and says something else, is named
// "OWN_SCOPE#IDENTIFIER"; whoever has got such a name keeps it.  Answers the identifiers of those that got
// theirs now.
Result<std::vector<std::string>> name_apart_from_other_sources(std::vector<sources::Item>& items,
                                                               const ExchangeFacts& facts,
                                                               Catalogue& catalogue, ledger::Reader& reader);

}  // namespace muniment::collect
