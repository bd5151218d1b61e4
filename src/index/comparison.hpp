// The index held against another one that was made anew from the same ledger: whoever changed the file, and
// whatever fault of ours left it wrong, is found so.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/seams.hpp"
#include "index/difference.hpp"
#include "index/projection.hpp"
#include "ledger/reader.hpp"

namespace muniment::index {

struct Comparison {
  ledger::Seq position = 0;             // the entries before it were compared
  std::vector<Difference> differences;  // none: a search finds what the ledger holds
  // Captures that say what the capture before them of the same item says: the ledger's fault, not the
  // index's (C6 in docs/invariants.md).
  std::vector<ledger::Seq> twice;
};

// `scratch`: the path of a file that is made for it, beside the index, and removed again; one that an earlier
// run left there is replaced.  The index may be written meanwhile; it is compared as it was at the
// beginning.  Small pictures are left out: they are made when they are asked for.
// kNotFound: there is no index.  kCorrupt: it cannot be read.  Other errors are those of the ledger or disk.
Result<Comparison> compare_with_new(const std::filesystem::path& index, const std::filesystem::path& scratch,
                                    const std::string& origin, ledger::Reader& ledger, base::Entropy& entropy,
                                    const Projection::Progress& progress = {});

}  // namespace muniment::index
