// A search that a request relies on, put on record: what was asked, and every entry that it found.
#pragma once

#include <string>
#include <vector>

#include "app/archive.hpp"

namespace muniment::app {

struct SearchRecord {
  ledger::Seq entry = 0;
  std::uint64_t hits = 0;
  std::vector<std::string> remarks = {};  // as Archive::sign_and_index
};

// Searches the whole ledger, which the index is brought up to first, and appends a `search` entry
// (docs/formats/capture.md) with all that was found, signed.
//
// kInvalid: not a query, or one with a filter that there is not (index/mistyped.hpp); a reference that is not
// one line of plain text; more than a hundred thousand hits.  Others as Archive::whole_index().  Nothing was
// recorded then.
Result<SearchRecord> record_search(Archive& archive, const std::string& query, const std::string& request,
                                   const std::string& actor);

}  // namespace muniment::app
