// What a person names on a command line: an entry, or an item.
#pragma once

#include <string>
#include <vector>

#include "index/search.hpp"
#include "ledger/reader.hpp"

namespace muniment::app {

struct Named {
  ledger::Seq seq = 0;  // the entry, or the item's newest version
  bool by_number = false;
  std::string remark;  // where something else is called so too: which was taken; else empty
};

// `typed`: the number of an entry, or the platform's identifier of an item, or PLATFORM:IDENTIFIER.  A number
// that the ledger has is an entry; a greater one is an identifier.  kNotFound.  kConflict: items of more than
// one platform are called so.
Result<Named> named(index::Searcher& index, ledger::Reader& ledger, const std::string& typed);

// A list as `--records` takes it ("12,15-20"), with PLATFORM:IDENTIFIER in the place of each number that the
// ledger does not have and an item is called by.
Result<std::string> with_items_named(index::Searcher& index, ledger::Reader& ledger, const std::string& list);

}  // namespace muniment::app
