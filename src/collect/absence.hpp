// The record of an item that the platform says is gone, or refuses to show.
#pragma once

#include <string>
#include <vector>

#include "collect/catalogue.hpp"
#include "ledger/entry.hpp"
#include "ledger/reader.hpp"
#include "sources/source.hpp"

namespace muniment::collect {

struct AbsenceFacts {
  std::string source;
  std::string platform;
  std::string fetched;
  std::vector<ledger::Seq> exchanges;  // that said so; the last is the one being written
};

// The entry to append, and what the item's state will then be.
struct Absence {
  ledger::Draft draft;
  Known known;
};

// Nothing when there is nothing new to say: the item is not held, is known to be deleted, or was already
// recorded as refused, or the same answer brought it.  Verdicts: kGone (said twice) makes deletion-seen,
// kBarred unavailable-seen.
Result<std::optional<Absence>> absence_of(const sources::Verdict& verdict, const AbsenceFacts& facts,
                                          Catalogue& catalogue, ledger::Reader& reader);

}  // namespace muniment::collect
